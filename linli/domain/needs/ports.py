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


class Reader(Protocol):
    """Something that reads a message; keep it deterministic and free of side effects."""

    @property
    def version(self) -> str:
        """Name of this very reader; stored beside what it suggested."""

    def read(self, text: str, *, top: int) -> tuple[MatterGuess, ...]:
        """Return the likeliest matters, best first; none where it knows nothing of the text."""
