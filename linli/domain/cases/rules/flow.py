"""How a case moves: which stage follows an outcome, when a join is met, when a round begins.

Serves: R020 R106.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from linli.domain.catalogue.rules.deciding import Fact
from linli.domain.catalogue.rules.stage import CLOSED, OutcomeDef, StageDef
from linli.domain.catalogue.rules.standard import StandardDef

NOTHING: Mapping[str, Fact] = {}
# Ways that a command of their own carries out, because they take more than the stage's form.
OF_UNITS = frozenset({"return"})
OF_ROLES = frozenset(
    {
        "dispatch",
        "answer",
        "route",
        "merge",
        "fulfil",
        "solved",
        "partly",
        "unsolved",
        "unreachable",
    }
)


@dataclass(frozen=True)
class ItemView:
    """A main item of the current stage and round, as the rules see it."""

    id: int
    unit_id: int | None
    is_lead: bool
    is_open: bool


@dataclass(frozen=True)
class Move:
    """Where the case goes.

    Parameters
    ----------
    to : key of the next stage, or `closed`.
    is_back : whether work is entered again rather than moved on.
    cancels : ids of items that are no longer needed.
    """

    to: str
    is_back: bool
    cancels: tuple[int, ...]

    @property
    def closes(self) -> bool:
        """Whether the case ends here."""
        return self.to == CLOSED


def move_after(
    stage: StageDef,
    items: Sequence[ItemView],
    *,
    done: int,
    outcome: str,
    facts: Mapping[str, Fact] = NOTHING,
) -> Move | None:
    """Decide what completing an item means for the case.

    Parameters
    ----------
    stage : the stage that the case is in.
    items : its main items of this round, the completed one still open.
    done : id of the item that is being completed.
    outcome : code of an outcome or way back of the stage.
    facts : what is known of the case, by name, for the way's rule table.

    Returns
    -------
    The move, or None where the join still waits for others. Raises KeyError for an outcome
    that the stage does not have.
    """
    way = stage.way(outcome)
    if way is None:
        raise KeyError(outcome)
    others = tuple(item.id for item in items if item.is_open and item.id != done)
    mine = next(item for item in items if item.id == done)
    if stage.is_back(outcome):
        return Move(way.target(facts), True, others) if _speaks_for_case(stage, mine) else None
    if stage.join == "all" and others:
        return None
    if stage.join == "lead" and not mine.is_lead:
        return None
    return Move(way.target(facts), False, others)


def plain_ways(standard: StandardDef, stage: StageDef) -> list[OutcomeDef]:
    """Return the ways out of a stage, and back, that take its form and nothing more.

    Rulings on an objection are a command of their own, whatever their ways are called.
    """
    if stage.each != "units" and stage.key == standard.leads_to("return"):
        return []
    others = OF_UNITS if stage.each == "units" else OF_ROLES
    return [way for way in stage.ways if way.code not in others]


def join_is_met(join: str, ends: Sequence[datetime | None], *, since: datetime) -> bool:
    """Whether the parts that a stage waits for are closed: all, or any; without parts never.

    Parameters
    ----------
    ends : when each part of the case was closed; None for one that is open.
    since : when the stage began. Parts that were over before it do not carry it on by
        themselves: they belong to a stage before, and whoever has this one may not have begun.
    """
    is_news = any(end is not None and end > since for end in ends)
    return is_news and (join == "any" or all(end is not None for end in ends))


def _speaks_for_case(stage: StageDef, item: ItemView) -> bool:
    """In joint work only the lead may send the whole case back; a co-unit leaves alone."""
    return item.is_lead or stage.join == "any"


def next_round(current: int, move: Move, *, visited: frozenset[str]) -> int:
    """Return the round after a move: a way back to a stage visited before begins a new one."""
    return current + 1 if move.is_back and move.to in visited else current
