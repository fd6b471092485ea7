"""What the desk did with a sample, compared with what is true about it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from linli.config.demo.clerk import Fate
from linli.config.demo.summary import Pair, Table
from linli.methods.text import class_of

SUFFIX = ".truth.json"


@dataclass(frozen=True)
class Truth:
    """What is true about the messages of a file, by their numbers in the source.

    Parameters
    ----------
    matters, grids : number → code.
    same : number → name of the group of messages about one and the same thing.
    """

    matters: Mapping[str, str]
    grids: Mapping[str, str]
    same: Mapping[str, str]


def truth_beside(file: Path) -> Truth | None:
    """Read what is written beside a sample; None beside any other file."""
    path = file.with_name(file.name.partition(".")[0] + SUFFIX)
    if not path.is_file():
        return None
    told = json.loads(path.read_text(encoding="utf-8"))
    origin = {pair["duplicate"]: pair["original"] for pair in told["duplicates"]}
    messages = told["messages"]
    return Truth(
        {number: one["matter"] for number, one in messages.items()},
        {number: one["grid"] for number, one in messages.items()},
        {number: _group(number, one.get("issue", ""), origin) for number, one in messages.items()},
    )


def checked(fates: Sequence[Fate], truth: Truth) -> Table:
    """Count what was read and joined rightly.

    Of the matter, the class alone may be right; of the place, a wider area than the grid.
    """
    known = [fate for fate in fates if fate.source_id in truth.matters]
    acted = [fate for fate in known if fate.done != "person"]
    left = [fate for fate in known if fate.done == "person"]
    rows: list[tuple[Pair, Sequence[int]]] = [
        (("事项：直接办理的", "matter: acted on"), _matters(acted, truth)),
        (("事项：交人的首选", "matter: first guess left to a person"), _matters(left, truth)),
        (("地点：直接办理的", "place: acted on"), _places(acted, truth)),
        (("地点：交人的", "place: left to a person"), _places(left, truth)),
        (("并入：确是同一件事", "joined: the same thing indeed"), _joins(known, truth)),
    ]
    heads = [
        ("与标准答案比", "against the truth"),
        ("件", "cases"),
        ("对", "right"),
        ("粗了", "coarse"),
        ("错", "wrong"),
    ]
    return Table(
        (
            "读得准不准（粗了：大类对，或区域比网格大）",
            "How right it was (coarse: class or wider area)",
        ),
        heads,
        rows,
    )


def _matters(fates: Sequence[Fate], truth: Truth) -> list[int]:
    pairs = [(fate.case.matter.code, truth.matters[fate.source_id]) for fate in fates]
    right = sum(read == true for read, true in pairs)
    coarse = sum(read != true and class_of(read) == class_of(true) for read, true in pairs)
    return [len(pairs), right, coarse, len(pairs) - right - coarse]


def _places(fates: Sequence[Fate], truth: Truth) -> list[int]:
    pairs = [(fate.case.area.code, truth.grids[fate.source_id]) for fate in fates]
    right = sum(read == true for read, true in pairs)
    coarse = sum(read != true and true.startswith(read) for read, true in pairs)
    return [len(pairs), right, coarse, len(pairs) - right - coarse]


def _joins(fates: Sequence[Fate], truth: Truth) -> list[int]:
    numbers = {fate.case.public_id: fate.source_id for fate in fates}
    joined = [(fate.source_id, numbers.get(fate.into, "")) for fate in fates if fate.into]
    right = sum(truth.same[one] == truth.same.get(other) for one, other in joined)
    return [len(joined), right, 0, len(joined) - right]


def _group(number: str, issue: str, origin: Mapping[str, str]) -> str:
    """Name what a message is about: a planted issue, else the first message that told of it."""
    while number in origin:
        number = origin[number]
    return issue or number
