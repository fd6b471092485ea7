"""No withheld cell of a table can be reckoned back from those that are published."""

import numpy as np
import pytest

from linli.methods.disclosure import NotProtectable, Tables, audit, protect

# Two rows, two columns, their sums and the whole:
#    0  1 | 4
#    2  3 | 5
#    6  7 | 8
SQUARE = [(4, [0, 1]), (5, [2, 3]), (6, [0, 2]), (7, [1, 3]), (8, [4, 5]), (8, [6, 7])]


def square(a, b, c, d, **more):
    values = np.array([a, b, c, d, a + b, c + d, a + c, b + d, a + b + c + d])
    costs = np.array([1.0] * 4 + [5.0] * 4 + [50.0])
    return Tables(values, SQUARE, costs, **more)


def flags(*cells, of=9):
    return np.isin(np.arange(of), cells)


def test_a_lone_gap_is_filled_by_subtraction_and_the_audit_says_so():
    found = audit(square(3, 40, 50, 60), flags(0), least=10)

    assert [(one.cell, one.low, one.high, one.is_exact) for one in found] == [(0, 3, 3, True)]


def test_two_gaps_in_a_row_are_filled_by_their_columns():
    found = audit(square(3, 40, 50, 60), flags(0, 1), least=10)

    assert [one.cell for one in found] == [0, 1]


def test_a_small_cell_is_guarded_by_the_cheapest_others():
    """Serves: X01."""
    table = square(3, 40, 50, 60)

    kept = protect(table, least=10)

    assert kept.hidden.tolist() == flags(0, 1, 2, 3).tolist()
    assert kept.small == 1
    assert audit(table, kept.hidden, least=10) == []


def test_nothing_small_withholds_nothing():
    assert not protect(square(30, 40, 50, 60), least=10).hidden.any()


@pytest.mark.parametrize("small", [0, 1, 9])
def test_zero_is_small_like_any_other(small):
    assert protect(square(small, 40, 50, 60), least=10).hidden[0]


def test_a_range_of_few_counts_is_too_narrow_though_not_exact():
    # The first row holds 5 in all and says so: each of its cells lies between 0 and 5.
    found = audit(square(2, 3, 50, 60), flags(0, 1, 2, 3), least=10)

    assert [(one.low, one.high) for one in found] == [(0, 5)] * 2 + [(47, 52), (58, 63)]


def test_what_was_published_before_is_never_withheld_and_others_guard_instead():
    kept = protect(square(3, 40, 50, 60, published=frozenset({1})), least=10)

    assert not kept.hidden[1]
    assert kept.hidden[0]
    assert audit(square(3, 40, 50, 60), kept.hidden, least=10) == []


def test_where_all_around_is_public_nothing_can_be_guarded():
    public = frozenset({1, 4, 6})

    with pytest.raises(NotProtectable):
        protect(square(3, 40, 50, 60, published=public), least=10)


def test_a_later_sum_does_not_give_away_an_earlier_gap():
    # Cells 0 and 1 are two months of one place, 2 is their quarter; month 1 was withheld.
    tables = Tables(
        np.array([4, 30, 34]),
        [(2, [0, 1])],
        np.ones(3),
        published=frozenset({1}),
        withheld=frozenset({0}),
    )

    assert protect(tables, least=10).hidden.tolist() == [True, False, True]


@pytest.mark.parametrize("seed", range(3))
def test_random_tables_hold_against_the_audit(seed):
    chance = np.random.default_rng(seed)
    inner = chance.poisson(chance.gamma(0.7, 30, size=(4, 3)))
    cells = np.zeros((5, 4), dtype=np.int64)
    cells[:4, :3], cells[:4, 3], cells[4, :3] = inner, inner.sum(1), inner.sum(0)
    cells[4, 3] = inner.sum()
    at = np.arange(20).reshape(5, 4)
    sums = [(int(at[row, 3]), at[row, :3].tolist()) for row in range(5)]
    sums += [(int(at[4, column]), at[:4, column].tolist()) for column in range(4)]
    tables = Tables(cells.ravel(), sums, np.where(at.ravel() % 4 == 3, 5.0, 1.0))

    kept = protect(tables, least=10)

    assert audit(tables, kept.hidden, least=10) == []
    assert not (cells.ravel() < 10)[~kept.hidden].any()
