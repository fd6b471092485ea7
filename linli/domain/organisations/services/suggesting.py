"""Entries that rulings suggest for the duty list, and what administrators make of them.

Serves: R019 R020.
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor
from linli.domain.access.services import require_act, require_reach
from linli.domain.audit.services import record
from linli.domain.organisations.events import DutyProposalDecided, DutyProposed
from linli.domain.organisations.models import DutyProposal, Unit
from linli.domain.organisations.rules.duty_rows import DutyRow
from linli.domain.organisations.rules.kinds import Confidence, DutyNature
from linli.domain.organisations.selectors.duties import duty_for
from linli.domain.organisations.selectors.units import day_of
from linli.domain.organisations.services.duties import import_duties
from linli.domain.places.selectors import Area, area_by_code
from linli.kernel.errors import NotFound, Rejected, WrongState
from linli.kernel.ids import public_id

ACT = "organisation.manage"


@transaction.atomic
def propose_duty(
    *, matter: str, area: Area, lead: Unit, case_ref: str, at: datetime
) -> DutyProposal | None:
    """Suggest that a unit leads a matter in a place; None where the duty list says who does.

    The same suggestion waits once. Records DutyProposed.
    """
    if duty_for(matter, area.path, at=at) is not None:
        return None
    try:
        with transaction.atomic():
            proposal = DutyProposal.objects.create(
                public_id=public_id(),
                matter_code=matter,
                area=area,
                area_path=area.path,
                lead=lead,
                case_ref=case_ref,
                proposed_at=at,
            )
    except IntegrityError:
        return None
    fact = DutyProposed(proposal.public_id, matter, area.code, lead.code)
    record(fact, actor=SYSTEM_ACTOR, at=at)
    return proposal


@transaction.atomic
def decide_duty_proposal(
    ref: str, *, taken: bool, area: str, reason: str, actor: Actor, at: datetime
) -> DutyProposal:
    """Take a suggested entry into the duty list, from today, or leave it out.

    Parameters
    ----------
    area : code of the place for which it is to hold: its own, or one around it.

    Records DutyProposalDecided, DutiesImported. Raises NotPermitted, NotFound,
    WrongState, Rejected.
    """
    require_act(actor, ACT)
    proposal = DutyProposal.objects.select_for_update().filter(public_id=ref).first()
    if proposal is None:
        raise NotFound
    require_reach(actor, ACT, {proposal.area_path})
    if proposal.state != DutyProposal.State.OPEN:
        raise WrongState("这条建议已经处理过。", "This proposal has been decided already.")
    if not reason.strip():
        raise Rejected("请填写理由。", "Give a reason.", field="reason")
    if taken:
        _take(proposal, area_by_code(area), reason, actor=actor, at=at)
    state = DutyProposal.State.TAKEN if taken else DutyProposal.State.LEFT
    proposal.state, proposal.decided_at, proposal.decided_by = state, at, actor.name
    proposal.reason = reason.strip()
    proposal.save(update_fields=["state", "decided_at", "decided_by", "reason"])
    record(DutyProposalDecided(ref, taken, proposal.reason), actor=actor, at=at)
    return proposal


def _take(proposal: DutyProposal, area: Area, reason: str, *, actor: Actor, at: datetime) -> None:
    if not proposal.area_path.startswith(area.path):
        raise Rejected(
            "只能列入该地点或其上级区域。",
            "It can be listed for that place or one around it alone.",
            field="area",
        )
    row = DutyRow(
        matter=proposal.matter_code,
        area=area.code,
        lead=proposal.lead.code,
        nature=DutyNature.BASIC,
        source=f"派单异议裁定：{reason.strip()}"[:300],
        confidence=Confidence.UNVERIFIED,
        valid_from=day_of(at),
    )
    import_duties([row], actor=actor, at=at, source="ruling")
