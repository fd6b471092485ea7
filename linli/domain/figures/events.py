"""Facts about figures that are made public."""

from dataclasses import dataclass
from typing import ClassVar

from linli.kernel.events import Event


@dataclass(frozen=True)
class FiguresPrepared(Event):
    """Figures of a period were reckoned and audited; nobody outside sees them yet."""

    name: ClassVar[str] = "figures_prepared"
    subject_type: ClassVar[str] = "release"
    subject_field: ClassVar[str] = "release"
    release: str
    period: str
    cells: int
    withheld: int
    sha256: str


@dataclass(frozen=True)
class FiguresPublished(Event):
    """Figures of a period were made public, as they stay."""

    name: ClassVar[str] = "figures_published"
    subject_type: ClassVar[str] = "release"
    subject_field: ClassVar[str] = "release"
    release: str
    number: int
    period: str
    sha256: str
