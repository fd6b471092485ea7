"""Whether an input did something that none before it did: by lines run, and by what came of it.

Watching lines costs many times what reading costs, so only one input in some is watched; what
comes of an input is looked at each time.
"""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from types import CodeType, FrameType
from typing import Any

Trace = Callable[[FrameType, str, Any], Any]  # as sys.settrace has it
OURS = re.compile(r"/linli/(?!config/bench)")
MOST_WAYS = 1_500  # ways of answering that are told apart


@dataclass
class Lines:
    """Lines of ours that have been run; code whose lines have all been run is not watched again."""

    seen: dict[CodeType, set[int]] = field(default_factory=dict)
    _ours: dict[str, bool] = field(default_factory=dict)
    _left: dict[CodeType, int] = field(default_factory=dict)
    _is_new: bool = False

    def watched(self, act: Callable[[], object]) -> object:
        """Do something while lines are watched; `is_new` tells of it afterwards."""
        self._is_new = False
        kept = sys.gettrace()
        sys.settrace(self._called)
        try:
            return act()
        finally:
            sys.settrace(kept)

    @property
    def is_new(self) -> bool:
        """Whether the last that was run came to a line for the first time."""
        return self._is_new

    @property
    def count(self) -> int:
        """How many lines have been run."""
        return sum(map(len, self.seen.values()))

    def _called(self, frame: FrameType, event: str, told: Any) -> Trace | None:
        code = frame.f_code
        name = code.co_filename
        if name not in self._ours:
            self._ours[name] = OURS.search(name) is not None
        if not self._ours[name]:
            return None
        if code not in self.seen:
            self.seen[code] = set()
            self._left[code] = len({line for _, _, line in code.co_lines() if line})
        return self._stepped if self._left[code] > 0 else None

    def _stepped(self, frame: FrameType, event: str, told: Any) -> Trace | None:
        if event == "line":
            seen = self.seen[frame.f_code]
            if frame.f_lineno not in seen:
                seen.add(frame.f_lineno)
                self._left[frame.f_code] -= 1
                self._is_new = True
        return self._stepped


def way_of(came: object) -> tuple[object, ...]:
    """What came of an input: how much of what, or which error raised where; nothing it quotes."""
    if isinstance(came, BaseException):
        last = came.__traceback__
        while last is not None and last.tb_next is not None:
            last = last.tb_next
        place = (last.tb_frame.f_code, last.tb_lineno) if last is not None else None
        return type(came).__name__, place, type(came.__cause__).__name__
    if isinstance(came, tuple):
        return tuple(way_of(part) for part in came[:4])
    if isinstance(came, list | dict | str | bytes):
        return type(came).__name__, len(came).bit_length()
    return (type(came).__name__,)
