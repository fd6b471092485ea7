"""A parser of foreign bytes, as the fuzzer sees it, and what came of feeding it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from linli.kernel.errors import LinliError

Refusals = tuple[type[BaseException], ...]


@dataclass(frozen=True)
class Target:
    """A parser.

    Parameters
    ----------
    name : one word a parser, also the folder of its kept inputs.
    read : reads bytes; a value, or one of `refusals`, whatever they are.
    seeds : sound inputs to begin from, none long.
    words : pieces that mean something to this parser, beside those that all are tried with.
    share : how many of a run's inputs it gets, in parts of the sum of all shares.
    refusals : what the parser may raise: errors that it names itself.
    """

    name: str
    read: Callable[[bytes], object]
    seeds: tuple[bytes, ...]
    words: tuple[bytes, ...] = ()
    share: int = 100
    refusals: Refusals = (LinliError,)


@dataclass(frozen=True)
class Finding:
    """An input that a parser neither read nor refused.

    Parameters
    ----------
    kind : name of the error that came instead; slow, hangs, dies.
    where : the line of ours at which it came, or "".
    data : the input, as short as was found.
    """

    kind: str
    where: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Outcome:
    """What came of a parser.

    Parameters
    ----------
    tried : inputs given. failed : of these, neither read nor refused. read : those that gave a
        value. kept : inputs that did something new and were built on. seconds : how long it took.
    findings : one a kind and place of failure.
    """

    name: str
    tried: int
    failed: int
    read: int
    kept: int
    seconds: float
    findings: tuple[Finding, ...]
