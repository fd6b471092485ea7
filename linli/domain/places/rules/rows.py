"""Reading a table of areas: bytes in, rows with their line numbers or faults out."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from linli.domain.places.errors import AreaRowRejected
from linli.domain.places.rules.codes import AreaKind, unpadded
from linli.kernel.archives import TooLarge
from linli.kernel.bounds import MOST_AREA_TABLE, MOST_AREAS, MOST_COLUMNS, MOST_FAULTS
from linli.kernel.delimited import TooManyColumns

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "代码", "编码", "区划代码", "统计用区划代码", "网格编码"),
    "name": ("name", "名称", "区划名称", "网格名称"),
    "parent": ("parent", "parent_code", "上级代码", "上级", "areaCode", "cityCode", "provinceCode"),
    "kind": ("kind", "级别", "类型"),
    "community_type": ("community_type", "城乡分类代码", "城乡分类", "社区类型"),
    "lng": ("lng", "lon", "longitude", "经度"),
    "lat": ("lat", "latitude", "纬度"),
    "valid_from": ("valid_from", "启用日期"),
    "valid_to": ("valid_to", "停用日期"),
}
REQUIRED = ("code", "name")
KIND_WORDS: Mapping[str, AreaKind] = {
    **{kind.value: kind for kind in AreaKind},
    "省": AreaKind.PROVINCE,
    "市": AreaKind.CITY,
    "区县": AreaKind.DISTRICT,
    "街道": AreaKind.STREET,
    "乡镇": AreaKind.STREET,
    "社区": AreaKind.COMMUNITY,
    "村": AreaKind.COMMUNITY,
    "网格": AreaKind.GRID,
    "微网格": AreaKind.MICRO_GRID,
}
_DELIMITERS = ",\t;"


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area as a file states it, not yet set against the tree.

    Parameters
    ----------
    code, name : as in the file, trimmed, full-width digits made plain.
    parent : code of the area above; None derives it from the code.
    kind : None derives it from the code's length.
    community_type : a local code, or "".
    lng, lat : degrees, both or neither.
    valid_from, valid_to : first and last day, the last included.
    line : line in the file, counted from 1; 0 where there is no file.
    source : the file's name, or "".
    """

    code: str
    name: str
    parent: str | None = None
    kind: AreaKind | None = None
    community_type: str = ""
    lng: float | None = None
    lat: float | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    line: int = 0
    source: str = ""


def decode_text(data: bytes, *, most: int) -> str:
    """Return the text of a file in UTF-8 (with or without mark) or GB18030.

    Raises AreaRowRejected for an empty file, one of more than `most` bytes, and for any other
    encoding.
    """
    if len(data) > most:
        raise AreaRowRejected(TooLarge(len(data), most).zh, TooLarge(len(data), most).en)
    if not data.strip():
        raise _empty()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not text.strip():
            raise _empty()
        if "\x00" not in text:
            return text
    raise AreaRowRejected(
        "文件不是 UTF-8 或 GB18030 编码，无法读出文字。请另存为 UTF-8 的 CSV 再导入。",
        "The file is neither UTF-8 nor GB18030, so its text cannot be read. "
        "Save it as CSV in UTF-8 and import it again.",
    )


def read_rows(data: bytes, *, source: str = "") -> tuple[list[AreaRow], list[AreaRowRejected]]:
    """Read a CSV file of areas; the second list holds what could not be read, by line.

    Reading ends after MOST_FAULTS faults. Raises AreaRowRejected where the file as a whole is
    unreadable: its size, its encoding, or a column without which no row makes sense.
    """
    text = decode_text(data, most=MOST_AREA_TABLE)
    lines = _lines(text, _delimiter(text))
    _, first = next(lines, (1, ()))
    header = [plain(cell) for cell in first]
    columns = {name: _positions(header, names) for name, names in COLUMNS.items()}
    for name in REQUIRED:
        if not columns[name]:
            raise _missing_column(name, header)
    rows: list[AreaRow] = []
    faults: list[AreaRowRejected] = []
    for line, cells in lines:
        if len(rows) >= MOST_AREAS:
            raise too_many_rows(line)
        if len(faults) >= MOST_FAULTS:
            break
        try:
            rows.append(_row(cells, columns, width=len(header), line=line, source=source))
        except AreaRowRejected as fault:
            faults.append(fault)
    return rows, faults


def _empty() -> AreaRowRejected:
    return AreaRowRejected(
        "文件是空的，没有可导入的内容。", "The file is empty; nothing to import."
    )


def too_many_rows(line: int) -> AreaRowRejected:
    """Make the error of a file with more rows than are taken at once."""
    return AreaRowRejected(
        f"文件超过 {MOST_AREAS} 行，没有读入。请分成几个文件再导入。",
        f"The file has more than {MOST_AREAS} rows, so nothing was read. Part it into several.",
        row=line,
    )


def plain(text: str) -> str:
    """Return a cell trimmed, with full-width letters and digits made plain."""
    return unicodedata.normalize("NFKC", text).strip()


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(_DELIMITERS, key=first.count)


def _positions(header: list[str], names: tuple[str, ...]) -> list[int]:
    return [header.index(name) for name in names if name in header]


def _missing_column(name: str, header: list[str]) -> AreaRowRejected:
    wanted = "、".join(COLUMNS[name])
    found = "、".join(header)[:400]
    return AreaRowRejected(
        f"缺少列“{name}”（可用列名：{wanted}）；文件里的列是：{found}。请补上这一列。",
        f"The column {name} is missing (also called {wanted}); the file has: {found}. Add it.",
        field=name,
        row=1,
    )


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Rows with the line on which each begins, as quoted cells may span several lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begins = 1
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS:
                raise AreaRowRejected(TooManyColumns().zh, TooManyColumns().en, row=begins)
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise AreaRowRejected(
            "从这一行起表格读不下去，多半是引号没有配对或单元格过长。请核对这一行。",
            "The table cannot be read on from here: an unpaired quote or an overlong cell. "
            "Check this line.",
            row=begins,
        ) from error


def _row(
    cells: Sequence[str], columns: Mapping[str, list[int]], *, width: int, line: int, source: str
) -> AreaRow:
    if len(cells) != width:
        raise AreaRowRejected(
            f"这一行有 {len(cells)} 个单元格，表头有 {width} 个。请核对逗号和引号。",
            f"This row has {len(cells)} cells, the header {width}. Check commas and quotes.",
            row=line,
            source=source,
        )

    def cell(name: str) -> str:
        values = (plain(cells[i]) for i in columns[name])
        return next((value for value in values if value), "")

    reader = CellReader(line=line, source=source)
    return AreaRow(
        code=unpadded(cell("code")),
        name=cell("name"),
        parent=unpadded(cell("parent")) or None,
        kind=reader.kind(cell("kind")),
        community_type=cell("community_type"),
        lng=reader.number("lng", cell("lng")),
        lat=reader.number("lat", cell("lat")),
        valid_from=reader.day("valid_from", cell("valid_from")),
        valid_to=reader.day("valid_to", cell("valid_to")),
        line=line,
        source=source,
    )


@dataclass(frozen=True)
class CellReader:
    """Turns the text of cells into values; a fault names the line and the column."""

    line: int
    source: str

    def kind(self, text: str) -> AreaKind | None:
        """Read a kind by its code or its Chinese word; empty is None."""
        if not text:
            return None
        if text not in KIND_WORDS:
            known = "、".join(KIND_WORDS)
            raise self._fault("kind", text, f"级别只能是：{known}", f"a kind is one of {known}")
        return KIND_WORDS[text]

    def number(self, column: str, text: str) -> float | None:
        """Read a number; empty is None."""
        try:
            return float(text) if text else None
        except ValueError as error:
            raise self._fault(column, text, "这里要写数字", "a number belongs here") from error

    def day(self, column: str, text: str) -> date | None:
        """Read a day written 2026-01-31; empty is None."""
        try:
            return date.fromisoformat(text) if text else None
        except ValueError as error:
            raise self._fault(
                column, text, "日期写成 2026-01-31 的样子", "write the day like 2026-01-31"
            ) from error

    def _fault(self, column: str, text: str, zh: str, en: str) -> AreaRowRejected:
        return AreaRowRejected(
            f"列“{column}”的“{text[:80]}”读不懂：{zh}。",
            f"{text[:80]!r} in column {column} cannot be read: {en}.",
            field=column,
            row=self.line,
            source=self.source,
        )
