"""A small standard that uses what the hotline's does not: own stages, rows, parts, deferral."""

from pathlib import Path

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor
from linli.domain.cases.models import Case, WorkItem
from linli.domain.cases.services import NewCase, complete_item, open_by_hand
from linli.domain.cases.tests.builders import AT
from linli.domain.catalogue.services import publish_pack

PACK = Path(__file__).resolve().parent / "trial_pack"


def publish_trial() -> None:
    """Put the trial standard in force."""
    publish_pack(PACK, actor=SYSTEM_ACTOR, at=AT)


def trial(**changed: object) -> NewCase:
    """A matter of the trial standard in the community."""
    values: dict[str, object] = {
        "title": "试办一件",
        "body": "登记内容。",
        "matter": "trial",
        "area": "990101001001",
        "petition_type": "",
        "channel": "window",
        "received_at": AT,
    }
    return NewCase(**{**values, **changed})  # type: ignore[arg-type]  # values are of the fields' types


def opened(actor: Actor, *, key: str = "t0", **changed: object) -> Case:
    """A trial case opened by hand."""
    return open_by_hand(trial(**changed), actor=actor, at=AT, key=key)


def done(case: Case, outcome: str, actor: Actor, *, at=AT, key: str = "", **form: object) -> Case:
    """The first open piece of main work, finished with an outcome."""
    item = WorkItem.objects.filter(case=case, state="open", kind="main").order_by("pk")[0]
    return complete_item(
        case.public_id,
        item.pk,
        outcome=outcome,
        reason="已办",
        result=form,  # type: ignore[arg-type]  # answers to a form
        actor=actor,
        at=at,
        key=key or f"{outcome} {item.pk}",
    )
