"""What a ruling teaches the duty list: who leads where it says nothing.

Serves: R019 R020.
"""

from datetime import datetime

from linli.domain.cases.models import Case
from linli.domain.organisations.selectors import unit_by_code
from linli.domain.organisations.services import propose_duty


def propose_from_ruling(ref: str, *, outcome: str, unit: str, at: datetime) -> bool:
    """Suggest for the duty list whoever a ruling named, or left the case with.

    Called by the reaction to ObjectionRuled. Returns whether something new was suggested.

    Parameters
    ----------
    outcome : by which the ruling ended. unit : code of the unit that it named; "" for none.
    """
    case = Case.objects.select_related("area", "matter", "lead_unit").filter(public_id=ref).first()
    if case is None:
        return False
    kept = case.lead_unit if outcome == "reject" else None
    lead = unit_by_code(unit) if unit else kept
    if lead is None:
        return False
    proposal = propose_duty(matter=case.matter.code, area=case.area, lead=lead, case_ref=ref, at=at)
    return proposal is not None
