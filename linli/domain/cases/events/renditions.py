"""Facts about what units complained about were told."""

from dataclasses import dataclass
from typing import ClassVar

from linli.domain.cases.events.base import CaseFact
from linli.kernel.events import Event


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
