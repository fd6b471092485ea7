"""Facts beside the road: clocks, more time, deferral, supervision, exclusion."""

from dataclasses import dataclass
from typing import ClassVar

from linli.domain.cases.events.base import CaseFact


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
class SupervisionLifted(CaseFact):
    """A supervisor ended the supervision that a timer had opened; `unit` has the case."""

    name: ClassVar[str] = "supervision_lifted"
    unit: str
    reason: str


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
class DeferralRequested(CaseFact):
    """A unit asked to put off what is blocked for now, for a listed reason."""

    name: ClassVar[str] = "deferral_requested"
    why: str
    unit: str
    reason: str


@dataclass(frozen=True)
class DeferralDecided(CaseFact):
    """The approver let the case be put off until `recheck`, or did not."""

    name: ClassVar[str] = "deferral_decided"
    granted: bool
    recheck: str
    reason: str


@dataclass(frozen=True)
class DeferralRechecked(CaseFact):
    """What was put off was checked again: kept so until `recheck`, or taken up (then empty)."""

    name: ClassVar[str] = "deferral_rechecked"
    recheck: str
    reason: str


@dataclass(frozen=True)
class SupervisionRaised(CaseFact):
    """A supervisor put the case under supervision, or raised it to a higher rung."""

    name: ClassVar[str] = "supervision_raised"
    level: str
    unit: str
    reason: str
