"""Asking for special access: what is asked, and the page that asks for a case beyond reach.

Serves: R129 X02 X08.
"""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.domain.access.selectors import BREAK, OPENINGS, Actor, reasons_for
from linli.domain.access.services import require_act
from linli.domain.cases.services import ask_glass
from linli.kernel.clock import utc_now
from linli.kernel.errors import Rejected, WrongState
from linli.web.desk.signed_in import staff_page
from linli.web.ui.actors import actor_of
from linli.web.ui.forms import LinliForm

MOST_WORDS = 200


def reason_choices(kind: str) -> list[tuple[str, str]]:
    """Return the reasons of a kind as choices, in the language of the page."""
    lang = get_language() or "zh-hans"
    return [(code, named.name(lang)) for code, named in reasons_for(kind).items()]


def reason_words(kind: str, code: str) -> str:
    """Name a reason; one that is not listed any more keeps its code."""
    return dict(reason_choices(kind)).get(code, code)


class ReasonsForm(LinliForm):
    """One of the listed reasons, and the circumstances in words."""

    kind = "person"
    reason = forms.ChoiceField(label=gettext_lazy("查看理由"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("具体情况"),
        max_length=MOST_WORDS,
        widget=forms.Textarea,
        help_text=gettext_lazy("写清为什么现在需要，供审批人判断。不要写姓名、电话等个人信息。"),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        if isinstance(field, forms.ChoiceField):
            field.choices = reason_choices(self.kind)


class GlassForm(ReasonsForm):
    """Which case, and why."""

    kind = "glass"
    number = forms.CharField(
        label=gettext_lazy("工单编号"),
        max_length=24,
        help_text=gettext_lazy("完整编号，如 20261124-000123-7"),
    )
    field_order = ("number", "reason", "words")


@staff_page
@require_http_methods(["GET", "POST"])
def ask_page(request: HttpRequest) -> HttpResponse:
    """Ask for emergency access; the answer is the same whether or not there is such a case."""
    actor = actor_of(request)
    require_act(actor, BREAK)
    form = GlassForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _asked(form, actor):
        messages.success(request, _("申请已记下。批准以后，这里会出现进入工单的链接。"))
        return redirect("desk:openings")
    shown = {"form": form, "lines": _lines()}
    return render(request, "desk/opening_ask.html", shown, status=422 if form.errors else 200)


def _lines() -> list[str]:
    numbers, urgent = OPENINGS.numbers, OPENINGS.glass.urgent
    lines = [
        _("用于您的岗位看不到、但现在必须看的一件工单。"),
        _("批准后可以查看 %(minutes)d 分钟，不能办理，也看不到联系方式。")
        % {"minutes": numbers.glass_open.value},
        _("无论有没有这个编号的工单，申请都会记下；没有人批准，就一直看不到。"),
    ]
    for code in urgent:
        said = {"reason": reason_words("glass", code), "minutes": numbers.urgent_confirm.value}
        lines.append(
            _("理由是“%(reason)s”的，立即开启，须在 %(minutes)d 分钟内由第二人确认。") % said
        )
    return lines


def _asked(form: GlassForm, actor: Actor) -> bool:
    said = form.cleaned_data
    try:
        ask_glass(
            said["number"], reason=said["reason"], words=said["words"], actor=actor, at=utc_now()
        )
    except (Rejected, WrongState) as error:
        # Words are what the domain calls the reason; ours is of a list, and was looked at already.
        field = "words" if error.field == "reason" else error.field
        form.refuse(error, field)
        return False
    return True
