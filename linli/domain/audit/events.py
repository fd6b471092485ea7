"""Facts about looking."""

from dataclasses import dataclass, field
from typing import ClassVar

from linli.kernel.events import Event


@dataclass(frozen=True)
class PersonalDataViewed(Event):
    """Someone looked at a case or at personal data; written in the transaction of the look.

    `role` and `office` (code of the unit) say in what post; `also` are other cases of which the
    page showed a title; `opening` is the special access under which it was, "" for none.
    """

    name: ClassVar[str] = "personal_data_viewed"
    subject_type: ClassVar[str] = "case"
    subject_field: ClassVar[str] = "case_ref"
    case_ref: str
    fields: list[str | int]
    purpose: str
    role: str = ""
    office: str = ""
    also: list[str | int] = field(default_factory=list)
    opening: str = ""


@dataclass(frozen=True)
class CasesListed(Event):
    """Someone saw a list of cases with their titles; `door` is the page or the API."""

    name: ClassVar[str] = "cases_listed"
    subject_type: ClassVar[str] = "list"
    subject_field: ClassVar[str] = "list_ref"
    list_ref: str
    refs: list[str | int]
    door: str
    role: str = ""
    office: str = ""


@dataclass(frozen=True)
class RowsExported(Event):
    """A list left the system; how many rows, by which filter."""

    name: ClassVar[str] = "rows_exported"
    subject_type: ClassVar[str] = "export"
    subject_field: ClassVar[str] = "export_ref"
    export_ref: str
    rows: int
    query: str


@dataclass(frozen=True)
class JobRetried(Event):
    """A person let a job that was given up begin anew."""

    name: ClassVar[str] = "job_retried"
    subject_type: ClassVar[str] = "job"
    subject_field: ClassVar[str] = "job"
    job: int


@dataclass(frozen=True)
class JobSettled(Event):
    """A person put a job that was given up away, because what it was for is done or void."""

    name: ClassVar[str] = "job_settled"
    subject_type: ClassVar[str] = "job"
    subject_field: ClassVar[str] = "job"
    job: int
    reason: str
