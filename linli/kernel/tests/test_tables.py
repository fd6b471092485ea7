import gzip
import io
from datetime import datetime

import pytest
import xlsxwriter

from linli.kernel.archives import ArchiveBroken
from linli.kernel.bounds import MOST_LINE_CHARS, MOST_LINES_A_RECORD
from linli.kernel.delimited import (
    EmptyTable,
    LineTooLong,
    QuoteOpen,
    UnknownEncoding,
    Unmarked,
    UnmarkedEncoding,
)
from linli.kernel.tables import (
    NoSuchSheet,
    SheetUnreadable,
    UnreadBytes,
    WrongWidth,
    cell_text,
    is_sheet,
    open_table,
)

TEXT = "标题,内容\n路灯,坏了\n噪声,扰民\n"


def read(data: bytes, **chosen: str):
    return open_table(io.BytesIO(data), **chosen)


def cells(data: bytes) -> list[tuple[object, ...]]:
    return [row.cells for row in read(data).rows if row.fault is None]


def faults(data: bytes) -> list[tuple[int, type]]:
    return [(row.number, type(row.fault)) for row in read(data).rows if row.fault is not None]


def sheet(*rows: tuple[object, ...], first_row: int = 0) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd hh:mm"})
    page = book.add_worksheet("六月")
    for number, row in enumerate(rows, first_row):
        for place, value in enumerate(row):
            page.write(number, place, value)
    book.close()
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_each_usual_encoding_is_found_out(encoding):
    table = read(TEXT.encode(encoding))

    assert table.head == ("标题", "内容")
    assert [row.cells for row in table.rows] == [("路灯", "坏了"), ("噪声", "扰民")]
    assert table.expected == 2


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [TEXT, "a,b\n1,2\n", TEXT.replace("\n", "\r\n")])
def test_utf_16_without_its_mark_is_told_by_its_name(text, encoding):
    with pytest.raises(UnmarkedEncoding, match="UTF-16"):
        read(text.encode(encoding))


def test_a_nul_in_a_cell_makes_no_utf_16_of_a_file():
    assert read("标题,内容\n\0路灯,\0坏了\n".encode()).head == ("标题", "内容")


def test_a_packed_file_is_unpacked():
    assert cells(gzip.compress(TEXT.encode())) == cells(TEXT.encode())


@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_cells_may_be_parted_by_other_signs(sign):
    assert read(TEXT.replace(",", sign).encode()).head == ("标题", "内容")


def test_heads_are_made_plain():
    assert read("　编号１ ,内容\n1,2\n".encode()).head == ("编号1", "内容")


def test_one_broken_character_costs_its_row_alone():
    broken = TEXT.encode().replace("坏".encode(), b"\xff\xc0") + b"a,b\n"

    assert faults(broken) == [(2, UnreadBytes)]
    assert cells(broken) == [("噪声", "扰民"), ("a", "b")]


def test_a_broken_character_is_told_in_gb18030_too():
    broken = TEXT.encode("gb18030").replace("坏".encode("gb18030"), b"\x81\xff")

    assert faults(broken) == [(2, UnreadBytes)]


@pytest.mark.parametrize("data", [bytes(range(128, 256)) * 9, "title,body\n".encode("utf-16-le")])
def test_what_is_no_text_is_refused_with_its_line(data):
    with pytest.raises(UnknownEncoding) as caught:
        read(data)

    assert caught.value.row == 1


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n \n", b",,\n,,\n"])
def test_an_empty_file_is_refused(data):
    with pytest.raises(EmptyTable):
        read(data)


def test_a_head_alone_is_a_table_without_rows():
    assert list(read(b"a,b\n").rows) == []


def test_blank_rows_count_and_are_left_out():
    rows = list(read(b"a,b\n\n,\n1,2\n").rows)

    assert [(row.number, row.cells) for row in rows] == [(4, ("1", "2"))]


def test_a_cell_may_hold_lines_and_quotes():
    assert cells(b'a,b\n1,"x\ny ""z"""\n2,w\n') == [("1", 'x\ny "z"'), ("2", "w")]


def test_an_open_quote_costs_its_own_line_alone():
    text = b'a,b\n1,"open\n2,x\n3,"also open\n4,y'

    assert faults(text) == [(2, QuoteOpen), (4, QuoteOpen)]
    assert cells(text) == [("2", "x"), ("4", "y")]


def test_an_open_quote_is_given_up_after_so_many_lines():
    lines = ["a,b", '1,"open', *["2,x"] * (MOST_LINES_A_RECORD + 5), '3,"shut"']
    text = "\n".join(lines).encode()

    assert faults(text) == [(2, QuoteOpen)]
    assert len(cells(text)) == MOST_LINES_A_RECORD + 6


def test_rows_that_have_slipped_are_told_and_empty_cells_at_the_end_forgiven():
    text = b"a,b\n1\n1,2,3\n1,2,,\n"

    assert faults(text) == [(2, WrongWidth), (3, WrongWidth)]
    assert cells(text) == [("1", "2")]


def test_a_cell_of_ten_megabytes_is_read_and_a_longer_line_told():
    long, longer = "长" * 3_500_000, "x" * (MOST_LINE_CHARS + 10)
    text = f"a,b\n1,{long}\n2,{longer}\n3,z\n".encode()

    assert faults(text) == [(3, LineTooLong)]
    assert cells(text) == [("1", long), ("3", "z")]


def test_a_sheet_is_read_with_its_dates_and_its_row_numbers():
    moment = datetime(2026, 8, 1, 2, 15)  # noqa: DTZ001  # a sheet's cell has no zone
    data = sheet(("编号", "时间"), (7.0, moment), ("", ""), ("QQ8", 46235.5), first_row=2)
    table = read(data)

    assert is_sheet(data)
    assert table.head == ("编号", "时间")
    assert [(row.number, row.cells) for row in table.rows] == [
        (4, (7.0, moment)),
        (6, ("QQ8", 46235.5)),
    ]
    assert table.expected == 3


def test_a_quote_inside_a_cell_that_is_not_doubled_costs_its_row():
    assert faults(b'a,b\n1,"x"y"\n2,z\n') == [(2, QuoteOpen)]


def test_a_sheet_may_be_named():
    data = sheet(("a",), ("1",))

    assert read(data, sheet="六月").head == ("a",)
    with pytest.raises(NoSuchSheet, match="六月"):
        read(data, sheet="七月")


@pytest.mark.parametrize("data", [b"PK\x03\x04junk", b"\x1f\x8bjunk", sheet()[:200]])
def test_a_broken_file_is_told_in_a_sentence(data):
    with pytest.raises((SheetUnreadable, ArchiveBroken)):
        list(read(data).rows)


def test_an_empty_sheet_is_refused():
    with pytest.raises(EmptyTable):
        read(sheet())


@pytest.mark.parametrize(
    ("cell", "text"),
    [(13200001171.0, "13200001171"), (1.5, "1.5"), ("0012", "0012"), (True, "True")],
)
def test_cells_read_as_people_see_them(cell, text):
    assert cell_text(cell) == text


@pytest.mark.parametrize("data", [b",", TEXT.encode(), TEXT.encode("gb18030")])
def test_a_file_said_to_be_utf_16_must_begin_with_its_mark(data):
    with pytest.raises(Unmarked):
        read(data, encoding="utf-16")
