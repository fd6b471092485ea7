"""Tables for a terminal."""

import pytest

from linli.config.demo.summary import Table, text_of, width

TABLE = Table(
    ("按单位", "By unit"),
    [("单位", "unit"), ("件", "cases")],
    [(("城管局", "urban management"), [7]), (("水务 2 队", "water 2"), [120])],
)


@pytest.mark.parametrize(("lang", "title"), [("zh-hans", "按单位"), ("en", "By unit")])
def test_columns_stand_under_each_other_though_letters_are_wide(lang, title):
    first, *lines = text_of(TABLE, lang=lang).strip().splitlines()
    assert first == title
    assert len({width(line) for line in lines}) == 1
    assert lines[-1].endswith("120")
