"""Facts about areas that others may react to."""

from dataclasses import dataclass
from typing import ClassVar

from linli.kernel.events import Event


@dataclass(frozen=True)
class AreasImported(Event):
    """A file of codes, polygons or landmarks has gone in whole."""

    name: ClassVar[str] = "areas_imported"
    subject_type: ClassVar[str] = "area_import"
    subject_field: ClassVar[str] = "area_import"

    area_import: int
    content: str
    source: str
    rows: int
    created: int
    changed: int
    findings: int
