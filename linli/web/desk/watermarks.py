"""What a printed page with somebody's words or data carries: who had it, when, and its mark.

Serves: X02 X10.
"""

from dataclasses import dataclass
from datetime import datetime

from linli.domain.access.selectors import Actor
from linli.kernel.marks import mark_of


@dataclass(frozen=True)
class Watermark:
    """Who, when, and the mark by which an auditor finds the look in the journal."""

    who: str
    at: datetime
    mark: str


def watermark(row: int, *, actor: Actor, at: datetime) -> Watermark:
    """Return the watermark of a page whose look is a row of the journal."""
    return Watermark(actor.name, at, mark_of(row))
