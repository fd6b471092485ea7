"""Facts about looking."""

from dataclasses import dataclass
from typing import ClassVar

from linli.kernel.events import Event


@dataclass(frozen=True)
class PersonalDataViewed(Event):
    """Someone looked at personal data; written in the transaction of the look."""

    name: ClassVar[str] = "personal_data_viewed"
    subject_type: ClassVar[str] = "case"
    subject_field: ClassVar[str] = "case_ref"
    case_ref: str
    fields: list[str | int]
    purpose: str


@dataclass(frozen=True)
class RowsExported(Event):
    """A list left the system; how many rows, by which filter."""

    name: ClassVar[str] = "rows_exported"
    subject_type: ClassVar[str] = "export"
    subject_field: ClassVar[str] = "export_ref"
    export_ref: str
    rows: int
    query: str
