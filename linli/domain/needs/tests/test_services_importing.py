"""An export comes in: what is right goes in once, what is not is told by row and field."""

import csv
import io
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter

from linli.domain.access.selectors import RESIDENT_ACTOR, SYSTEM_ACTOR
from linli.domain.audit.selectors import verify_chain
from linli.domain.cases.models import Case
from linli.domain.cases.tests.builders import AT
from linli.domain.needs import errors
from linli.domain.needs.models import Message, Reading
from linli.domain.needs.selectors import masked_reporter
from linli.domain.needs.services import (
    ImportedBatch,
    import_messages,
    mapping_of,
    read_export,
    receive_message,
)
from linli.domain.needs.tests.builders import COMMUNITY, NOISE, build_read_town, said
from linli.domain.vault.selectors import find_by
from linli.kernel.errors import NotPermitted
from linli.kernel.secrecy import SecretMarked
from linli.kernel.tables import WrongWidth

pytestmark = pytest.mark.django_db

HEAD = (
    "编号",
    "时间",
    "姓名",
    "电话",
    "类型",
    "标题",
    "内容",
    "地址",
    "渠道",
    "区域",
    "紧急",
    "保密",
)
FIELDS = (
    *("source_id", "received_at", "reporter_name", "phone", "petition_type", "title", "body"),
    *("address", "channel", "area", "urgency", "confidential"),
)
MAPPING = (
    "source: city\n"
    f"columns: {{{', '.join(f'{f}: {h}' for f, h in zip(FIELDS, HEAD, strict=True))}}}\n"
    "petition_types: {投诉: complaint, 闲谈: gossip}\n"
    "channels: {电话: phone}\n"
    "urgencies: {特急: emergency}\n"
    "areas: {老城: '990101002'}\n"
)
GOOD = (
    "A1",
    "2026-11-01 09:47",
    "林小满",
    "１３１",
    "投诉",
    "夜里打桩",
    NOISE,
    "",
    "电话",
    "",
    "",
    "否",
)


@pytest.fixture(autouse=True)
def town():
    return build_read_town()


def table(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([head, *rows])
    return text.getvalue().encode()


def good(**changed: str) -> tuple[str, ...]:
    """A good row, but for the cells of some fields."""
    return tuple(changed.get(field, cell) for field, cell in zip(FIELDS, GOOD, strict=True))


def take(data: bytes, *, mapping: str = MAPPING, **how: object) -> ImportedBatch:
    """Take a file in and put what came of its batches together."""
    chosen = mapping_of(mapping.encode(), name="m.yaml")
    export = read_export(io.BytesIO(data), chosen, at=AT)
    batches = list(import_messages(export.rows, **{"actor": SYSTEM_ACTOR, "at": AT} | how))  # type: ignore[arg-type]  # as named
    return ImportedBatch(
        read=sum(batch.read for batch in batches),
        taken=sum(batch.taken for batch in batches),
        known=sum(batch.known for batch in batches),
        refused=tuple(one for batch in batches for one in batch.refused),
        received=tuple(one for batch in batches for one in batch.received),
    )


def counts(came: ImportedBatch) -> tuple[int, int, int]:
    return came.taken, came.known, len(came.refused)


def test_a_row_becomes_a_case_with_all_that_it_says():
    case = take(table(good())).received[0].case

    message = Message.objects.get()
    assert (case.title, case.body, case.petition_type) == ("夜里打桩", NOISE, "complaint")
    assert (case.channel, case.received_at) == ("phone", AT - timedelta(days=23, minutes=13))
    assert (message.source, message.source_id) == ("city", "A1")
    assert masked_reporter(case).phone == "***"
    assert find_by("repeat_caller", "131") == [case.public_id]


def test_codes_and_names_of_areas_are_understood():
    rows = [good(source_id=str(n), area=area) for n, area in enumerate((COMMUNITY, "老城"))]
    take(table(*rows))

    assert list(Case.objects.values_list("area__code", flat=True)) == [COMMUNITY, "990101002"]
    assert set(Reading.objects.values_list("area_origin", flat=True)) == {"stated"}


def test_urgency_and_confidentiality_are_taken_from_their_columns():
    case = take(table(good(urgency="特急", confidential="是"))).received[0].case

    assert (case.urgency, case.confidentiality) == ("emergency", "sensitive")


@pytest.mark.parametrize(
    ("changed", "fault", "field"),
    [
        ({"body": ""}, errors.MessageEmpty, "body"),
        ({"body": "。。！"}, errors.MessageEmpty, "body"),
        ({"body": "长" * 50_000}, errors.TextTooLong, "body"),
        ({"body": "长" * 3_500_000}, errors.TextTooLong, "body"),
        ({"received_at": "上月底"}, errors.MomentUnreadable, "received_at"),
        ({"received_at": " "}, errors.MomentMissing, "received_at"),
        ({"received_at": "2035年5月6日"}, errors.ReceivedInFuture, "received_at"),
        ({"petition_type": "起诉"}, errors.WordUnknown, "petition_type"),
        ({"channel": "飞鸽"}, errors.WordUnknown, "channel"),
        ({"urgency": "很急"}, errors.WordUnknown, "urgency"),
        ({"area": "月球"}, errors.UnknownArea, "area"),
    ],
)
def test_a_wrong_row_is_refused_by_row_and_field_and_the_others_go_in(changed, fault, field):
    data = table(good(), good(source_id="A2", **changed), good(source_id="A3"))

    came = take(data)

    (refusal,) = came.refused
    assert counts(came) == (2, 0, 1)
    assert refusal.number == 3
    assert [(type(one), one.field) for one in refusal.faults] == [(fault, field)]
    assert all("3" not in one.zh[:3] and one.en for one in refusal.faults)
    assert refusal.cells[0] == "A2"
    assert Case.objects.count() == Message.objects.count() == 2
    assert verify_chain().is_whole


@pytest.mark.parametrize(
    "row",
    [
        good(title="机密★3年 关于部署"),
        good(title="机密★3年 关于部署", channel="飞鸽"),
        good(title="机密★3年 关于部署", received_at="机密★3年 关于部署"),
        good(body="机密★3年 关于部署" + "长" * 50_000),
        (*good(), "机密★3年 关于部署"),
    ],
)
def test_of_a_row_with_a_secrecy_mark_only_the_number_stays_whatever_else_is_wrong(row):
    (refusal,) = take(table(row)).refused

    assert (refusal.number, refusal.cells) == (2, ())
    assert [type(fault) for fault in refusal.faults] == [SecretMarked]
    assert "部署" not in str(refusal.faults[0])


def test_a_secrecy_mark_in_a_column_that_nobody_mapped_counts():
    (refusal,) = take(table((*good(), "机密★3年"), head=(*HEAD, "附注"))).refused

    assert [(type(one), one.field) for one in refusal.faults] == [(SecretMarked, "附注")]
    assert not Message.objects.exists()


def test_all_that_is_wrong_with_a_row_is_told_at_once():
    came = take(table(good(received_at="x", petition_type="y", channel="z")))

    assert len(came.refused[0].faults) == 3


def test_a_row_that_has_slipped_is_told():
    came = take(table(good(), (*GOOD, "more")))

    assert type(came.refused[0].faults[0]) is WrongWidth


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ('=HYPERLINK("http://example.invalid","灯坏了")', None),
        ("<script>alert(1)</script>井盖松动", None),
        ("路灯又不亮了😡🙏", None),
        ("垃圾\x07桶\x00满了\u200b，味道大", "垃圾桶满了，味道大"),
    ],
)
def test_text_is_text_whatever_it_looks_like(body, kept):
    take(table(good(body=body)))

    assert Message.objects.get().body == (kept or body)


def test_a_second_run_takes_nothing_and_a_longer_file_its_new_rows():
    first = table(good(), good(source_id="A2", body="路灯坏了"))
    assert counts(take(first)) == (2, 0, 0)

    assert counts(take(first)) == (0, 2, 0)
    assert counts(take(first + table(good(source_id="A3"))[len(table()) :])) == (1, 2, 0)


def test_rows_without_a_number_are_known_by_what_they_say():
    rows = (good(source_id=""), good(source_id="", body="路灯坏了"), good(source_id=""))

    assert counts(take(table(*rows))) == (2, 1, 0)
    assert counts(take(table(*rows))) == (0, 3, 0)


def test_a_mapping_mended_after_the_first_run_doubles_nothing():
    data = table(good(source_id=""), good(source_id="", body="路灯坏了", channel="飞鸽"))
    assert counts(take(data)) == (1, 0, 1)

    mended = MAPPING.replace("电话: phone", "电话: hotline, 飞鸽: other")

    assert counts(take(data, mapping=mended)) == (1, 1, 0)


def test_a_number_that_says_something_else_is_refused_in_one_file_and_over_two():
    twice = table(good(), good(body="路灯坏了"))

    for taken in (1, 0):
        came = take(twice)
        assert counts(came) == (taken, 1 - taken, 1)
        assert type(came.refused[0].faults[0]) is errors.NumberTaken


def test_numbers_count_within_their_source():
    take(table(good()))

    assert counts(take(table(good()), mapping=MAPPING.replace("city", "county"))) == (1, 0, 0)


def test_a_message_that_came_by_another_road_is_known_by_its_number():
    new = said(source_id="A1")
    receive_message(new, actor=RESIDENT_ACTOR, at=AT, key="api")

    mapping = MAPPING.replace("source: city", "source: hotline")

    assert counts(take(table(good()), mapping=mapping)) == (0, 1, 0)


@pytest.mark.parametrize("size", [1, 2, 250])
def test_a_trial_tells_what_a_run_does_and_writes_nothing(size):
    rows = [good(source_id=f"A{n % 4}", body=f"{NOISE}{n % 5}") for n in range(9)]
    data = table(*rows, good(channel="飞鸽"))

    tried = take(data, is_trial=True, size=size)
    assert not Message.objects.exists()
    ran = take(data, size=size)

    assert counts(tried) == counts(ran)
    assert [one.number for one in tried.refused] == [one.number for one in ran.refused]
    assert counts(take(data, is_trial=True)) == (0, ran.taken + ran.known, len(ran.refused))


def test_columns_that_are_not_there_are_not_needed():
    data = table(("D1", "路灯坏了三天。晚上看不见。"), head=("message_id", "body"))
    came = take(data, mapping="columns: {body: body, source_id: message_id}\n")

    case = came.received[0].case
    assert (case.title, case.channel, case.received_at) == ("路灯坏了三天", "import", AT)


def test_a_sheet_goes_in_with_its_dates_serials_and_numbers():
    file, local = io.BytesIO(), AT.astimezone(ZoneInfo("Asia/Shanghai")).replace(tzinfo=None)
    book = xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd hh:mm"})
    page = book.add_worksheet()
    page.write_row(0, 0, ["编号", "内容", "时间"])
    page.write_row(1, 0, [7, "路灯坏了"])
    page.write_datetime(1, 2, local)
    page.write_row(2, 0, [8.0, "垃圾桶满了", 46350 + 10 / 24])
    book.close()

    columns = "columns: {body: 内容, source_id: 编号, received_at: 时间}\n"
    came = take(file.getvalue(), mapping=columns)

    assert counts(came) == (2, 0, 0)
    kept = dict(Message.objects.values_list("source_id", "received_at"))
    assert kept == {"7": AT, "8": AT}


def test_a_type_that_no_standard_lists_is_left_to_the_reader():
    export = read_export(
        io.BytesIO(table(good())), mapping_of(MAPPING.encode(), name="m.yaml"), at=AT
    )
    came = take(table(good(petition_type="闲谈")))

    assert export.unlisted == ("闲谈",)
    assert came.received[0].case.petition_type == "help"


def test_a_missing_column_is_told_by_its_name():
    with pytest.raises(errors.ColumnMissing) as caught:
        take(table(("x",), head=("内容",)))

    assert (caught.value.field, caught.value.row) == ("标题", 1)
    assert "编号（source_id）" in caught.value.zh


def test_a_head_without_rows_is_told():
    with pytest.raises(errors.NoRows):
        take(table())


def test_it_takes_a_post_that_imports(town):
    with pytest.raises(NotPermitted):
        take(table(good()), actor=town.cast.handler)
    assert counts(take(table(good()), actor=town.cast.clerk)) == (1, 0, 0)
