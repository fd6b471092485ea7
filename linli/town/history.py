"""Loads the years before the platform came: finished cases by the road of imported history."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.cases.services import Archive, Ending, NewCase
from linli.domain.needs.selectors import urgency_list
from linli.domain.needs.services import Incoming, receive_messages
from linli.kernel.errors import LinliError
from linli.town.demands import Demand
from linli.town.fates import Fate
from linli.town.paper import PaperOffice
from linli.town.reception import key_of, message_of
from linli.town.rounds import Progress, play

BATCH = 500
Fated = tuple[Demand, Fate]


def load_history(
    fates: Sequence[Fated], *, until: datetime, seed: int, progress: Progress | None = None
) -> dict[str, str]:
    """Take over the cases of years past that had ended by a moment, which is when it is done.

    Returns the case of each demand so taken over, by the demand's id; whatever had not ended
    is left to be played. `progress` is called with cases loaded and cases in all.
    """
    ended = endings_of(fates, until=until, seed=seed)
    cases: dict[str, str] = {}
    for batch in _batches(ended):
        came = receive_messages(
            [Incoming(message_of(d, is_stated=True), key_of(d), end) for d, end in batch],
            actor=SYSTEM_ACTOR,
            at=until,
        )
        for (demand, _), one in zip(batch, came, strict=True):
            if isinstance(one, LinliError):
                raise one
            cases[demand.id] = one.case.public_id
        if progress is not None:
            progress(len(cases), len(ended))
    return cases


def endings_of(
    fates: Sequence[Fated], *, until: datetime, seed: int
) -> list[tuple[Demand, Ending]]:
    """Play cases on paper; return those that had ended by a moment, and how."""
    matters = {demand.matter for demand, _ in fates}
    office = PaperOffice(_Limits(matters, at=until).due)
    play(fates, office=office, until=until, seed=seed)
    ends = ((demand, office.ending(demand, until=until)) for demand, _ in fates)
    return [(demand, end) for demand, end in ends if end is not None]


class _Limits:
    """When demands were due under the standard of their day."""

    def __init__(self, matters: Iterable[str], *, at: datetime) -> None:
        self._words = urgency_list(at)
        self._archive = Archive(matters=matters, at=at)

    def due(self, demand: Demand, starts_at: datetime) -> datetime:
        new = NewCase(
            title=demand.title,
            body=demand.body,
            matter=demand.matter,
            area=demand.grid_code,
            petition_type=demand.petition_type,
            channel=demand.channel,
            received_at=demand.received_at,
            urgency=self._words.find(f"{demand.title}\n{demand.body}").level,
        )
        return self._archive.due_of(new, starts_at=starts_at)


def _batches(ended: Sequence[tuple[Demand, Ending]]) -> Iterator[Sequence[tuple[Demand, Ending]]]:
    for start in range(0, len(ended), BATCH):
        yield ended[start : start + BATCH]
