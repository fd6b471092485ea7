"""When a record is due again, and what is reckoned from others."""

from datetime import date

import pytest

from linli.domain.catalogue.rules.ledger import CycleDef, LedgerDef, ReviewDef
from linli.domain.catalogue.rules.loader import load_pack
from linli.domain.catalogue.rules.references import Known
from linli.domain.ledgers.rules.deriving import derived_in, years_between
from linli.domain.ledgers.rules.reviewing import due_after, lead_reached
from linli.domain.ledgers.rules.values import Json
from linli.domain.ledgers.tests.builders import PACK


def cycle(value: int, unit: str) -> CycleDef:
    return CycleDef.model_validate({"value": value, "unit": unit, "source": "law"})


@pytest.mark.parametrize(
    ("value", "unit", "day", "due"),
    [
        (30, "natural_day", date(2026, 1, 31), date(2026, 3, 2)),
        (1, "month", date(2026, 1, 31), date(2026, 2, 28)),
        (6, "month", date(2026, 8, 31), date(2027, 2, 28)),
        (1, "year", date(2024, 2, 29), date(2025, 2, 28)),
        (4, "year", date(2024, 2, 29), date(2028, 2, 29)),
        (13, "month", date(2026, 12, 1), date(2028, 1, 1)),
    ],
)
def test_a_cycle_ends_on_the_same_day_or_the_last_of_a_shorter_month(
    value: int, unit: str, day: date, due: date
):
    assert due_after(cycle(value, unit), day) == due


@pytest.mark.parametrize(
    ("on", "lead"),
    [
        (date(2026, 2, 13), None),
        (date(2026, 2, 14), 14),
        (date(2026, 2, 27), 14),
        (date(2026, 2, 28), 0),
        (date(2026, 5, 1), 0),
    ],
)
def test_of_leads_that_were_missed_only_the_nearest_is_given(on: date, lead: int | None):
    review = ReviewDef(every=cycle(1, "year"), remind=(14, 0))

    assert lead_reached(review, date(2026, 2, 28), on) == lead


def room() -> LedgerDef:
    files = {path.relative_to(PACK).as_posix(): path.read_bytes() for path in PACK.rglob("*.yaml")}
    loaded = load_pack(files, Known())
    assert loaded.content is not None, loaded.problems
    return next(ledger for ledger in loaded.content.ledgers if ledger.ledger == "room")


def test_derived_fields_are_reckoned_from_what_is_filled_in():
    data: dict[str, Json] = {"seats": 8, "taken": 6, "opened": "2026-11-01"}

    found = derived_in(room(), data, on=date(2026, 11, 24), named_by={"booking": 3})

    assert found == {"share": 0.75, "left": 2, "age": 23, "bookings": 3}


def test_what_a_derived_field_lacks_leaves_it_empty():
    assert derived_in(room(), {"taken": 3}, on=date(2026, 11, 24), named_by={}) == {"bookings": 0}


def test_years_are_counted_as_ages_are():
    assert years_between(date(2000, 11, 25), date(2026, 11, 24)) == 25
    assert years_between(date(2000, 11, 24), date(2026, 11, 24)) == 26
