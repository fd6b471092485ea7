"""Documents of a case: made from the templates that its stage offers, fetched as PDF or DOCX.

Serves: R105 R109 X02.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django import forms
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from linli.domain.access.selectors import Actor, may_on
from linli.domain.access.services import require
from linli.domain.audit.selectors import newest_view
from linli.domain.cases.selectors import (
    Case,
    Document,
    DocumentFile,
    case_for,
    document_file,
    document_for,
    document_title,
    documents_of,
    documents_offered,
    fields_asked,
    needs_two_persons,
    open_person,
)
from linli.domain.cases.services import make_document, note_look
from linli.domain.catalogue.selectors import DocumentDef, parameter
from linli.domain.needs.services import open_reporter
from linli.kernel.clock import utc_now
from linli.kernel.errors import LinliError, NotFound, RejectedTogether, WrongState
from linli.kernel.ids import public_id
from linli.kernel.marks import mark_of
from linli.web.desk.acts.base import Standing
from linli.web.desk.acts.outcomes import control, told
from linli.web.desk.asking import reason_choices
from linli.web.desk.signed_in import staff_page
from linli.web.desk.words import name_of
from linli.web.ui.actors import actor_of
from linli.web.ui.forms import LinliForm
from linli.web.ui.languages import is_english
from linli.web.ui.photos import FILE_POLICY

ACT, PERSON = "case.note", "person.view"


@dataclass(frozen=True)
class Offered:
    """A document that may be made now."""

    name: str
    url: str


@dataclass(frozen=True)
class Made:
    """A document that was made."""

    name: str
    url: str
    kind: str
    at: datetime
    by: str


@dataclass(frozen=True)
class CaseDocuments:
    """Documents as the page of a case shows them."""

    offered: Sequence[Offered]
    made: Sequence[Made]


class MakingForm(LinliForm):
    """What a document asks that the case does not say yet."""

    key = forms.CharField(widget=forms.HiddenInput, initial=public_id, max_length=64)

    def __init__(self, *args: object, case: Case, document: DocumentDef, at: datetime) -> None:
        super().__init__(*args)
        most = MaxLengthValidator(int(parameter("desk.answer_max", at).value))
        for known in fields_asked(case, document):
            field = control(known, required=known.required)
            if isinstance(field, forms.CharField):
                field.validators.append(most)
            self.ask(known.code, field)


class FetchForm(LinliForm):
    """Why the reporter's name shall stand in the file; without a reason it stays out."""

    reason = forms.ChoiceField(label=_("查看理由"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args: object) -> None:
        super().__init__(*args)
        field = self.fields["reason"]
        if isinstance(field, forms.ChoiceField):
            field.choices = reason_choices("person")


def case_documents(standing: Standing, *, are_made: bool) -> CaseDocuments:
    """Return what the page of a case shows of documents; `are_made` as its history says."""
    case = standing.case
    may = standing.may(ACT) and case.public_id not in standing.actor.opened
    offered = documents_offered(case) if may else []
    return CaseDocuments(
        [Offered(name_of(one), _make_url(case, one.code)) for one in offered],
        [_made(case, one) for one in documents_of(case)] if are_made else [],
    )


@staff_page
@require_http_methods(["GET", "POST"])
def make_page(request: HttpRequest, ref: str, code: str) -> HttpResponse:
    """The words that a document still needs, and making it; what was made is offered next."""
    actor, now = actor_of(request), utc_now()
    case = case_for(actor, ref)
    require(actor, ACT, case)
    document = _known(case, code)
    sent = request.POST if request.method == "POST" else None
    form = MakingForm(sent, case=case, document=document, at=now)
    if sent is None and document not in documents_offered(case):
        raise WrongState(
            f"工单现在的环节不出具“{document.name}”。请返回工单查看现在可以出具的文书。",
            f"The stage that the case is in does not bring forth “{document.name_en}”. Go back to "
            "the case to see which documents it does.",
        )
    if form.is_valid():
        made = _carried_out(form, case, document, actor, now)
        if made is not None:
            return redirect("desk:document", case.public_id, made.public_id)
    note_look(case, actor=actor, at=now, fields=("title",))
    shown = {"form": form, "case": case, "label": name_of(document)}
    return render(request, "desk/document_make.html", shown, status=422 if form.errors else 200)


@staff_page
@require_http_methods(["GET", "POST"])
def document_page(request: HttpRequest, ref: str, document: str) -> HttpResponse:
    """A document that was made, and its file; with the reporter's name only for a reason."""
    actor, now = actor_of(request), utc_now()
    case, found = document_for(actor, ref, document)
    form = FetchForm(request.POST if request.method == "POST" else None)
    may_name = found.names_reporter and may_on(actor, PERSON, case)
    if form.is_valid():
        try:
            return _answer(_fetched(form, case, found, actor, now, is_named=may_name))
        except NotFound:
            raise
        except LinliError as error:
            form.refuse(error, "reason")
    note_look(case, actor=actor, at=now, fields=("title",))
    takes_two = may_name and needs_two_persons(case)
    shown = {
        "case": case,
        "form": form,
        "made": _made(case, found),
        "sha256": found.sha256,
        "may_name": may_name and not takes_two,
        "takes_two": takes_two,
        "is_agreed": takes_two and open_person(case, actor, at=now) is not None,
        "names_reporter": found.names_reporter,
    }
    return render(request, "desk/document.html", shown, status=422 if form.errors else 200)


def _fetched(
    form: FetchForm, case: Case, found: Document, actor: Actor, at: datetime, *, is_named: bool
) -> DocumentFile:
    """Write the look down first, in a transaction of its own: setting the file takes a while."""
    reporter: Mapping[str, str] = {}
    with transaction.atomic():
        row = note_look(case, actor=actor, at=at, fields=("title", "document"))
        if is_named and "named" in form.data:
            reason = form.cleaned_data["reason"]
            opened = open_reporter(case.public_id, actor=actor, reason=reason, at=at)
            reporter = {"reporter.name": opened.name, "reporter.phone": opened.phone}
            row = newest_view(case.public_id, actor_id=actor.user_id)
    there = timezone.localtime(at, timezone.get_default_timezone())
    mark = f"{actor.name} {there:%Y-%m-%d %H:%M} {mark_of(row)}"
    return document_file(found, reporter=reporter, mark=mark)


def _carried_out(
    form: MakingForm, case: Case, document: DocumentDef, actor: Actor, at: datetime
) -> Document | None:
    """Make it; a refusal is written into the form, which keeps every word."""
    said = dict(form.cleaned_data)
    key = f"document:{said.pop('key')}"
    try:
        return make_document(
            case.public_id, document.code, said=told(said), actor=actor, at=at, key=key
        )
    except LinliError as error:
        for fault in error.faults if isinstance(error, RejectedTogether) else (error,):
            form.refuse(fault, fault.field)
        return None


def _answer(file: DocumentFile) -> HttpResponse:
    """Return a file to be kept, in which a browser runs nothing."""
    answer = HttpResponse(file.data, content_type=file.kind)
    ending = file.name.rpartition(".")[2]
    title = quote(f"{file.title}-{file.name.rpartition('-')[0]}.{ending}")
    answer.headers["Content-Disposition"] = (
        f"attachment; filename=\"{file.name}\"; filename*=UTF-8''{title}"
    )
    answer.headers["Content-Security-Policy"] = FILE_POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _known(case: Case, code: str) -> DocumentDef:
    found = case.standard.definition.document(code)
    if found is None:
        raise NotFound
    return found


def _make_url(case: Case, code: str) -> str:
    return reverse("desk:document-make", args=[case.public_id, code])


def _made(case: Case, document: Document) -> Made:
    document.case = case
    return Made(
        name=document_title(document)[is_english()],
        url=reverse("desk:document", args=[case.public_id, document.public_id]),
        kind="PDF" if document.template.endswith(".typ") else "DOCX",
        at=document.made_at,
        by=document.made_by_name,
    )
