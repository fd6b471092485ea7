"""A file goes the whole way: in, read, decided by a clerk as far as it is sure, summed up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from linli.config.demo.checking import checked, truth_beside
from linli.config.demo.clerk import DemoClerk, Fate
from linli.config.demo.summary import Table, remarks, tables
from linli.config.importing import ImportTally, import_file, load_mapping
from linli.domain.needs.services import ImportMapping, Received, read_export
from linli.town.settling import clerk_of_town, joins_from

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Played:
    """What came of a file: the moment of the play, rows taken in, tables and remarks on cases."""

    at: datetime
    tally: ImportTally
    fates: tuple[Fate, ...]
    tables: tuple[Table, ...]
    remarks: tuple[tuple[str, str], ...] = ()


def play_file(file: Path, mapping: Path, *, at: datetime, progress: Progress) -> Played:
    """Take a file in and let the demo's clerk decide on each case that it opens.

    All happens at the last moment that the file tells of: limits are then those of the day on
    which it was written. Raises Rejected where the file cannot be read.

    Parameters
    ----------
    at : aware; now, after which no message can have come.
    progress : called with cases decided and cases in all.
    """
    chosen = load_mapping(mapping)
    last = _last_moment(file, chosen, at=at)
    clerk = clerk_of_town(at=last)
    received: list[Received] = []
    tally = import_file(
        file, chosen, actor=clerk, at=last, done=lambda batch: received.extend(batch.received)
    )
    desk = DemoClerk(clerk, last, joins_from())
    fates = []
    for number, one in enumerate(received, start=1):
        fates.append(desk.decide(one.case, one.message.reading))
        progress(number, len(received))
    summed = tables(fates, at=last, zone=ZoneInfo(settings.TIME_ZONE))
    truth = truth_beside(file)
    if truth is not None:
        summed.append(checked(fates, truth))
    return Played(last, tally, tuple(fates), tuple(summed), tuple(remarks(fates, at=last)))


def _last_moment(file: Path, mapping: ImportMapping, *, at: datetime) -> datetime:
    with file.open("rb") as opened:
        rows = read_export(opened, mapping, at=at).rows
        told = (row.message.received_at for row in rows if row.message)
        return max((moment for moment in told if moment and moment <= at), default=at)
