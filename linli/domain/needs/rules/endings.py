"""How a row of an export ended: read from its columns, and cleaned before it may be kept.

Serves: R045.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from linli.domain.cases.rules.past import Ending, PastRound, Said
from linli.domain.needs.errors import TextTooLong
from linli.domain.needs.rules.cells import Cells
from linli.domain.needs.rules.intake import IntakeLimits
from linli.domain.needs.rules.mapping import OutcomeMapping
from linli.kernel.errors import LinliError, RejectedTogether
from linli.kernel.secrecy import SecretMarked, secret_mark
from linli.kernel.tables import plain
from linli.methods.normalise import clean

_BETWEEN_UNITS = re.compile(r"[、,，;；/|\n]+")
_NAMES = {"answer": ("答复内容", "answer"), "comment": ("反映人意见", "resident's comment")}


@dataclass
class EndingCells(Cells):
    """The cells of one row that tell how it ended.

    Parameters
    ----------
    units : name or code of a unit → the codes that it may mean.
    """

    mapping: OutcomeMapping
    units: Mapping[str, tuple[str, ...]]

    def ending(self) -> Ending | None:
        """Return how the row ended; None where it has not."""
        closed_at = self.moment("closed_at")
        if closed_at is None:
            return None
        mapping = self.mapping
        solved = self.coded("solved", "outcome.solved", mapping.solved)
        satisfied = self.coded("satisfied", "outcome.satisfied", mapping.satisfied)
        outcome = self.coded("outcome", "outcome.outcomes", mapping.outcomes)
        said: tuple[Said, ...] = ()
        if solved:
            words = self.text("comment")
            reached = solved != "unreachable"
            said = (Said(solved, satisfied or "no_comment", closed_at, reached, words),)
        return Ending(
            closed_at=closed_at,
            outcome=outcome or solved or mapping.otherwise or "",
            unit=self.unit(plain(self.text("unit"))),
            co_units=tuple(self.helpers()),
            rounds=(PastRound(self.moment("answered_at"), self.text("answer"), said),),
            dispatched_at=self.moment("dispatched_at"),
            contacted_at=self.moment("contacted_at"),
            row=self.row,
        )

    def unit(self, word: str) -> str:
        """Return the code of a unit; the word itself where nobody or several bear it."""
        codes = self.units.get(word, ())
        return self.mapping.units.get(word) or (codes[0] if len(codes) == 1 else word)

    def helpers(self) -> Iterator[str]:
        """Yield the codes of the units that helped."""
        for word in _BETWEEN_UNITS.split(self.text("co_units")):
            if plain(word):
                yield self.unit(plain(word))


def checked_ending(ending: Ending, *, limits: IntakeLimits) -> Ending:
    """Return an ending whose words are clean.

    Raises RejectedTogether naming field and row: too long, or with a mark of state secrecy.
    """
    cleaned = replace(ending, rounds=tuple(_cleaned(turn) for turn in ending.rounds))
    faults = list(_faults(cleaned, limits))
    if faults:
        raise RejectedTogether(faults)
    return cleaned


def _cleaned(turn: PastRound) -> PastRound:
    said = tuple(replace(one, comment=clean(one.comment)) for one in turn.said)
    return replace(turn, answer=clean(turn.answer), said=said)


def _faults(ending: Ending, limits: IntakeLimits) -> Iterator[LinliError]:
    for turn in ending.rounds:
        texts = [("answer", turn.answer), *(("comment", one.comment) for one in turn.said)]
        for field, text in texts:
            most, row = limits.body_chars, ending.row
            if len(text) > most:
                yield TextTooLong(field, _NAMES[field], length=len(text), most=most, row=row)
            elif mark := secret_mark(text):
                yield SecretMarked(mark, limits.secrecy_basis, row, field=field)
