"""Counselling records of a case: for the care team alone, opened for a reason, written by form.

Serves: R129.
"""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.domain.access.services import require
from linli.domain.care.selectors import (
    CARE,
    WRITE,
    CareLine,
    care_case,
    care_lines,
    may_write_care,
)
from linli.domain.care.services import CareWords, open_records, withdraw_consent, write_record
from linli.domain.cases.selectors import Case
from linli.domain.cases.services import note_look
from linli.kernel.clock import utc_now
from linli.kernel.errors import LinliError, WrongState
from linli.kernel.ids import public_id
from linli.web.desk.signed_in import staff_page
from linli.web.desk.words import minute_words
from linli.web.ui.actors import actor_of
from linli.web.ui.forms import LinliForm
from linli.web.ui.parts import Column, Fact, Row

STATES = {
    "open": _("有效"),
    "ended": _("已结束"),
    "expired": _("已过期"),
    "erased": _("内容已销毁"),
}


class OpenForm(LinliForm):
    """Why the records are opened: one of a list, since it is written down for good."""

    reason = forms.ChoiceField(
        label=_("打开理由"),
        widget=forms.RadioSelect,
        error_messages={"required": _("没有选择理由，记录没有打开。请选择一项。")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        if isinstance(field, forms.ChoiceField):
            lang = get_language() or ""
            field.choices = [(code, named.name(lang)) for code, named in CARE.reasons.items()]


class RecordForm(LinliForm):
    """The fields of a kind of record."""

    key = forms.CharField(widget=forms.HiddenInput, initial=public_id, max_length=64)

    def __init__(self, *args: object, kind: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        lang = get_language() or ""
        for name, field in CARE.kinds[kind].fields.items():
            words = forms.CharField(
                label=field.name(lang),
                required=field.required,
                widget=forms.Textarea(attrs={"rows": 4}),
                max_length=CARE.numbers["most_characters"].value,
            )
            self.ask(name, words)


@staff_page
@require_http_methods(["GET", "POST"])
def care_page(request: HttpRequest, ref: str) -> HttpResponse:
    """Which records there are; what they say only by POST, for a reason, written down."""
    actor, now = actor_of(request), utc_now()
    case = care_case(ref, actor)
    form = OpenForm(request.POST if request.method == "POST" else None)
    opened: list[CareWords] = []
    if form.is_valid():
        why = form.cleaned_data["reason"]
        opened = open_records(case.public_id, reason=why, actor=actor, at=now)
    with transaction.atomic():
        note_look(case, actor=actor, at=now, fields=("title",))
    lines = care_lines(case.public_id, actor, at=now)
    may_write = may_write_care(case, actor)
    shown = {
        "case": case,
        "columns": [Column(gettext("编号"), is_number=True), *map(Column, _headings())],
        "rows": [_row(line) for line in lines],
        "opened": [_words(one) for one in opened],
        "is_opened": form.is_valid(),
        "form": form,
        "kinds": _kinds() if may_write else [],
        "may_withdraw": may_write and any(_is_consent(line) for line in lines),
    }
    return render(request, "desk/care.html", shown, status=422 if form.errors else 200)


@staff_page
@require_http_methods(["GET", "POST"])
def care_write_page(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """Write down a consent, a session or a crisis card."""
    actor, now = actor_of(request), utc_now()
    case = care_case(ref, actor)
    require(actor, WRITE, case)
    if kind not in CARE.kinds:
        raise Http404
    form = RecordForm(request.POST if request.method == "POST" else None, kind=kind)
    if form.is_valid() and _is_written(form, case, kind, request, now):
        messages.success(request, gettext("已加密保存。"))
        return redirect("desk:care", ref=case.public_id)
    with transaction.atomic():
        note_look(case, actor=actor, at=now, fields=("title",))
    named = CARE.kinds[kind].name(get_language() or "")
    shown = {"case": case, "form": form, "named": named}
    return render(request, "desk/care_write.html", shown, status=422 if form.errors else 200)


@staff_page
@require_POST
def care_withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Take back the consent in force."""
    actor = actor_of(request)
    case = care_case(ref, actor)
    try:
        withdraw_consent(case.public_id, actor=actor, at=utc_now())
    except WrongState as error:
        messages.error(request, error.message(get_language() or ""))
    else:
        messages.success(request, gettext("知情同意已撤回，今后不再写谈话记录。"))
    return redirect("desk:care", ref=case.public_id)


def _is_written(
    form: RecordForm, case: Case, kind: str, request: HttpRequest, now: datetime
) -> bool:
    said = dict(form.cleaned_data)
    key = f"care:{said.pop('key')}"
    try:
        write_record(
            case.public_id, kind=kind, words=said, actor=actor_of(request), at=now, key=key
        )
    except LinliError as error:
        form.refuse(error, None)
        return False
    return True


def _headings() -> tuple[str, ...]:
    return gettext("类别"), gettext("时间"), gettext("记录人"), gettext("有效至"), gettext("状态")


def _row(line: CareLine) -> Row:
    until = minute_words(line.until) if line.until else ""
    kind = CARE.kinds[line.kind].name(get_language() or "")
    at, state = minute_words(line.at), str(STATES[line.state])
    return Row([line.number, kind, at, line.by, until, state])


def _words(one: CareWords) -> dict[str, object]:
    lang = get_language() or ""
    kind = CARE.kinds[one.kind]
    said = [Fact(f.name(lang), one.words[n]) for n, f in kind.fields.items() if n in one.words]
    title = f"{one.number} · {kind.name(lang)} · {minute_words(one.at)} · {one.by}"
    return {"title": title, "facts": said}


def _kinds() -> list[tuple[str, str]]:
    return [(code, kind.name(get_language() or "")) for code, kind in CARE.kinds.items()]


def _is_consent(line: CareLine) -> bool:
    return line.kind == "consent" and line.state == "open"
