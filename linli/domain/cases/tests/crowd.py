"""Many cases at once, with everything that counts and rates read, and nothing else."""

from datetime import datetime, timedelta
from random import Random

from linli.domain.cases.models import Case, Clock, Feedback
from linli.domain.cases.tests.builders import Town, new_case
from linli.domain.catalogue.models import Matter
from linli.domain.organisations.models import Unit
from linli.domain.places.models import Area
from linli.kernel.ids import case_number, public_id

SOLVED = ("solved", "partly", "unsolved", "unreachable")
SATISFIED = ("satisfied", "basic", "dissatisfied", "no_comment")


def add_crowd(town: Town, *, size: int, seed: int, at: datetime) -> list[Case]:
    """Store cases of the last 60 days: any place, matter and unit, open, closed or excluded."""
    chance = Random(seed)
    pattern = new_case(town, key=f"crowd-{seed}", at=at)
    areas = list(Area.objects.filter(path__startswith="99/9901/990101/"))
    matters = list(Matter.objects.filter(level__gte=2))
    units = [*Unit.objects.all(), None]
    cases = [
        _case(pattern, chance, areas, matters, units, serial=serial, at=at)
        for serial in range(size)
    ]
    cases = Case.objects.bulk_create(cases)
    Clock.objects.bulk_create(clock for case in cases for clock in _clocks(case, chance))
    Feedback.objects.bulk_create(said for case in cases for said in _feedback(case, chance))
    return cases


def _case(pattern, chance, areas, matters, units, *, serial, at):
    area, unit = chance.choice(areas), chance.choice(units)
    received = at - timedelta(minutes=chance.randrange(60 * 24 * 60))
    closed = received + timedelta(days=chance.randrange(30)) if chance.random() < 0.6 else None
    contacted = received + timedelta(hours=chance.randrange(48)) if chance.random() < 0.7 else None
    due = received + timedelta(days=chance.randrange(90)) if chance.random() < 0.9 else None
    stands = received + timedelta(days=chance.randrange(60))
    held = stands if closed is None and stands < at and chance.random() < 0.3 else None
    return Case(
        public_id=public_id(),
        number=case_number(received.date(), 900_000 + serial),
        standard=pattern.standard,
        matter=chance.choice(matters),
        petition_type="complaint",
        channel="phone",
        clock_code=pattern.clock_code,
        title="路灯不亮",
        body="路灯不亮",
        area=area,
        area_path=area.path,
        lead_unit=unit,
        unit_ids=[unit.pk] if unit else [],
        stage="closed" if closed else "handle",
        status="closed" if closed else "open",
        exclusion="false_info" if chance.random() < 0.15 else "",
        received_at=received,
        opened_at=received,
        contacted_at=contacted,
        closed_at=closed,
        due_at=due,
        held_at=held,
    )


def _clocks(case, chance):
    for _ in range(chance.randrange(3)):
        yield Clock(
            case=case,
            kind=chance.choice(("first_contact", "first_contact", "case")),
            limit_value=1,
            limit_unit="working_day",
            source="test",
            due_at=case.received_at + timedelta(hours=chance.randrange(72))
            if chance.random() < 0.9
            else None,
        )


def _feedback(case, chance):
    for turn in range(chance.randrange(3)):
        yield Feedback(
            case=case,
            round=turn + 1,
            solved=chance.choice(SOLVED),
            satisfied=chance.choice(SATISFIED),
            by="clerk",
            given_at=case.received_at + timedelta(hours=chance.choice((5, 5, 9, 12))),
        )
