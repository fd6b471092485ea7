"""How far the database sees in what is done now: set at the doors, told with each statement.

A request opens a standing that sees nothing; whoever signs in, or shows a receipt code, widens
it. Outside a standing (jobs, the command line) nothing is told: those have a role of their own.

Serves: R129 X02.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace

from linli.domain.access.rules.actors import Actor
from linli.domain.access.rules.sight import NOTHING, WALL, WIDER, Sight, sight_of

__all__ = [
    "NOTHING",
    "WALL",
    "Sight",
    "Standing",
    "hold",
    "see_as",
    "standing",
    "standing_now",
    "wall_by",
    "wall_of",
    "wider",
]

log = logging.getLogger("linli.wall")


@dataclass
class Standing:
    """What is seen in one request.

    Parameters
    ----------
    told : what the transaction that runs has been told, None where that is unknown.
    widened : for what it has been wider so far.
    """

    sight: Sight = NOTHING
    told: Sight | None = None
    widened: set[str] = field(default_factory=set)


_NOW: ContextVar[Standing | None] = ContextVar("linli_standing", default=None)


def standing_now() -> Standing | None:
    """Return the standing of what is done now, None outside of any."""
    return _NOW.get()


@contextmanager
def standing() -> Iterator[Standing]:
    """Begin to see nothing, for a request; what was before is back afterwards."""
    begun = Standing()
    before = _NOW.set(begun)
    try:
        yield begun
    finally:
        _NOW.reset(before)


def see_as(actor: Actor) -> None:
    """See as far as somebody may at most; what was seen before is seen no more."""
    if (now := _NOW.get()) is not None:
        now.sight = sight_of(actor)


def hold(rows: Iterable[int]) -> None:
    """See some cases, by row id, to the end of the request, wherever they lie or go.

    For a command that has locked them, and for the resident whose receipt opened them: from here
    on the exact rule alone decides.
    """
    if (now := _NOW.get()) is not None:
        held = tuple(sorted({*now.sight.held, *rows}))
        now.sight = replace(now.sight, held=held)


@contextmanager
def wider(what: str) -> Iterator[None]:
    """See every case for a block, to do one of the things that `wall.yaml` lists. Logged."""
    if what not in WIDER:
        raise ValueError(f"wall.yaml does not list {what!r}")
    now = _NOW.get()
    if now is None:
        yield
        return
    if what not in now.widened:  # once a request is enough to know
        now.widened.add(what)
        log.info("the wall is wider for %s", what)
    before = now.sight.wider
    now.sight = replace(now.sight, wider=what)
    try:
        yield
    finally:
        now.sight = replace(now.sight, wider=before)


def wall_of(table: str, *, column: str, of: str, key: str = "id") -> tuple[str, str]:
    """Return the SQL that puts a table behind the wall, and the SQL that takes it away.

    For migrations: a row is seen and written where the row that `column` names in `of` is seen.
    """
    seen = f"EXISTS (SELECT FROM {of} AS seen WHERE seen.{key} = {table}.{column})"  # noqa: S608  # names of ours
    return wall_by(table, seen)


def wall_by(table: str, seen: str) -> tuple[str, str]:
    """Return the SQL of a wall with a condition of its own, and the SQL that takes it away."""
    up = f"""
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    CREATE POLICY linli_wall ON {table} TO linli_web USING ({seen});
    CREATE POLICY linli_whole ON {table} TO linli_worker, linli_backup USING (true);
    """
    down = f"""
    DROP POLICY linli_whole ON {table};
    DROP POLICY linli_wall ON {table};
    ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
    """
    return up, down
