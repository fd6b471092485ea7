"""Proposed posts of weight: what waits for a second person, and deciding on it.

Serves: R109 R129.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.domain.access.selectors import Actor
from linli.domain.organisations.selectors import PostProposal, proposals_for
from linli.domain.organisations.services import DECIDING_ACTS, approve_post, refuse_post
from linli.kernel.clock import utc_now
from linli.kernel.errors import NotFound, Rejected
from linli.web.accounts.entry import office_page, weighty_act
from linli.web.accounts.forms import AnswerForm, EmptyForm
from linli.web.ui.actors import actor_of
from linli.web.ui.forms import LinliForm
from linli.web.ui.parts import Fact

MOST_SHOWN = 100


@dataclass(frozen=True)
class Shown:
    """A proposal as one person sees it."""

    ref: str
    who: str
    what: str
    by: str
    at: datetime
    state: str
    state_kind: str
    may_decide: bool


@office_page(*DECIDING_ACTS)
@require_GET
def proposals_page(request: HttpRequest) -> HttpResponse:
    """What waits, and what was decided."""
    actor = actor_of(request)
    found = proposals_for(actor, DECIDING_ACTS)[:MOST_SHOWN]
    shown = {"proposals": [_shown(one, actor) for one in found], "now": utc_now()}
    return render(request, "accounts/proposals.html", shown)


@office_page(*DECIDING_ACTS)
@weighty_act
@require_http_methods(["GET", "POST"])
def decide_page(request: HttpRequest, ref: str, decision: str) -> HttpResponse:
    """Approve a proposal, or refuse it with a reason, as another person than who proposed it."""
    actor = actor_of(request)
    proposal = proposals_for(actor, DECIDING_ACTS).filter(public_id=ref).first()
    if proposal is None or not _may_decide(proposal, actor):
        raise NotFound
    kind = AnswerForm if decision == "refuse" else EmptyForm
    form: LinliForm = kind(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _done(form, ref, decision, actor):
        words = _("已驳回。") if decision == "refuse" else _("已批准，岗位立即生效。")
        messages.success(request, words)
        return redirect("accounts:proposals")
    shown = {
        "form": form,
        "facts": _facts(proposal),
        "label": _("驳回提名") if decision == "refuse" else _("批准提名"),
        "consequence": ""
        if decision == "refuse"
        else _("批准后立即生效。请先与本人或其单位核实，不要只凭提名理由。"),
    }
    return render(request, "accounts/decide.html", shown)


def _done(form: LinliForm, ref: str, decision: str, actor: Actor) -> bool:
    """Carry the decision out; False where it cannot stand, with the form saying why."""
    try:
        if decision == "refuse":
            refuse_post(ref, answer=form.cleaned_data["answer"], actor=actor, at=utc_now())
        else:
            approve_post(ref, actor=actor, at=utc_now())
    except Rejected as error:
        form.refuse(error, None)
        return False
    return True


def _may_decide(proposal: PostProposal, actor: Actor) -> bool:
    return actor.user_id not in (proposal.proposed_by_id, proposal.user_id)


def _shown(proposal: PostProposal, actor: Actor) -> Shown:
    words, kind = _state_words(proposal)
    is_open = proposal.state == PostProposal.State.PROPOSED
    return Shown(
        ref=proposal.public_id,
        who=f"{proposal.user.name} {proposal.user.username}",
        what=f"{proposal.unit_code} · {proposal.post_code}",
        by=proposal.proposed_by.name,
        at=proposal.proposed_at,
        state=words,
        state_kind=kind,
        may_decide=is_open and _may_decide(proposal, actor),
    )


def _state_words(proposal: PostProposal) -> tuple[str, str]:
    words = {
        "proposed": (_("待审批"), "waiting"),
        "approved": (_("已批准"), "good"),
        "refused": (_("已驳回"), "done"),
    }
    return words[proposal.state]


def _facts(proposal: PostProposal) -> list[Fact]:
    return [
        Fact(_("被提名人"), f"{proposal.user.name} {proposal.user.username}"),
        Fact(_("单位和岗位"), f"{proposal.unit_code} · {proposal.post_code}"),
        Fact(_("角色"), proposal.role),
        Fact(_("区域代码"), proposal.area_code),
        Fact(_("任到哪天"), proposal.until.isoformat() if proposal.until else "--"),
        Fact(_("提名人"), f"{proposal.proposed_by.name} {proposal.proposed_by.username}"),
        Fact(_("理由"), proposal.reason),
    ]
