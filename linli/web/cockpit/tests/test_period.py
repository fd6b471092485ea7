"""Usual spans of days and classes of a map, as plain values."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.web.cockpit.classes import classes_by, limits_of
from linli.web.cockpit.period import PRESETS, preset

VALUES = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 500), min_size=1)


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("month", "2026-03-01", "2026-03-31"),
        ("last-month", "2026-02-01", "2026-02-28"),
        ("30", "2026-03-02", "2026-03-31"),
        ("90", "2026-01-01", "2026-03-31"),
        ("year", "2026-01-01", "2026-03-31"),
    ],
)
def test_a_usual_span_ends_today_or_with_its_month(code: str, first: str, last: str):
    span = preset(code, today=date(2026, 3, 31))

    assert (span.first.isoformat(), span.last.isoformat()) == (first, last)


def test_every_usual_span_has_its_words():
    assert all(preset(code, today=date(2026, 1, 1)).code == code for code in PRESETS)


@given(VALUES)
def test_more_cases_never_make_a_lighter_class(values: dict[str, int]):
    classes = classes_by(values)

    ordered = sorted(values, key=lambda key: values[key])
    assert [classes[key] for key in ordered] == sorted(classes.values())
    assert all((classes[key] == 0) == (values[key] == 0) for key in values)
    assert max(values.values()) == 0 or max(classes.values()) == 5


@given(VALUES)
def test_each_value_lies_within_the_limits_of_exactly_one_class(values: dict[str, int]):
    classes = classes_by(values)
    limits = list(limits_of(values, classes))

    for key, value in values.items():
        holding = [number for number, least, greatest in limits if least <= value <= greatest]
        assert holding == [classes[key]]
