"""What is done to a record beside changing it: moves, a second person's decision, review, the end.

Serves: R017.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from linli.domain.ledgers.selectors import RecordView, record_view
from linli.domain.ledgers.services import decide_move, move_record, retire_record, review_record
from linli.kernel.errors import LinliError, NotFound, WrongState
from linli.kernel.ids import public_id
from linli.web.desk.acts.base import By
from linli.web.desk.ledgers.base import Opened, language, opened
from linli.web.desk.signed_in import staff_page
from linli.web.desk.words import name_of
from linli.web.ui.forms import LinliForm

MOVE, DECIDE, REVIEW, RETIRE = "move-", "decide", "review", "retire"


@dataclass(frozen=True)
class Offer:
    """An act as a button, and what it brings about."""

    code: str
    label: str
    url: str
    kind: str
    consequence: str
    needs_reason: bool = False


class ActForm(LinliForm):
    """Why; a second person says yes or no besides."""

    key = forms.CharField(widget=forms.HiddenInput, initial=public_id, max_length=64)
    granted = forms.ChoiceField(
        label=gettext_lazy("决定"),
        choices=[("yes", gettext_lazy("同意")), ("no", gettext_lazy("不同意"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": "3"})
    )

    def __init__(self, *args: object, offer: Offer, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = offer.needs_reason
        if offer.code == DECIDE:
            self.fields["reason"].help_text = _("不同意时必须写明")
        else:
            del self.fields["granted"]


def offers(held: Opened, view: RecordView) -> list[Offer]:
    """What this person may do to the record as it stands."""
    found: list[Offer] = []
    if view.may_decide:
        text = _("同意后立即生效；不同意则记录保持原状。决定会记入历史。")
        found.append(_offer(held, view, DECIDE, _("审批变更"), "", text, False))
    for move in view.moves:
        text = _("由另一人审批后才生效。") if move.second_person else _("立即生效，并记入历史。")
        kind = "" if move.second_person or not _ends(held, move.to) else "grave"
        code = f"{MOVE}{move.code}"
        found.append(
            _offer(held, view, code, name_of(move), kind or "secondary", text, move.needs_reason)
        )
    if view.may_edit and held.ledger.review:
        text = _("表示已逐项核对、内容属实；下次核对日期从今天起算。")
        found.append(_offer(held, view, REVIEW, _("核对无误"), "secondary", text, False))
    if view.may_edit and not held.ledger.states:
        text = _("停用后只供查看，不再出现在“在用”列表中。")
        found.append(_offer(held, view, RETIRE, _("停止使用"), "quiet", text, True))
    return found


@staff_page
@require_http_methods(["GET", "POST"])
def act_page(request: HttpRequest, code: str, ref: str, act: str) -> HttpResponse:
    """The form of one act, and carrying it out; the same form sent twice is one act."""
    held = opened(request, code)
    view = record_view(held.actor, ref, at=held.at, lang=language())
    if view.record.ledger != held.code or not _is_known(held, act):
        raise NotFound
    offer = next((one for one in offers(held, view) if one.code == act), None)
    if offer is None:
        if request.method == "GET" or not request.POST.get("key"):
            raise _too_late()
        # A repeat of what was done: the service knows its key, or refuses.
        offer = Offer(act, _("返回"), "", "", "")
    form = ActForm(request.POST or None, offer=offer)
    if request.method == "POST" and form.is_valid() and _done(held, view, act, form):
        return redirect("desk:record", held.code, view.record.public_id)
    context = {"opened": held, "record": view.record, "offer": offer, "form": form}
    return render(request, "desk/ledgers/act.html", context, status=422 if form.errors else 200)


def _done(held: Opened, view: RecordView, act: str, form: ActForm) -> bool:
    said, ref = form.cleaned_data, view.record.public_id
    by: By = {"actor": held.actor, "at": held.at, "key": f"desk:{said['key']}"}
    reason = said["reason"]
    verbs: dict[str, Callable[[], object]] = {
        DECIDE: lambda: decide_move(ref, granted=said["granted"] == "yes", reason=reason, **by),
        REVIEW: lambda: review_record(ref, note=reason, **by),
        RETIRE: lambda: retire_record(ref, reason=reason, **by),
    }
    move = act.removeprefix(MOVE)
    try:
        verbs.get(act, lambda: move_record(ref, move=move, reason=reason, **by))()
    except LinliError as error:
        form.refuse(error, error.field)
        return False
    return True


def _is_known(held: Opened, act: str) -> bool:
    named = act.startswith(MOVE) and held.ledger.move(act.removeprefix(MOVE)) is not None
    return named or act in (DECIDE, REVIEW, RETIRE)


def _ends(held: Opened, state: str) -> bool:
    found = held.ledger.state(state)
    return found is not None and found.ends


def _offer(
    held: Opened, view: RecordView, code: str, label: str, kind: str, text: str, needs_reason: bool
) -> Offer:
    url = held.url("record-act", view.record.public_id, code)
    return Offer(code, label, url, kind, text, needs_reason)


def _too_late() -> WrongState:
    return WrongState(
        "记录现在的状态不能这样做，可能已有人办过，或由其他岗位办理。请返回记录页查看。",
        "This cannot be done as the record stands now; somebody may have done it, or other posts"
        " do it. Go back to the record and see what is open.",
    )
