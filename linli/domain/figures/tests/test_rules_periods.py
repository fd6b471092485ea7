import pytest

from linli.domain.figures.rules.periods import PartsMissing, inside, period_of, tiles_of


@pytest.mark.parametrize(
    ("code", "first", "last", "kind"),
    [
        ("2026-10", "2026-10-01", "2026-10-31", "month"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2026-12", "2026-12-01", "2026-12-31", "month"),
        ("2026-Q1", "2026-01-01", "2026-03-31", "quarter"),
        ("2026", "2026-01-01", "2026-12-31", "year"),
    ],
)
def test_a_code_is_a_span_of_whole_days(code, first, last, kind):
    period = period_of(code)

    assert (str(period.first), str(period.last), period.kind) == (first, last, kind)


@pytest.mark.parametrize("code", ["", "2026-00", "2026-13", "2026-Q5", "26-10", "2026-10-01", "x"])
def test_anything_else_is_no_period(code):
    with pytest.raises(ValueError, match="is no period"):
        period_of(code)


@pytest.mark.parametrize(
    ("code", "above"),
    [("2026-10", ["2026-Q4", "2026"]), ("2026-Q1", ["2026"]), ("2026", [])],
)
def test_a_period_knows_what_it_is_a_part_of(code, above):
    assert [period.code for period in period_of(code).above()] == above


def test_a_year_is_made_of_whatever_has_been_released_of_it():
    months = [f"2026-{n:02}" for n in range(4, 13)]

    assert tiles_of(period_of("2026"), ["2026-Q1", *months])[:2] == ("2026-Q1", "2026-04")
    assert tiles_of(period_of("2026"), ["2025-12"]) == ()


def test_a_gap_is_named():
    with pytest.raises(PartsMissing) as caught:
        tiles_of(period_of("2026"), ["2026-Q1", "2026-Q2", "2026-07"])

    assert caught.value.missing == ("2026-08", "2026-09", "2026-Q4")


def test_all_that_lies_within_a_period_is_found():
    released = ["2026-Q1", "2026-01", "2026-02", "2026-03", "2025-12"]

    assert inside(period_of("2026"), released) == ("2026-Q1", "2026-01", "2026-02", "2026-03")
