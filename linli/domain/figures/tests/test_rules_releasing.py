"""What is released of a sheet, and what later releases may add to it."""

import pytest

from linli.domain.figures.rules.rehearsing import RATE as RATING
from linli.domain.figures.rules.rehearsing import town
from linli.domain.figures.rules.releasing import Design, Earlier, cut, designs_of
from linli.domain.figures.rules.sheets import PLACE, RATE, TOTAL, Key, added
from linli.methods.disclosure import NotProtectable


def test_every_sum_of_a_sheet_holds():
    sheet = town(1)

    assert len(sheet.sums()) > 20
    for whole, parts in sheet.sums():
        assert sheet.cells[whole] == sum(sheet.cells[part] for part in parts)


def test_no_small_count_is_shown_and_the_whole_is():
    """Serves: X01."""
    made = cut(town(1, mean=60), least=10, least_shown=0.3)

    shown = {key: n for key, n in made.sheet.cells.items() if key not in made.hidden}
    assert min(shown.values()) >= 10
    assert TOTAL in shown
    assert made.hidden


def test_a_full_table_is_released_by_place_and_matter():
    assert cut(town(1, mean=200), least=10, least_shown=0.3).design == Design(2, True)


def test_a_thin_one_is_released_coarser_and_a_hollow_one_not_at_all():
    assert cut(town(1, mean=4), least=10, least_shown=0.3).design == Design(2, False)
    with pytest.raises(NotProtectable):
        cut(town(1, size=(1, 1, 2, 1), mean=0.3), least=10, least_shown=0.3)


def test_designs_go_from_fine_to_coarse():
    crossed = [(design.depth, design.is_crossed) for design in designs_of(2)]

    assert crossed == [(2, True), (1, True), (2, False), (1, False), (0, False)]


def test_a_rate_is_withheld_where_its_parts_are_few():
    made = cut(town(3, mean=60), least=10, least_shown=0.3)
    few = [key for key, n in made.sheet.cells.items() if key.table == RATE and n < 10]

    assert set(few) <= made.hidden
    assert any(key.column == RATING.base and key not in made.hidden for key in made.sheet.cells)


@pytest.mark.parametrize("seed", range(3))
def test_a_quarter_does_not_give_its_months_away(seed):
    """Serves: X01."""
    months = [town(10 * seed + number, mean=60) for number in range(3)]
    cuts = [cut(month, least=10, least_shown=0.3) for month in months]
    depth = min(made.design.depth for made in cuts)
    crossed = all(made.design.is_crossed for made in cuts)
    codes = ("2026-10", "2026-11", "2026-12")
    earlier = [Earlier(c, made.sheet, made.hidden) for c, made in zip(codes, cuts, strict=True)]
    whole = added([made.sheet.to(depth=depth, is_crossed=crossed) for made in cuts])

    made = cut(whole, least=10, least_shown=0, earlier=earlier, made_of=codes)

    gaps = [sum(key in one.hidden for one in cuts) for key in made.sheet.cells]
    lone = [key for key, gap in zip(made.sheet.cells, gaps, strict=True) if gap == 1]
    assert lone
    assert [key for key in lone if key not in made.hidden] == []


def test_a_coarser_sheet_keeps_its_sums():
    sheet = town(1).to(depth=1, is_crossed=False)

    assert {place.depth for place in sheet.places} == {0, 1}
    assert not any(k.table == PLACE and k.row and k.column for k in sheet.cells)
    assert Key(PLACE, "s0", "") in sheet.cells
    assert sheet.sums()
