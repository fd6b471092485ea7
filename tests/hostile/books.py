"""Spreadsheets that nobody honest sends, built here byte by byte."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
PLAIN_ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>编号</t></is></c></row>'
END = b"PK\x05\x06"
DIRECTORY = b"PK\x01\x02"


def parts(rows: str = PLAIN_ROW, **others: str) -> dict[str, str | bytes]:
    """Members of a small workbook; `others` replaces some by name, dots written as _."""
    relation = f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">%s</Relationships>'
    one = '<Relationship Id="{}" Type="{}/{}" Target="{}"/>'
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/></Types>',
        "_rels/.rels": relation % one.format("rId1", OFFICE, "officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{NS}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relation
        % (
            one.format("rId1", OFFICE, "worksheet", "worksheets/sheet1.xml")
            + one.format("rId2", OFFICE, "sharedStrings", "sharedStrings.xml")
        ),
        "xl/worksheets/sheet1.xml": f'{HEAD}<worksheet xmlns="{NS}"><sheetData>{rows}'
        "</sheetData></worksheet>",
        "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{NS}"><si><t>x</t></si></sst>',
    }
    return {**made, **others}


def book(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method, compresslevel=9) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def cell(place: str, text: str = "1") -> str:
    """Return a row with one cell."""
    number = "".join(sign for sign in place if sign.isdigit())
    return f'<row r="{number}"><c r="{place}"><v>{text}</v></c></row>'


def with_sheet(sheet: str | bytes) -> bytes:
    """Return a workbook whose sheet is this very text."""
    return book(parts() | {"xl/worksheets/sheet1.xml": sheet})


def with_strings(strings: str, rows: str) -> bytes:
    """Return a workbook with shared strings and rows."""
    return book(parts(rows) | {"xl/sharedStrings.xml": strings})


def declared(entities: str, text: str) -> bytes:
    """Return a workbook whose sheet declares entities and uses them."""
    row = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'
    return with_sheet(
        f"{HEAD}<!DOCTYPE worksheet [{entities}]>"
        f'<worksheet xmlns="{NS}"><sheetData>{row}</sheetData></worksheet>'
    )


def patched(data: bytes, *, at: int, field: str, value: int, every: bool = False) -> bytes:
    """Write a number into the list of members, at an offset of its record."""
    new, place = bytearray(data), data.find(DIRECTORY)
    while place >= 0:
        struct.pack_into(field, new, place + at, value)
        place = data.find(DIRECTORY, place + 4) if every else -1
    return bytes(new)


def overlapping(count: int = 200, size: int = 1_000_000) -> bytes:
    """Return a zip whose list names the same bytes again and again."""
    one = book({"a.xml": b"0" * size})
    at, end = one.index(DIRECTORY), one.index(END)
    listed = b"".join(
        bytearray(one[at:end]).replace(b"a.xml", b"%05d" % number) for number in range(count)
    )
    tail = struct.pack("<4s4H2LH", END, 0, 0, count, count, len(listed), at, 0)
    return one[:at] + listed + tail


def zeros(size: int) -> bytes:
    """Return a workbook whose sheet is `size` zeros, packed to a thousandth."""
    return book(parts() | {"xl/worksheets/sheet1.xml": b"0" * size})


def ods(rows: int, columns: int) -> bytes:
    """Return an ODS that repeats one cell so many times."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'{HEAD}<office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="a"><table:table-row '
        f'table:number-rows-repeated="{rows}"><table:table-cell office:value-type="string" '
        f'table:number-columns-repeated="{columns}"><text:p>x</text:p></table:table-cell>'
        "</table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    listed = f'{HEAD}<manifest xmlns="{office}:manifest:1.0"/>'
    return book({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": listed})


LAUGHS = '<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
)
LONG = "长" * 32_000
NAMES = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 40_001))

# Refused, each in words.
BAD_BOOKS: Mapping[str, Callable[[], bytes]] = {
    "bomb": lambda: zeros(150_000_000),
    "ratio": lambda: zeros(5_000_000),
    "lying_sizes": lambda: patched(zeros(5_000_000), at=24, field="<L", value=500, every=True),
    "overlap": overlapping,
    "ten_thousand_members": lambda: book({f"m{n}": b"" for n in range(10_000)}),
    "long_names": lambda: book({f"{n:04}" + "n" * 60_000: b"" for n in range(30)}),
    "locked": lambda: patched(book(parts()), at=8, field="<H", value=1),
    "unusual_method": lambda: book(parts(), zipfile.ZIP_BZIP2),
    "something_before": lambda: b"PK\x03\x04" + bytes(26) + book(parts()),
    "something_behind": lambda: book(parts()) + b"more",
    "two_zips": lambda: book(parts()) + book({"x": b"x"}),
    "cut": lambda: book(parts())[:-200],
    "no_end": lambda: b"PK\x03\x04" + bytes(500),
    "broken_stream": lambda: book(parts()).replace(zlib.compress(b"x")[:1], b"\xff")[:-1] + b"\0",
    "no_workbook": lambda: book({"evil.txt": b"x"}),
    "zip_in_zip": lambda: book({"inner.zip": zeros(5_000_000)}),
    "far_corner": lambda: book(parts(PLAIN_ROW + cell("XFD1048576"))),
    "far_down": lambda: book(parts(PLAIN_ROW + cell("GR1048576"))),
    "row_beyond": lambda: book(parts(PLAIN_ROW + cell("A4294967290"))),
    "same_text_again": lambda: with_strings(
        f'<sst xmlns="{NS}"><si><t>{LONG}</t></si></sst>', NAMES
    ),
    "laughs": lambda: declared(LAUGHS, "&a9;"),
    "file_entity": lambda: declared('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"),
    "web_entity": lambda: declared('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">', "&x;"),
    "parameter_entity": lambda: declared('<!ENTITY % x SYSTEM "file:///etc/hosts"> %x;', "y"),
    "doctype_in_relations": lambda: book(
        parts() | {"_rels/.rels": '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/e.dtd"><r/>'}
    ),
    "member_twice": lambda: twice(),
    "ods_repeated": lambda: ods(1_048_576, 16_384),
    "old_format_junk": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000),
    "old_format_loop": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xfe\xff\xff\xff" * 5_000,
}

# Read as any other, or refused: nothing comes of what they try.
HARMLESS_BOOKS: Mapping[str, Callable[[], bytes]] = {
    "dimension_lies": lambda: with_sheet(
        f'<worksheet xmlns="{NS}"><dimension ref="A1:XFD1048576"/><sheetData>{PLAIN_ROW}'
        "</sheetData></worksheet>"
    ),
    "laughs_in_utf_16": lambda: with_sheet(
        f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [{LAUGHS}]><w>&a9;</w>'.encode(
            "utf-16"
        )
    ),
    "outside_target": lambda: book(
        {
            name: content.replace("worksheets/sheet1.xml", "../../../../../etc/passwd")
            if isinstance(content, str)
            else content
            for name, content in parts().items()
        }
    ),
    "path_that_climbs": lambda: book(parts() | {"../../../evil.xml": "<x/>"}),
    "deep_xml": lambda: with_sheet(
        f'<worksheet xmlns="{NS}"><sheetData>{PLAIN_ROW}{"<is>" * 100_000}'
    ),
    "no_such_string": lambda: book(parts('<row><c t="s"><v>99999999999</v></c></row>')),
    "numbers_beyond": lambda: book(
        parts(PLAIN_ROW + cell("A2", "1e999") + cell("A3", "-1e308") + cell("A4", "nan"))
    ),
    "long_cell": lambda: book(
        parts(
            PLAIN_ROW
            + f'<row r="2"><c r="A2" t="inlineStr"><is><t>{"x1" * 200_000}</t></is></c></row>'
        )
    ),
    "one_far_cell": lambda: book(parts(cell("XFD1048576"))),
    "nul_in_text": lambda: book(parts(PLAIN_ROW.replace("编号", "编\0号&#0;"))),
    "macro": lambda: book(parts() | {"xl/vbaProject.bin": b"Sub AutoOpen()"}),
    "formula": lambda: book(
        parts(PLAIN_ROW + '<row r="2"><c r="A2"><f>HYPERLINK("http://x")</f><v>1</v></c></row>')
    ),
}


def twice() -> bytes:
    """Return a workbook that holds its sheet under the same name twice."""
    data = book(parts() | {"xl/worksheets/sheet2.xml": "<x/>"})
    return data.replace(b"xl/worksheets/sheet2.xml", b"xl/worksheets/sheet1.xml")
