"""Facts about extracts."""

from dataclasses import dataclass
from typing import ClassVar

from linli.kernel.events import Event


@dataclass(frozen=True)
class ExtractMade(Event):
    """A table for analytics was made anew: how many rows it has, of which days."""

    name: ClassVar[str] = "extract_made"
    subject_type: ClassVar[str] = "extract"
    subject_field: ClassVar[str] = "table"
    table: str
    rows: int
    first: str
    last: str
