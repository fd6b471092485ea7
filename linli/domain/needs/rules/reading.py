"""What the machine makes of a message, as plain values, and whether it is sure enough to say so."""

from collections.abc import Sequence
from dataclasses import dataclass

from linli.domain.needs.ports import MatterGuess
from linli.domain.needs.rules.duplicates import DuplicateGuess
from linli.domain.needs.rules.places import PlaceGuess
from linli.domain.needs.rules.urgency import UrgencyFinding


@dataclass(frozen=True)
class Sentence:
    """A reason in words."""

    zh: str
    en: str

    def text(self, lang: str = "zh-hans") -> str:
        """Return the sentence in the language asked for; Chinese unless English is."""
        return self.en if lang.startswith("en") else self.zh


@dataclass(frozen=True)
class TextReading:
    """All that was found in a message; suggestions only, a person decides.

    Parameters
    ----------
    model : version of the reader, "" where none is trained.
    matters : likeliest first; empty where nothing in the text is known.
    wider : the likeliest class of matters; the reader may be sure of it and of no matter in it.
    abstained : the reader is not sure enough to suggest the first of the matters.
    place : None where neither form, point, names nor desk tell.
    urgency, petition_type : from words.
    duplicates : earlier cases that may be the same thing.
    reasons : each suggestion in words, in the order of the fields.
    """

    model: str
    matters: tuple[MatterGuess, ...]
    wider: MatterGuess | None
    abstained: bool
    place: PlaceGuess | None
    urgency: UrgencyFinding
    petition_type: str
    duplicates: tuple[DuplicateGuess, ...]
    reasons: tuple[Sentence, ...]

    @property
    def suggested_matter(self) -> str:
        """Code of the matter suggested; "" where the reader abstains."""
        return "" if self.abstained or not self.matters else self.matters[0].code


def abstains(guesses: Sequence[MatterGuess], *, least: float) -> bool:
    """Whether the reader is not sure enough to suggest its likeliest matter.

    Parameters
    ----------
    guesses : likeliest first.
    least : lowest probability at which a suggestion is made, in [0, 1].

    Examples
    --------
    >>> abstains([MatterGuess("environment.noise", 0.4)], least=0.6)
    True
    """
    return not guesses or guesses[0].probability < least
