"""A helper that sends back leaves alone; where nobody else works, the lead's answer holds.

Serves: R106.
"""

from datetime import timedelta
from random import Random

from linli.config.bench._engine_case import Cast, add_matter, put_in_force
from linli.config.bench._engine_definitions import CLOSED, body_of, named
from linli.domain.cases import services
from linli.domain.cases.models import Case, WorkItem
from linli.domain.cases.tests.builders import AT
from linli.domain.cases.tests.trials import trial


def test_the_case_goes_on_as_its_lead_has_answered(cast: Cast) -> None:
    body = body_of(Random(2), "joint")  # noqa: S311  # no secret
    plain = {**body["stages"][0], "limit": {"clock": "case"}, "form": [], "back": []}
    desk = {**plain, "key": "s0", "each": "none", "role": "clerk", "timers": []}
    desk |= {"outcomes": [{**named("dispatch"), "to": "s1"}]}
    work = {**plain, "key": "s1", "each": "units", "role": "handler", "join": "all"}
    work |= {"outcomes": [{**named("go"), "to": CLOSED}], "back": [{**named("back"), "to": "s0"}]}
    body["stages"] = [desk, work]
    put_in_force(body)
    add_matter("joint", "joint")
    lead, helper = cast.units
    case = services.open_by_hand(trial(matter="joint"), actor=cast.lead, at=AT, key="o")
    services.dispatch_case(
        case.public_id, to=lead, co_units=[helper], actor=cast.clerk, at=AT, key="d"
    )

    for hours, (unit, actor, way) in enumerate(
        [(lead, cast.lead, "go"), (helper, cast.helper, "back")]
    ):
        item = WorkItem.objects.get(case=case, unit__code=unit, stage="s1", state="open")
        case = services.complete_item(
            case.public_id,
            item.pk,
            outcome=way,
            reason="已办",
            actor=actor,
            at=AT + timedelta(hours=hours),
            key=way,
        )

    stored = Case.objects.get(pk=case.pk)
    assert (stored.status, stored.outcome) == ("closed", "go")
