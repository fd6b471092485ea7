"""Feeding a parser made-up inputs, in this process, and looking at what comes of each."""

import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from linli.config.bench._fuzz_mutate import Mutator
from linli.config.bench._fuzz_news import MOST_WAYS, OURS, Lines, way_of
from linli.config.bench._fuzz_target import Finding, Outcome, Target

LONGEST_S = 1.0
WATCHED = 12  # one input in so many is watched line by line
MOST_KEPT = 3_000
MOST_FINDINGS = 40
SHORTENINGS = 300
Note = Callable[[int, bytes], None]


def unnoted(count: int, data: bytes) -> None:
    """Write nothing down: where no other process watches this one."""


class Fuzzer:
    """Feeds one parser."""

    def __init__(self, target: Target, *, seed: int | str, kept: Sequence[bytes] = ()) -> None:
        self._target = target
        self._mutator = Mutator(Random(f"{seed}:{target.name}"), target.words)  # noqa: S311  # no secret
        self._pool = [*target.seeds, *kept]
        self._sound, self._first = len(target.seeds), len(self._pool)
        self._ways: set[object] = set()
        self._findings: dict[tuple[str, str], Finding] = {}
        self.lines = Lines()
        self.tried = self.failed = self.read = 0

    def run(self, count: int, *, note: Note = unnoted) -> Outcome:
        """Feed so many inputs, those that are known first.

        Parameters
        ----------
        note : is told each input before it is read, with how many were before it.
        """
        began = time.monotonic()
        for data in self._pool[:count]:
            self._feed(data, note)
        while self.tried < count:
            self._feed(self._mutator.made_of(self._pool, sound=self._sound), note)
        return Outcome(
            self._target.name,
            self.tried,
            self.failed,
            self.read,
            len(self._pool) - self._first,
            round(time.monotonic() - began, 2),
            tuple(self._findings.values()),
        )

    def _feed(self, data: bytes, note: Note) -> None:
        note(self.tried, data)
        is_watched = self.tried < self._first or self.tried % WATCHED == 0
        self.tried += 1
        began = time.monotonic()
        act = self.lines.watched if is_watched else Fuzzer._called
        came = act(lambda: self._came_of(data))
        took = time.monotonic() - began
        is_new = (is_watched and self.lines.is_new) | self._is_new_way(came)
        if is_new and self.tried > self._first and len(self._pool) < MOST_KEPT:
            self._pool.append(data)
        if isinstance(came, BaseException) and not isinstance(came, self._target.refusals):
            self._fail(type(came).__name__, _place_of(came), data)
        elif took > LONGEST_S and self._is_slow(data):
            self._fail("slow", "", data)
        elif not isinstance(came, BaseException):
            self.read += 1

    @staticmethod
    def _called(act: Callable[[], object]) -> object:
        return act()

    def _came_of(self, data: bytes) -> object:
        """What the parser gave, or raised."""
        try:
            return self._target.read(data)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # noqa: BLE001  # what else may come is what is looked for
            return error

    def _is_new_way(self, came: object) -> bool:
        way = way_of(came)
        if way in self._ways or len(self._ways) >= MOST_WAYS:
            return False
        self._ways.add(way)
        return True

    def _is_slow(self, data: bytes) -> bool:
        """Whether it takes as long again, by what this process alone works."""
        began = time.process_time()
        self._came_of(data)
        return time.process_time() - began > LONGEST_S

    def _fail(self, kind: str, where: str, data: bytes) -> None:
        self.failed += 1
        if (kind, where) not in self._findings and len(self._findings) < MOST_FINDINGS:
            short = data if kind == "slow" else self._shortened(kind, where, data)
            self._findings[kind, where] = Finding(kind, where, short)

    def _shortened(self, kind: str, where: str, data: bytes) -> bytes:
        """Cut pieces out for as long as the same comes of it."""
        step, left = max(1, len(data) // 2), SHORTENINGS
        while step and left > 0:
            at = 0
            while at < len(data) and left > 0:
                shorter = data[:at] + data[at + step :]
                came = self._came_of(shorter)
                left -= 1
                same = isinstance(came, BaseException) and (
                    (type(came).__name__, _place_of(came)) == (kind, where)
                )
                data, at = (shorter, at) if same else (data, at + step)
            step //= 2
        return data


def _place_of(error: BaseException) -> str:
    """The innermost line of ours, as file:line; "" where there is none."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if OURS.search(frame.filename):
            return f"{Path(frame.filename).name}:{frame.lineno}"
    return ""
