"""Facts about requests of persons, holds and deletions; references and counts, never words."""

from dataclasses import dataclass
from typing import ClassVar

from linli.kernel.events import Event


@dataclass(frozen=True)
class PersonalRequestMade(Event):
    """Somebody asked about the data kept with a case; `by` is resident or staff."""

    name: ClassVar[str] = "personal_request_made"
    subject_type: ClassVar[str] = "case"
    subject_field: ClassVar[str] = "case_ref"
    case_ref: str
    request_ref: str
    kind: str
    by: str


@dataclass(frozen=True)
class PersonalRequestFulfilled(Event):
    """What was asked was done; of a deletion, which duties to keep stood against it meanwhile."""

    name: ClassVar[str] = "personal_request_fulfilled"
    subject_type: ClassVar[str] = "case"
    subject_field: ClassVar[str] = "case_ref"
    case_ref: str
    request_ref: str
    kind: str
    duties: list[str | int]


@dataclass(frozen=True)
class OwnDataFetched(Event):
    """Whoever holds the receipt code fetched a copy of what is kept of them."""

    name: ClassVar[str] = "own_data_fetched"
    subject_type: ClassVar[str] = "case"
    subject_field: ClassVar[str] = "case_ref"
    case_ref: str
    request_ref: str


@dataclass(frozen=True)
class HoldSet(Event):
    """Nothing of a case may be deleted from now on."""

    name: ClassVar[str] = "hold_set"
    subject_type: ClassVar[str] = "case"
    subject_field: ClassVar[str] = "case_ref"
    case_ref: str


@dataclass(frozen=True)
class HoldLifted(Event):
    """What is kept of a case may be deleted in its time again."""

    name: ClassVar[str] = "hold_lifted"
    subject_type: ClassVar[str] = "case"
    subject_field: ClassVar[str] = "case_ref"
    case_ref: str


@dataclass(frozen=True)
class WordsDeleted(Event):
    """The words of a case and what was answered were deleted; its bare record stays."""

    name: ClassVar[str] = "words_deleted"
    subject_type: ClassVar[str] = "case"
    subject_field: ClassVar[str] = "case_ref"
    case_ref: str
    reason: str


@dataclass(frozen=True)
class RecordsDeleted(Event):
    """A run deleted a batch of one kind: how many, with a digest over what they were."""

    name: ClassVar[str] = "records_deleted"
    subject_type: ClassVar[str] = "retention_run"
    subject_field: ClassVar[str] = "run"
    run: str
    keep: str
    count: int
    reason: str
    commitment: str
