"""Facts about cases, in the past tense. The journal and `CaseEvent` carry the same ones."""

from dataclasses import dataclass
from typing import ClassVar

from linli.kernel.events import Event


@dataclass(frozen=True)
class CaseFact(Event):
    """A fact about one case; `case_ref` is its public id."""

    subject_type: ClassVar[str] = "case"
    subject_field: ClassVar[str] = "case_ref"
    case_ref: str


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
class ClockPaused(CaseFact):
    """The case's clock was stopped for a listed reason."""

    name: ClassVar[str] = "clock_paused"
    reason: str


@dataclass(frozen=True)
class ClockResumed(CaseFact):
    """The case's clock runs again; the due time has moved."""

    name: ClassVar[str] = "clock_resumed"
    due: str


@dataclass(frozen=True)
class ClockRecomputed(CaseFact):
    """A changed calendar moved a due time."""

    name: ClassVar[str] = "clock_recomputed"
    before: str
    after: str


@dataclass(frozen=True)
class ExtensionRequested(CaseFact):
    """A unit asked for more time before its limit ran out."""

    name: ClassVar[str] = "extension_requested"
    extra: int
    unit: str
    reason: str


@dataclass(frozen=True)
class ExtensionDecided(CaseFact):
    """The approver granted or refused more time."""

    name: ClassVar[str] = "extension_decided"
    granted: bool
    extra: int
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
class CaseUrged(CaseFact):
    """Someone, or a timer, urged the unit that has the case."""

    name: ClassVar[str] = "case_urged"
    unit: str
    reason: str


@dataclass(frozen=True)
class TimerFired(CaseFact):
    """A share of a limit has passed, or a lead of one; then `share` is 0."""

    name: ClassVar[str] = "timer_fired"
    do: str
    share: float
    stage: str


@dataclass(frozen=True)
class PartReopened(CaseFact):
    """A part of the case, `part` with its number, was opened again, and the case with it."""

    name: ClassVar[str] = "part_reopened"
    part: str
    number: str


@dataclass(frozen=True)
class SupervisionLifted(CaseFact):
    """A supervisor ended the supervision that a timer had opened; `unit` has the case."""

    name: ClassVar[str] = "supervision_lifted"
    unit: str
    reason: str


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
class ExclusionProposed(CaseFact):
    """Someone proposed to leave the case out of the rates, for a listed reason."""

    name: ClassVar[str] = "exclusion_proposed"
    reason: str


@dataclass(frozen=True)
class ExclusionDecided(CaseFact):
    """A second person decided on the exclusion."""

    name: ClassVar[str] = "exclusion_decided"
    granted: bool
    reason: str


@dataclass(frozen=True)
class RenditionFact(CaseFact):
    """A fact about a rendition; `rendition` is its public id, `unit` whom it is for.

    No fact holds a word of the original, of the rendition or of the reply.
    """

    rendition: str
    unit: str


@dataclass(frozen=True)
class RenditionWritten(RenditionFact):
    """A clerk wrote for a unit what is complained about; `findings` are codes of the check."""

    name: ClassVar[str] = "rendition_written"
    findings: list[str | int]


@dataclass(frozen=True)
class RenditionApproved(RenditionFact):
    """A second person found that it gives nobody away."""

    name: ClassVar[str] = "rendition_approved"
    findings: list[str | int]


@dataclass(frozen=True)
class RenditionSent(RenditionFact):
    """The unit complained about can read it from now on, and must answer until `due`."""

    name: ClassVar[str] = "rendition_sent"
    due: str


@dataclass(frozen=True)
class RenditionAnswered(RenditionFact):
    """The unit complained about said what it has to say."""

    name: ClassVar[str] = "rendition_answered"


@dataclass(frozen=True)
class RenditionWithdrawn(RenditionFact):
    """It need not be answered any more, and its text is shut again."""

    name: ClassVar[str] = "rendition_withdrawn"
    why: str


@dataclass(frozen=True)
class RenditionCarried(RenditionFact):
    """It goes on with this case, into which its own, `other_ref`, was merged."""

    name: ClassVar[str] = "rendition_carried"
    other_ref: str


@dataclass(frozen=True)
class RenditionRead(Event):
    """Somebody of the unit complained about read what it was asked; not a fact about the case."""

    subject_type: ClassVar[str] = "rendition"
    subject_field: ClassVar[str] = "rendition_ref"
    name: ClassVar[str] = "rendition_read"
    rendition_ref: str
    state: str
