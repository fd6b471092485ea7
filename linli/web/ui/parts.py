"""What components take: small values that a view builds and a template shows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Fact:
    """A line of a summary list; an empty value reads 未提供."""

    label: str
    value: object
    change_url: str = ""
    change_label: str = ""


@dataclass(frozen=True)
class Happening:
    """An entry of a timeline; `kind` is "" or "problem"."""

    title: str
    at: datetime
    by: str = ""
    text: str = ""
    kind: str = ""


@dataclass(frozen=True)
class FilterTag:
    """A filter in force; `url` is the page without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Column:
    """A column of a table; the unit of figures stands in the label."""

    label: str
    is_number: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table; with a `url` the whole row is one link."""

    cells: Sequence[object]
    url: str = ""


@dataclass(frozen=True)
class BarRow:
    """A bar: `value` as it reads, `share` in per cent of the longest bar, 0–100."""

    label: str
    value: object
    share: float
    note: str = ""
    url: str = ""
    kind: str = ""

    @property
    def width(self) -> str:
        """The bar's width as SVG wants it: a plain figure, whatever the language."""
        return f"{min(max(self.share, 0.0), 100.0):.1f}"


@dataclass(frozen=True)
class Suggestion:
    """One answer of the machine: its words, what is submitted, a share of one, and why."""

    label: str
    value: str
    share: float
    reasons: Sequence[str] = field(default_factory=tuple)
    key: str = ""


@dataclass(frozen=True)
class MapClass:
    """A class of a map's legend: 1 (least) to 5, 0 where there is no figure."""

    number: int
    label: str
