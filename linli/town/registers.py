"""Records of the town's ledgers, from compact files: columns, rows, and rows for each community.

A file is `data/ledgers/<ledger>.yaml`. In a text, `@+30` is the day thirty days after the town was
settled, `point:…` where a named place lies, and, in rows for each community, `{community}` its
name, `{n}` its number and `{a|b|c}` what its turn is.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from linli.town.geography import Geography
from linli.town.text_data import Checked, data_names, read_data

Cell = str | int | float | bool | date | None
FOLDER = "ledgers"
MOVES = "moves"  # a column of its own: moves that are made once the record stands
_DAY = re.compile(r"@([+-]\d+)")
_TURNS = re.compile(r"\{([^{}]*\|[^{}]*)\}")
POINT = "point:"


class RegisterFile(Checked):
    """What a file of records holds; each row has as many cells as there are columns."""

    ledger: str
    unit: str = "street_office"  # keeps the records of a ledger that has no field for it
    columns: list[str]
    rows: list[list[Cell]] = []
    each_community: list[list[Cell]] = []
    reason: str = "已当面核对"


@dataclass(frozen=True)
class Entry:
    """A record as an office would write it: column → text; and the moves that it then made."""

    given: Mapping[str, str]
    moves: tuple[str, ...] = ()


def register_files() -> list[RegisterFile]:
    """Return the files of records, in the order of their names."""
    return [read_data(name, shape=RegisterFile) for name in data_names(FOLDER)]


def entries_of(file: RegisterFile, geography: Geography, *, today: date) -> list[Entry]:
    """Return the records of a file, for a town that is settled on a day.

    Raises ValueError for a row with more or fewer cells than there are columns, KeyError for a
    place that the town has not.
    """
    return [_entry(file, row, geography, today) for row in _rows(file, geography)]


def waves_of(entries: Sequence[Entry], *, title: str, own: Sequence[str]) -> Iterator[list[Entry]]:
    """Yield the records so that those come first that others of the same file name.

    Parameters
    ----------
    title : the column by which records are named. own : columns that name records of this ledger.

    Raises ValueError where some record names one that never comes.
    """
    laid: set[str] = set()
    waiting = list(entries)
    while waiting:
        ready = [entry for entry in waiting if _named(entry, own) <= laid]
        if not ready:
            raise ValueError(waiting[0].given[title])
        yield ready
        laid |= {entry.given[title] for entry in ready}
        waiting = [entry for entry in waiting if entry not in ready]


def table_of(entries: Sequence[Entry]) -> bytes:
    """Return records as a CSV file whose heads are the codes of fields."""
    heads = list(entries[0].given)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([entry.given[head] for head in heads] for entry in entries)
    return text.getvalue().encode("utf-8")


def _named(entry: Entry, own: Sequence[str]) -> set[str]:
    return {word for column in own for word in entry.given.get(column, "").split(";") if word}


def _rows(file: RegisterFile, geography: Geography) -> Iterator[list[str]]:
    for row in file.rows:
        yield [_plain(cell) for cell in row]
    for row in file.each_community:
        for number, area in enumerate(geography.communities, start=1):
            yield [_for_community(_plain(cell), area.name, number) for cell in row]


def _entry(file: RegisterFile, row: list[str], geography: Geography, today: date) -> Entry:
    cells = dict(zip(file.columns, row, strict=True))
    moves = tuple(cells.pop(MOVES, "").split())
    given = {column: _dated(_placed(cell, geography), today) for column, cell in cells.items()}
    return Entry(given, moves)


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _for_community(text: str, name: str, number: int) -> str:
    def turn(found: re.Match[str]) -> str:
        options = found[1].split("|")
        return options[(number - 1) % len(options)]

    return _TURNS.sub(turn, text).replace("{community}", name).replace("{n}", str(number))


def _placed(text: str, geography: Geography) -> str:
    if not text.startswith(POINT):
        return text
    spot = geography.spot_by_name[text.removeprefix(POINT)]
    return f"{spot.lng},{spot.lat}"


def _dated(text: str, today: date) -> str:
    return _DAY.sub(lambda found: (today + timedelta(days=int(found[1]))).isoformat(), text)
