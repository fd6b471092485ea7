"""What happened to cases, as rows that event logs are written from. No person is in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class LogEvent:
    """One fact of a case.

    Parameters
    ----------
    seq : its position in the case, 1, 2, …; what happened in one moment is in this order.
    at : aware moment. activity : name of the fact. stage, round : where the case was.
    item : id of the work item. unit : its code. role : of whoever had the item; "" for none.
    """

    seq: int
    at: datetime
    activity: str
    stage: str
    round: int
    item: str = ""
    unit: str = ""
    role: str = ""


@dataclass(frozen=True)
class LogItem:
    """A work item of a case: `kind` main or side, of a stage and round, with a unit or a role."""

    id: str
    kind: str
    stage: str
    round: int
    unit: str = ""
    role: str = ""
    is_lead: bool = True


@dataclass(frozen=True)
class LogCase:
    """A case with its facts in order: a public id, its standard with version, its matter.

    `links` are pairs of what it is to another case of the log (part, duplicate, …) and its id.
    """

    id: str
    standard: str
    version: str
    matter: str
    events: Sequence[LogEvent]
    items: Sequence[LogItem] = ()
    links: Sequence[tuple[str, str]] = ()


def moment_text(at: datetime) -> str:
    """Write an aware moment as XES and OCEL want it. Raises ValueError for one without a zone."""
    if at.tzinfo is None:
        raise ValueError("a moment without its zone")
    return at.isoformat()
