"""A file comes in whole or not at all, and every fault is told by row and field.

Serves: R017 R081.
"""

from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from linli.domain.ledgers.errors import ColumnsUnknown, NotTheirLedger, TooManyRows
from linli.domain.ledgers.models import Record, RecordEvent, RecordKey
from linli.domain.ledgers.selectors import export_rows
from linli.domain.ledgers.services import Imported, change_record, import_records, plan_import
from linli.domain.ledgers.services import importing as service
from linli.domain.ledgers.tests.builders import AT, Town, build_town, room, table
from linli.kernel.errors import NotPermitted, RejectedTogether

FULL: dict[str, Any] = {
    "seats": "120",
    "rent": "5",
    "kind": "礼堂",
    "uses": "议事、培训",
    "spot": "116.4,39.9",
    "opened": "2026-01-01",
    "step_free": "否",
    "basis": "law 第三条",
    "keeper": "works/desk",
    "phone": "02500000000",
}


@pytest.fixture
def town() -> Town:
    return build_town()


def bring(town: Town, *lines: str, key: str = "i") -> Imported:
    return import_records("room", table(*lines), actor=town.clerk, at=AT, key=key)


def told(town: Town, *lines: str) -> list[tuple[int | None, str | None]]:
    with pytest.raises(RejectedTogether) as refused:
        bring(town, *lines)
    return [(fault.row, fault.field) for fault in refused.value.faults]


@pytest.mark.django_db
def test_a_file_adds_what_is_new_and_changes_what_is_there(town: Town):
    room(town, seats="10", rent="5")

    done = bring(town, "名称,区域,Seats", "礼堂,9901,20", "书屋,区990101,", "书屋二,990101,8")

    hall = Record.objects.get(title="礼堂")
    assert done == Imported(added=2, changed=1)
    assert (hall.data["seats"], hall.data["rent"], hall.seq) == (20, "5.00", 2)
    assert Record.objects.get(title="书屋").area_path == "99/9901/990101/"


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing_and_the_same_command_does_nothing(town: Town):
    lines = ("名称,区域,seats", "礼堂,9901,20")
    bring(town, *lines)

    assert bring(town, *lines) == Imported(is_repeat=True)
    assert bring(town, *lines, key="later") == Imported(same=1)
    assert RecordEvent.objects.count() == 1


@pytest.mark.django_db
def test_every_fault_is_told_by_row_and_field_and_nothing_is_written(town: Town):
    room(town, "礼堂")
    before = list(Record.objects.values())

    faults = told(
        town,
        "number,名称,区域,座位,类别",
        ",甲,9901,many,礼堂",
        ",乙,nowhere,5,食堂",
        ",,9901,5,",
        ",丙,9901,5,",
        ",丙,9901,6,",
        "R-999999,丁,9901,5,",
        ",戊,9902,5,",
    )

    assert faults == [
        (2, "seats"),
        (3, "place"),
        (3, "kind"),
        (4, "title"),
        (6, None),
        (7, "number"),
        (8, "area"),
    ]
    assert list(Record.objects.values()) == before


@pytest.mark.django_db
def test_two_rows_about_one_record_are_refused(town: Town):
    number = room(town, "礼堂").number

    assert told(town, "编号,名称,区域", f"{number},大礼堂,9901", ",礼堂,9901") == [(3, None)]


@pytest.mark.django_db
def test_a_value_of_a_record_that_the_file_does_not_name_is_taken(town: Town):
    room(town, "礼堂")
    number = room(town, "书屋").number

    assert told(town, "编号,名称", f"{number},礼堂") == [(None, "title")]


@pytest.mark.django_db
def test_a_column_that_the_ledger_does_not_have_stops_the_file(town: Town):
    with pytest.raises(ColumnsUnknown, match="颜色"):
        bring(town, "名称,区域,颜色", "礼堂,9901,红")


@pytest.mark.django_db
def test_a_file_of_too_many_rows_is_refused(town: Town, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(service, "MOST_RECORDS", 1)

    with pytest.raises(TooManyRows):
        bring(town, "名称,区域", "甲,9901", "乙,9901")


@pytest.mark.django_db
def test_only_those_who_keep_a_ledger_may_import_it(town: Town):
    with pytest.raises(NotTheirLedger):
        import_records("room", table("名称,区域"), actor=town.supervisor, at=AT, key="s")
    with pytest.raises(NotPermitted):
        plan_import("room", table("名称,区域"), actor=town.analyst, at=AT)


@pytest.mark.django_db
def test_a_spreadsheet_is_read_with_its_numbers_and_days(town: Town):
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for column, name in enumerate(("名称", "区域", "座位", "启用", "无障碍")):
            sheet.write_string(0, column, name)
        sheet.write_string(1, 0, "礼堂")
        sheet.write_number(1, 1, 9901)
        sheet.write_number(1, 2, 30)
        sheet.write_datetime(1, 3, AT.replace(tzinfo=None))
        sheet.write_string(1, 4, "是")
    file.seek(0)

    import_records("room", file, actor=town.clerk, at=AT, key="x")

    assert Record.objects.get().data == {
        "title": "礼堂",
        "place": "9901",
        "seats": 30,
        "opened": "2026-11-24",
        "step_free": True,
    }


@pytest.mark.django_db
def test_what_was_exported_comes_back_as_it_was_without_what_is_personal(town: Town):
    one = room(town, "=1+1", **FULL)

    lines = list(export_rows(town.clerk, "room", at=AT))

    assert "联系人电话" not in lines[0]
    assert not any("02500000000" in cell for line in lines for cell in line)
    assert lines[1][1] == "'=1+1"
    quoted = [",".join(f'"{cell}"' for cell in line) for line in lines]
    assert bring(town, *quoted) == Imported(same=1)
    change_record(one.public_id, given={"seats": "7"}, actor=town.clerk, at=AT, key="c")
    assert bring(town, *quoted, key="again") == Imported(changed=1)


CELLS = st.one_of(
    st.sampled_from(["", "礼堂", "书屋", "9901", "9902", "12", "501", "-1", "是", "2026-02-30"]),
    st.text(st.characters(exclude_characters='\r\n",', exclude_categories=["Cs"]), max_size=8),
)


class TestImports(TestCase):
    """Random files: what has a fault writes nothing; what has none is stored as planned."""

    def setUp(self) -> None:
        self.town = build_town()
        room(self.town, "礼堂", seats="10")

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=4))
    def test_a_file_with_a_fault_writes_nothing_and_one_without_is_stored_as_planned(
        self, rows: list[tuple[str, ...]]
    ) -> None:
        lines = ["名称,区域,座位,启用", *(",".join(f'"{c}"' for c in row) for row in rows)]
        before = standing()
        plan = plan_import("room", table(*lines), actor=self.town.clerk, at=AT)
        assert standing() == before
        try:
            done = import_records("room", table(*lines), actor=self.town.clerk, at=AT, key="p")
        except RejectedTogether:
            assert standing() == before
        else:
            assert not plan.faults
            assert (done.added, done.changed, done.same) == (plan.added, plan.changed, plan.same)
            assert Record.objects.count() == len(before[0]) + done.added


def standing() -> tuple[list[object], ...]:
    rows = (Record, RecordEvent, RecordKey)
    return tuple(list(model._default_manager.order_by("pk").values()) for model in rows)
