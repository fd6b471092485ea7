"""Facts about records, in the past tense. Fields are named, never their values."""

from dataclasses import dataclass
from typing import ClassVar

from linli.kernel.events import Event


@dataclass(frozen=True)
class RecordFact(Event):
    """A fact about one record; `record_ref` is its public id."""

    subject_type: ClassVar[str] = "record"
    subject_field: ClassVar[str] = "record_ref"
    record_ref: str
    ledger: str


@dataclass(frozen=True)
class RecordAdded(RecordFact):
    """A record was entered, under a version of its ledger."""

    name: ClassVar[str] = "record_added"
    version: str
    number: str


@dataclass(frozen=True)
class RecordChanged(RecordFact):
    """Some fields of a record were changed."""

    name: ClassVar[str] = "record_changed"
    version: str
    fields: list[str]


@dataclass(frozen=True)
class RecordMoved(RecordFact):
    """A record went from one state to another."""

    name: ClassVar[str] = "record_moved"
    move: str
    before: str
    after: str


@dataclass(frozen=True)
class MoveProposed(RecordFact):
    """A move was proposed that a second person decides on."""

    name: ClassVar[str] = "record_move_proposed"
    move: str


@dataclass(frozen=True)
class MoveRefused(RecordFact):
    """The second person refused a move."""

    name: ClassVar[str] = "record_move_refused"
    move: str


@dataclass(frozen=True)
class RecordReviewed(RecordFact):
    """Somebody looked through a record and found that it holds; when it is due again."""

    name: ClassVar[str] = "record_reviewed"
    due_on: str


@dataclass(frozen=True)
class ReviewReminded(RecordFact):
    """The unit that keeps a record was reminded that it is due for review."""

    name: ClassVar[str] = "record_review_reminded"
    due_on: str
    days_before: int


@dataclass(frozen=True)
class RecordRetired(RecordFact):
    """A record went out of use; it is kept for reading."""

    name: ClassVar[str] = "record_retired"


@dataclass(frozen=True)
class RecordViewed(RecordFact):
    """Somebody looked at a record that is confidential or tells of a person; in what post."""

    name: ClassVar[str] = "record_viewed"
    role: str
    office: str
