"""A fault in a pack file: where it is, what is so, why it matters, what to do."""

from collections.abc import Iterable
from dataclasses import dataclass

from linli.domain.catalogue.rules.sayings import SAYINGS


@dataclass(frozen=True, order=True)
class Problem:
    """One fault, named by file and line.

    Parameters
    ----------
    file : path inside the pack, with forward slashes.
    line : line number from 1; 1 where a whole file is meant.
    kind : key of the sentence in `sayings.SAYINGS`.
    facts : what fills the sentence, as sorted pairs.
    """

    file: str
    line: int
    kind: str
    facts: tuple[tuple[str, str], ...] = ()

    def message(self, lang: str = "zh-hans") -> str:
        """Return the sentence without its place."""
        zh, en = SAYINGS[self.kind]
        return (en if lang.startswith("en") else zh).format(**dict(self.facts))

    def text(self, lang: str = "zh-hans") -> str:
        """Return `file:line: sentence`."""
        return f"{self.file}:{self.line}: {self.message(lang)}"

    def __str__(self) -> str:
        return self.text()


def problem(kind: str, file: str, line: int, **facts: object) -> Problem:
    """Build a problem; long facts are cut so that a message stays readable."""
    pairs = tuple(sorted((name, _short(str(value))) for name, value in facts.items()))
    return Problem(file=file, line=line, kind=kind, facts=pairs)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return each problem once, by file and line."""
    return tuple(sorted(set(problems)))


def _short(text: str) -> str:
    return text if len(text) <= 160 else text[:157] + "…"
