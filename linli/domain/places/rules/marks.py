"""Reading a table of landmarks: names people use for spots."""

import csv
import io
from dataclasses import dataclass

from linli.domain.places.errors import AreaRowRejected
from linli.domain.places.rules.rows import CellReader, decode_text, plain, too_many_rows
from linli.kernel.bounds import MOST_AREA_TABLE, MOST_AREAS, MOST_COLUMNS, MOST_FAULTS
from linli.kernel.delimited import TooManyColumns

COLUMNS = {
    "name": ("name", "名称", "地名"),
    "area": ("area", "area_code", "区域代码", "网格编码"),
    "kind": ("kind", "类型"),
    "lng": ("lng", "lon", "经度"),
    "lat": ("lat", "纬度"),
}


@dataclass(frozen=True, slots=True)
class LandmarkRow:
    """A landmark as a file states it.

    Parameters
    ----------
    name : what people call it.
    area : code of the area it lies in, "" to take the deepest area that holds its point.
    kind : a local word, or "".
    lng, lat : degrees, both or neither.
    line : line in the file, counted from 1; 0 where there is no file.
    """

    name: str
    area: str = ""
    kind: str = ""
    lng: float | None = None
    lat: float | None = None
    line: int = 0


def read_landmarks(data: bytes) -> tuple[list[LandmarkRow], list[AreaRowRejected]]:
    """Read a CSV file of landmarks; the second list holds what could not be read, by line.

    Raises AreaRowRejected where the file as a whole is unreadable.
    """
    text = decode_text(data, most=MOST_AREA_TABLE)
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        return _read(reader)
    except csv.Error as error:
        raise AreaRowRejected(
            "从这一行起表格读不下去，多半是引号没有配对或单元格过长。请核对这一行。",
            "The table cannot be read on from here: an unpaired quote or an overlong cell. "
            "Check this line.",
            row=reader.line_num,
        ) from error


def _read(reader: "csv.DictReader[str]") -> tuple[list[LandmarkRow], list[AreaRowRejected]]:
    header = [plain(cell) for cell in reader.fieldnames or []]
    reader.fieldnames = header
    if len(header) > MOST_COLUMNS:
        raise AreaRowRejected(TooManyColumns().zh, TooManyColumns().en, row=1)
    if not set(header) & set(COLUMNS["name"]):
        raise AreaRowRejected(
            "缺少列“name”（名称）。请补上这一列。",
            "The column name is missing. Add it.",
            field="name",
            row=1,
        )
    rows: list[LandmarkRow] = []
    faults: list[AreaRowRejected] = []
    for cells in reader:
        if len(rows) >= MOST_AREAS:
            raise too_many_rows(reader.line_num)
        if len(faults) >= MOST_FAULTS:
            break
        try:
            rows.append(_row(cells, reader.line_num))
        except AreaRowRejected as fault:
            faults.append(fault)
    return rows, faults


def _row(cells: dict[str, str], line: int) -> LandmarkRow:
    def cell(name: str) -> str:
        return next((plain(cells[key] or "") for key in COLUMNS[name] if key in cells), "")

    reader = CellReader(line=line, source="")
    row = LandmarkRow(
        name=cell("name"),
        area=cell("area"),
        kind=cell("kind"),
        lng=reader.number("lng", cell("lng")),
        lat=reader.number("lat", cell("lat")),
        line=line,
    )
    if not row.name:
        raise AreaRowRejected(
            "名称是空的。请补上名称。", "The name is empty. Fill it in.", field="name", row=line
        )
    return row
