"""A clerk who accepts whatever the reading is sure of, and leaves the rest to a person."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from linli.domain.access.selectors import Actor
from linli.domain.cases.selectors import Case
from linli.domain.cases.services import dispatch_by_list, merge_duplicate
from linli.domain.needs.selectors import Reading, duplicates_of

Done = Literal["dispatched", "joined", "person"]
Why = Literal["", "matter", "place", "duty"]
SURE_PLACES = ("stated", "point", "names")


@dataclass(frozen=True)
class Fate:
    """What became of one case at the desk.

    Parameters
    ----------
    why : what was not sure enough, where it waits for a person.
    case : as it stands now.
    unit : name of the lead unit; "" unless dispatched.
    probability : of the likeliest matter, in [0, 1]; None where nothing was read.
    source_id : the number that the message bears in its file.
    detail : what the reading says of itself, in Chinese.
    into : public id of the case that it was joined to; "" unless joined.
    """

    done: Done
    why: Why
    case: Case
    unit: str = ""
    probability: float | None = None
    source_id: str = ""
    detail: str = ""
    into: str = ""


@dataclass(frozen=True)
class DemoClerk:
    """Somebody at the desk.

    Parameters
    ----------
    joins_from : likeness in [0, 1] from which an earlier case is taken for the same thing.
    """

    actor: Actor
    at: datetime
    joins_from: float

    def decide(self, case: Case, reading: Reading | None) -> Fate:
        """Join, dispatch or leave one case beside its reading, each by its own command."""
        fate = self._decide(case, reading)
        if reading is None:
            return fate
        detail = " ".join(str(reason["zh"]) for reason in reading.reasons)
        return replace(
            fate,
            probability=probability_of(reading),
            source_id=reading.message.source_id,
            detail=detail,
        )

    def _decide(self, case: Case, reading: Reading | None) -> Fate:
        ref = case.public_id
        why = doubt_of(reading)
        if reading is None or why:
            return Fate("person", why, case)
        same = duplicates_of(self.actor, reading) if reading.duplicates else []
        if same and same[0].score >= self.joins_from:
            joined = merge_duplicate(
                ref, into=same[0].ref, actor=self.actor, at=self.at, key=f"demo join {ref}"
            )
            return Fate("joined", "", joined, into=same[0].ref)
        sent = dispatch_by_list(ref, actor=self.actor, at=self.at, key=f"demo send {ref}")
        if sent is None:
            return Fate("person", "duty", case)
        return Fate("dispatched", "", sent, sent.lead_unit.name if sent.lead_unit else "")


def probability_of(reading: Reading | None) -> float | None:
    """How sure the reading is of its likeliest matter; None where nothing was read."""
    return float(reading.matters[0]["probability"]) if reading and reading.matters else None


def doubt_of(reading: Reading | None) -> Why:
    """What a person must look at before the case may be dispatched; "" where all is sure."""
    if reading is None or reading.abstained:
        return "matter"
    is_placed = reading.area_origin in SURE_PLACES and not reading.area_others
    return "" if is_placed else "place"
