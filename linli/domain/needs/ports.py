"""What others may put in our place: text in, reading out."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class MatterGuess:
    """A matter that a text may be about.

    Parameters
    ----------
    code : code of the matter.
    probability : in (0, 1]; of all guesses for one text at most 1 together.
    words : the words of the text that spoke for it, strongest first.
    """

    code: str
    probability: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class MatterReading:
    """What a reader makes of a text.

    Parameters
    ----------
    matters : likeliest first; empty where it knows nothing of the text.
    wider : the likeliest class of matters, of which it may be sure where it is of no matter in it.
    """

    matters: tuple[MatterGuess, ...] = ()
    wider: MatterGuess | None = None


class Reader(Protocol):
    """Something that reads a message; keep it deterministic and free of side effects."""

    @property
    def version(self) -> str:
        """Name of this very reader; stored beside what it suggested."""

    def read(self, text: str, *, top: int) -> MatterReading:
        """Return the likeliest matters, at most `top`, and the likeliest class of matters."""
