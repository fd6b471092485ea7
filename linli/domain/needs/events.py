"""Facts about messages and what was made of them; ids and codes only, never the words."""

from dataclasses import dataclass
from typing import ClassVar

from linli.kernel.events import Event


@dataclass(frozen=True)
class MessageReceived(Event):
    """A message came in, was read, and a case was opened for it."""

    name: ClassVar[str] = "message_received"
    subject_type: ClassVar[str] = "case"
    subject_field: ClassVar[str] = "case_ref"
    case_ref: str
    message_ref: str
    channel: str
    source: str
    model: str
    suggested: str
    abstained: bool


@dataclass(frozen=True)
class ReadingDecided(Event):
    """A person accepted or corrected what the machine had suggested."""

    name: ClassVar[str] = "reading_decided"
    subject_type: ClassVar[str] = "case"
    subject_field: ClassVar[str] = "case_ref"
    case_ref: str
    suggested_matter: str
    matter: str
    suggested_area: str
    area: str
    suggested_urgency: str
    urgency: str


@dataclass(frozen=True)
class ReaderTrained(Event):
    """A new reader was learnt from the examples of the packs in force."""

    name: ClassVar[str] = "reader_trained"
    subject_type: ClassVar[str] = "reading_model"
    subject_field: ClassVar[str] = "sha256"
    sha256: str
    examples: int
    matters: int
