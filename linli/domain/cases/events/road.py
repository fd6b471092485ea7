"""Facts of the road of a case: opened, handed over, answered, closed, tied to others."""

from dataclasses import dataclass
from typing import ClassVar

from linli.domain.cases.events.base import CaseFact


@dataclass(frozen=True)
class CaseOpened(CaseFact):
    """A case began under a version of a standard."""

    name: ClassVar[str] = "case_opened"
    number: str
    standard: str
    matter: str
    area: str
    channel: str


@dataclass(frozen=True)
class CaseArchived(CaseFact):
    """A matter that had ended elsewhere was taken over; the moments are those of the past."""

    name: ClassVar[str] = "case_archived"
    source: str
    unit: str
    received: str
    answered: str
    closed: str
    outcome: str


@dataclass(frozen=True)
class CaseRevised(CaseFact):
    """A clerk corrected what the case is about or where it is."""

    name: ClassVar[str] = "case_revised"
    matter: str
    area: str
    urgency: str
    petition_type: str
    clock: str


@dataclass(frozen=True)
class CaseDispatched(CaseFact):
    """The case was handed to the unit that must handle it, and to those that help."""

    name: ClassVar[str] = "case_dispatched"
    lead: str
    co_units: list[str | int]
    reason: str


@dataclass(frozen=True)
class CaseContacted(CaseFact):
    """The handling unit first spoke to the resident."""

    name: ClassVar[str] = "case_contacted"
    unit: str


@dataclass(frozen=True)
class ItemCompleted(CaseFact):
    """A piece of work was done, with its outcome."""

    name: ClassVar[str] = "item_completed"
    item: int
    stage: str
    outcome: str
    unit: str


@dataclass(frozen=True)
class CaseReturned(CaseFact):
    """A unit sent the case back with a reason: it objects to the dispatch."""

    name: ClassVar[str] = "case_returned"
    unit: str
    reason: str


@dataclass(frozen=True)
class ObjectionRuled(CaseFact):
    """A supervisor ruled on an objection."""

    name: ClassVar[str] = "objection_ruled"
    outcome: str
    unit: str
    reason: str


@dataclass(frozen=True)
class RespondentNamed(CaseFact):
    """A unit was named as the one complained about; from now on it sees nothing of the case."""

    name: ClassVar[str] = "respondent_named"
    unit: str
    reason: str


@dataclass(frozen=True)
class RespondentCleared(CaseFact):
    """A unit named by mistake is no longer held to be complained about."""

    name: ClassVar[str] = "respondent_cleared"
    unit: str
    reason: str


@dataclass(frozen=True)
class CaseClassified(CaseFact):
    """A case was made more confidential, or less."""

    name: ClassVar[str] = "case_classified"
    level: str
    reason: str


@dataclass(frozen=True)
class FeedbackRecorded(CaseFact):
    """The resident said whether the matter is solved."""

    name: ClassVar[str] = "feedback_recorded"
    solved: str
    satisfied: str
    by: str


@dataclass(frozen=True)
class CaseReopened(CaseFact):
    """The case went back to its handler, because it was not solved."""

    name: ClassVar[str] = "case_reopened"
    round: int
    reason: str


@dataclass(frozen=True)
class CaseClosed(CaseFact):
    """The case ended."""

    name: ClassVar[str] = "case_closed"
    outcome: str
    route: str


@dataclass(frozen=True)
class PartReopened(CaseFact):
    """A part of the case, `part` with its number, was opened again, and the case with it."""

    name: ClassVar[str] = "part_reopened"
    part: str
    number: str


@dataclass(frozen=True)
class CaseMigrated(CaseFact):
    """The case goes on under another version of its standard.

    `stages` are the pairs of stages that it renamed, old before new.
    """

    name: ClassVar[str] = "case_migrated"
    before: str
    after: str
    left: str
    stage: str
    batch: str
    stages: list[str | int]


@dataclass(frozen=True)
class CaseLinked(CaseFact):
    """The case was tied to another."""

    name: ClassVar[str] = "case_linked"
    other_ref: str
    kind: str


@dataclass(frozen=True)
class NoteAdded(CaseFact):
    """Someone wrote a note."""

    name: ClassVar[str] = "note_added"
    is_public: bool


@dataclass(frozen=True)
class PartsJoined(CaseFact):
    """The parts of a stage are closed, so that it was left by the way its standard names."""

    name: ClassVar[str] = "parts_joined"
    stage: str
    outcome: str
