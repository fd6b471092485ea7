"""Facts about counselling records: that something was written, seen, ended; never what it says."""

from dataclasses import dataclass
from typing import ClassVar

from linli.kernel.events import Event


@dataclass(frozen=True)
class CareWritten(Event):
    """A record was written: its number within the case and its kind."""

    name: ClassVar[str] = "care_written"
    subject_type: ClassVar[str] = "case"
    subject_field: ClassVar[str] = "case_ref"
    case_ref: str
    number: int
    kind: str


@dataclass(frozen=True)
class CareViewed(Event):
    """Records were opened: which, for which reason of the list, from which post."""

    name: ClassVar[str] = "care_viewed"
    subject_type: ClassVar[str] = "case"
    subject_field: ClassVar[str] = "case_ref"
    case_ref: str
    numbers: list[str | int]
    reason: str
    role: str
    office: str


@dataclass(frozen=True)
class CareConsentWithdrawn(Event):
    """The person took the consent back; no session is written down from now on."""

    name: ClassVar[str] = "care_consent_withdrawn"
    subject_type: ClassVar[str] = "case"
    subject_field: ClassVar[str] = "case_ref"
    case_ref: str
    number: int


@dataclass(frozen=True)
class CareErased(Event):
    """What a record said is gone with its key: expired, replaced, or its time is over."""

    name: ClassVar[str] = "care_erased"
    subject_type: ClassVar[str] = "case"
    subject_field: ClassVar[str] = "case_ref"
    case_ref: str
    number: int
    reason: str
