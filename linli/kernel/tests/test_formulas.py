import pytest

from linli.kernel.formulas import CELL_CHARS, harmless, unguarded

SIGNS = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]
BEFORE = ["", " ", "\n", "　", "\xa0"]


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("sign", SIGNS)
def test_what_looks_like_a_formula_is_written_as_text_and_comes_back(sign, before):
    cell = f"{before}{sign}cmd|'/c calc'!A0"

    assert harmless(cell) == f"'{cell}"
    assert unguarded(harmless(cell)) == cell


@pytest.mark.parametrize("cell", ["", "1", "路灯坏了", "a=b", "'=1", "'tis", "2026-08-01"])
def test_what_runs_nothing_stays_as_it_is(cell):
    assert harmless(cell) == cell


def test_an_apostrophe_of_the_writer_stays():
    assert unguarded("'tis") == "'tis"


def test_long_cells_are_cut_to_what_a_sheet_can_hold():
    assert harmless("长" * 50_000).endswith("…（50000）")
    assert len(harmless("长" * 50_000)) < CELL_CHARS + 20
    assert harmless("路灯\udcff") == "路灯?"


@pytest.mark.parametrize("cell", ["\t=1", "\rx", "\tx"])
def test_a_tab_or_return_at_the_start_is_guarded_too(cell):
    assert unguarded(harmless(cell)) == cell != harmless(cell)
