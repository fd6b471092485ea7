"""What is true about a set of demands, for whoever checks what the platform found out."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict

from linli.town.demands import Demand, DemandSet
from linli.town.planted import read_planted, weekly_counts
from linli.town.rhythm import ZONE


class MessageTruth(TypedDict, total=False):
    """True matter and place of one message; `issue` only where it belongs to one."""

    matter: str
    grid: str
    place: str
    petition_type: str
    issue: str


class IssueTruth(TypedDict):
    """One planted issue and the messages that report it."""

    key: str
    title: str
    matter: str
    place: str
    names: list[str]
    grid: str
    shape: str
    messages: list[str]


class DuplicateTruth(TypedDict):
    """A message that repeats an earlier one, and whether the same person sent both."""

    duplicate: str
    original: str
    same_person: bool


class RisingTruth(TypedDict):
    """The issue that grows until the end: reports by the Monday of each local week."""

    issue: str
    weeks: list[tuple[str, int]]


class SlowTruth(TypedDict):
    """The unit that takes `factor` times as long as the others."""

    unit: str
    factor: float


class BouncingTruth(TypedDict):
    """A matter that goes to the wrong unit first in `share` of its cases."""

    matter: str
    wrong_first: str
    right: str
    share: float


class Truth(TypedDict):
    """The whole truth of one town."""

    seed: int
    first_day: str
    last_day: str
    size: int
    issues: list[IssueTruth]
    duplicates: list[DuplicateTruth]
    rising: RisingTruth | None
    slow_unit: SlowTruth
    bouncing: BouncingTruth
    messages: dict[str, MessageTruth]


def truth_of(made: DemandSet) -> Truth:
    """Return the truth about the demands."""
    planted = read_planted()
    return Truth(
        seed=made.seed,
        first_day=made.span.first.isoformat(),
        last_day=made.span.last.isoformat(),
        size=len(made.demands),
        issues=_issues(made),
        duplicates=[
            DuplicateTruth(duplicate=d.id, original=d.duplicate_of, same_person=d.same_person)
            for d in made.demands
            if d.duplicate_of
        ],
        rising=_rising(made, planted.rising),
        slow_unit=SlowTruth(unit=planted.slow_unit.unit, factor=planted.slow_unit.factor),
        bouncing=BouncingTruth(
            matter=planted.bouncing.matter,
            wrong_first=planted.bouncing.wrong_first,
            right=planted.bouncing.right,
            share=planted.bouncing.share,
        ),
        messages={demand.id: _message(demand) for demand in made.demands},
    )


def write_truth(truth: Mapping[str, object], *, path: Path) -> None:
    """Write a truth as JSON, one issue, pair or message a line, to be compared by eye."""
    parts = [f"{_json(key)}: {_spread(value)}" for key, value in truth.items()]
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _spread(value: object) -> str:
    """Write what a list or a mapping holds line by line, anything else on one line."""
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(_json(item) for item in value) + "\n]"
    if isinstance(value, dict) and value:
        lines = (f"{_json(key)}: {_json(item)}" for key, item in value.items())
        return "{\n" + ",\n".join(lines) + "\n}"
    return _json(value)


def _message(demand: Demand) -> MessageTruth:
    known = MessageTruth(
        matter=demand.matter,
        grid=demand.grid_code,
        place=demand.place,
        petition_type=demand.petition_type,
    )
    if demand.issue:
        known["issue"] = demand.issue
    return known


def _issues(made: DemandSet) -> list[IssueTruth]:
    members: dict[str, list[Demand]] = {issue.key: [] for issue in made.issues}
    for demand in made.demands:
        if demand.issue:
            members[demand.issue].append(demand)
    return [
        IssueTruth(
            key=issue.key,
            title=issue.title,
            matter=issue.matter,
            place=issue.place,
            names=list(issue.names),
            grid=members[issue.key][0].grid_code,
            shape=issue.shape,
            messages=[demand.id for demand in members[issue.key]],
        )
        for issue in made.issues
    ]


def _rising(made: DemandSet, key: str) -> RisingTruth | None:
    days = tuple(
        demand.received_at.astimezone(ZONE).date() for demand in made.demands if demand.issue == key
    )
    if not days:
        return None
    return RisingTruth(
        issue=key, weeks=[(week.isoformat(), count) for week, count in weekly_counts(days)]
    )
