"""The work bench at work: each command on cases of its own, then the lists among many items."""

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection

from linli.config.bench._answer import Figures, progress
from linli.config.bench._ground import Ground, lay_ground
from linli.config.bench._web_role import web_role
from linli.config.bench._work_fill import fill_items
from linli.config.bench._work_road import Hands, walk
from linli.config.walling import walled
from linli.domain.access import wall
from linli.domain.access.selectors import Actor
from linli.domain.cases.selectors import inbox
from linli.kernel.clock import utc_now

LOOKS = 30
WARM = 2  # rounds that fill caches and are not measured


@dataclass
class Taken:
    """What one kind of command took: milliseconds of each, and the most questions of any."""

    ms: list[float] = field(default_factory=list)
    questions: int = 0

    def figures(self, name: str) -> Figures:
        """Return median and p95 in milliseconds, and the questions."""
        spread = sorted(self.ms)
        return {
            f"{name}_ms": round(statistics.median(spread), 1),
            f"{name}_p95_ms": round(spread[int(len(spread) * 0.95)], 1),
            f"{name}_questions": self.questions,
        }


class Stopwatch:
    """Runs things as the web does, somebody's own sight at most, and notes what they take."""

    def __init__(self) -> None:
        self.taken: defaultdict[str, Taken] = defaultdict(Taken)

    @contextmanager
    def timing(self, name: str, actor: Actor) -> Iterator[None]:
        """Note time and questions of a block under a name."""
        asked: list[object] = []

        def count(execute: Callable[..., object], *told: object) -> object:
            asked.append(told[0])
            return execute(*told)

        with web_role(), walled(), connection.execute_wrapper(count):
            wall.see_as(actor)
            began = time.perf_counter()
            yield
            taken = self.taken[name]
            taken.ms.append((time.perf_counter() - began) * 1000)
            taken.questions = max(taken.questions, len(asked))


def measure(*, items: int, rounds: int, seed: int, marks: Mapping[str, int]) -> Figures:
    """Lay the ground, send the commands, fill, and look at the lists."""
    progress("laying the ground")
    ground = lay_ground(at=utc_now())
    progress(f"{rounds} rounds of commands")
    commands = send_commands(ground, rounds)
    progress(f"storing {items} open items")
    fill_items(Hands.of(ground, at=utc_now()), items=items, seed=seed, at=utc_now())
    progress("reading the lists")
    return judged(commands, look_at_lists(ground), marks) | {"items": items, "seed": seed}


def send_commands(ground: Ground, rounds: int) -> Mapping[str, Taken]:
    """Send each command so often; returns what each kind took."""
    hands = Hands.of(ground, at=utc_now())
    for number in range(WARM):
        walk(hands, Stopwatch(), f"warm{number}")
    watch = Stopwatch()
    for number in range(rounds):
        walk(hands, watch, f"walk{number}")
    return watch.taken


def look_at_lists(ground: Ground) -> Mapping[str, Taken]:
    """Ask for the first 50 items that wait for a unit, and for a role."""
    hands, watch = Hands.of(ground, at=utc_now()), Stopwatch()
    for number in range(LOOKS + WARM):
        if number == WARM:
            watch = Stopwatch()
        for name, actor in (("unit_list", hands.lead), ("role_list", hands.clerk)):
            with watch.timing(name, actor):
                inbox(actor)
    return watch.taken


def judged(
    commands: Mapping[str, Taken], lists: Mapping[str, Taken], marks: Mapping[str, int]
) -> dict[str, str | int | float | None | list[Figures]]:
    """Return all figures, and how many of them miss their marks."""
    missed = [*_missed(commands, marks["command_ms"], marks["questions"])]
    missed += _missed(lists, marks["list_ms"], marks["questions"])
    for told in missed:
        progress(told)
    both = {**commands, **lists}
    figures = {key: value for name, one in both.items() for key, value in one.figures(name).items()}
    return {**figures, "tried": len(both), "missed": len(missed)}


def _missed(taken: Mapping[str, Taken], most_ms: int, most_questions: int) -> Sequence[str]:
    slow = [
        f"{name}: {statistics.median(one.ms):.1f} ms, at most {most_ms}"
        for name, one in taken.items()
        if statistics.median(one.ms) > most_ms
    ]
    return slow + [
        f"{name}: {one.questions} questions, at most {most_questions}"
        for name, one in taken.items()
        if one.questions > most_questions
    ]
