"""Tables of the cockpit: places, matters and units, each figure with the list behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from linli.domain.cases.selectors import Board, Figures
from linli.web.cockpit.counting import list_url
from linli.web.cockpit.look import Look
from linli.web.cockpit.words import matter_name

COLUMNS = ("received", "open", "overdue")


@dataclass(frozen=True)
class Cell:
    """A figure and the address of the cases it counts; no cases, no address."""

    value: int
    url: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Line:
    """A row: `bar` and `part` are widths in per cent of the longest bar, `part` lying in it."""

    label: str
    cells: Sequence[Cell]
    url: str = ""
    bar: str = "0.0"
    part: str = "0.0"


@dataclass(frozen=True)
class Table:
    """Rows and their sum."""

    lines: Sequence[Line]
    total: Sequence[Cell]


@dataclass(frozen=True)
class Entry:
    """A branch as a row: its words, where it opens, and what narrows the lists behind it."""

    figures: Figures
    label: str
    url: str = ""
    narrowed: Mapping[str, str] | None = None


def area_table(look: Look, board: Board) -> Table:
    """Places one level down, each opening into its own look."""
    here = look.area.code if look.area else ""
    entries = [
        Entry(
            branch.figures,
            branch.name,
            "" if branch.code == here else look.url(area=branch.code),
            {"area": branch.code},
        )
        for branch in board.areas
    ]
    return _table(look, board.total, entries, rest=_("未落到以上区域"))


def matter_table(look: Look, board: Board) -> Table:
    """Classes of matters, or the topics of one; the busiest first."""
    entries = [
        Entry(
            branch.figures,
            matter_name(branch.name, branch.name_en),
            look.url(matter=branch.code),
            {"matter": branch.code},
        )
        for branch in board.matters
    ]
    rest = _("本事项，未再细分") if look.matter else _("其他")
    return _table(look, board.total, entries, rest=rest)


def unit_table(look: Look, board: Board) -> Table:
    """Leading units, the busiest first; cases that nobody leads yet are a row too."""
    entries = [
        Entry(branch.figures, branch.name, narrowed={"unit": branch.code})
        if branch.code
        else Entry(branch.figures, _("尚未派单"))
        for branch in board.units
    ]
    return _table(look, board.total, entries, rest=_("其他"))


def _table(look: Look, total: Figures, entries: list[Entry], *, rest: str) -> Table:
    """Put rows together; what no row holds is a row of its own, so that all add up."""
    left = total.less(entry.figures for entry in entries)
    if not left.is_nothing:
        entries = [*entries, Entry(left, rest)]
    longest = max((getattr(entry.figures, look.measure) for entry in entries), default=0)
    return Table([_line(look, entry, longest) for entry in entries], _cells(look, total, {}))


def _line(look: Look, entry: Entry, longest: int) -> Line:
    value = getattr(entry.figures, look.measure)
    part = entry.figures.overdue if look.measure == "open" else 0
    return Line(
        label=entry.label,
        cells=_cells(look, entry.figures, entry.narrowed),
        url=entry.url,
        bar=_width(value, longest),
        part=_width(part, longest),
    )


def _cells(look: Look, figures: Figures, narrowed: Mapping[str, str] | None) -> list[Cell]:
    cells = []
    for name in COLUMNS:
        value = getattr(figures, name)
        url = list_url(look, name, **narrowed) if value and narrowed is not None else ""
        cells.append(Cell(value, url, "problem" if name == "overdue" and value else ""))
    return cells


def _width(value: int, longest: int) -> str:
    return f"{100 * value / longest if longest else 0:.1f}"
