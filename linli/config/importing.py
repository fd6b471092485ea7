"""A file of messages, from disk to the database: what `linli import` and the demo do alike.

Serves: R045 R081.
"""

import gc
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings

from linli.config.disk import require_room
from linli.config.refusals import RefusalFile
from linli.domain.access.selectors import Actor
from linli.domain.needs.services import (
    Export,
    ImportedBatch,
    ImportMapping,
    import_messages,
    mapping_of,
    read_export,
)
from linli.kernel.bounds import MOST_SMALL
from linli.kernel.unpacking import read_bounded


@dataclass
class ImportTally:
    """What came of a whole file.

    Parameters
    ----------
    reasons : kind of fault → in how many rows it stands; `told` holds the first one's sentence in
        Chinese and English, with row and column.
    """

    read: int = 0
    taken: int = 0
    known: int = 0
    refused: int = 0
    seconds: float = 0.0
    reasons: Counter[str] = field(default_factory=Counter)
    told: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def rows_per_s(self) -> float:
        """Rows of the file a second."""
        return self.read / self.seconds if self.seconds else 0.0

    def add(self, batch: ImportedBatch, columns: Mapping[str, str]) -> None:
        """Count a batch; `columns` names the column of each field."""
        self.read += batch.read
        self.taken += batch.taken
        self.known += batch.known
        self.refused += len(batch.refused)
        for refusal in batch.refused:
            for fault in refusal.faults:
                kind = type(fault).__name__
                self.reasons[kind] += 1
                column = columns.get(fault.field or "", fault.field or "")
                zh = f"第 {refusal.number} 行 {column}".rstrip()
                en = f"row {refusal.number} {column}".rstrip()
                self.told.setdefault(kind, (f"{zh}：{fault.zh}", f"{en}: {fault.en}"))


def load_mapping(path: Path) -> ImportMapping:
    """Read a mapping file. Raises MappingRejected with every fault by file and line."""
    with path.open("rb") as file:
        return mapping_of(read_bounded(file, most=MOST_SMALL), name=path.name)


def import_file(
    path: Path,
    mapping: ImportMapping,
    *,
    actor: Actor,
    at: datetime,
    errors: Path | None = None,
    is_trial: bool = False,
    began: Callable[[Export], None] = lambda export: None,
    done: Callable[[ImportedBatch], None] = lambda batch: None,
) -> ImportTally:
    """Take a file in and count what came of it.

    Parameters
    ----------
    is_trial : look at everything, write nothing into the database.
    errors : where refused rows are written, made only where there are some; None for nowhere.
    began : called with the export before its first row is read.
    done : called after each batch, whose rows then stand.

    Raises Rejected where the file as a whole cannot be read, or `errors` not be written; NoRoom
    where the disk is nearly full: batches that were taken stand.
    """
    tally, start = ImportTally(), time.monotonic()
    with ExitStack() as stack:
        export = read_export(stack.enter_context(path.open("rb")), mapping, at=at)
        refusals = stack.enter_context(RefusalFile(errors, export)) if errors else None
        began(export)
        require_room(settings.LINLI_HOME)
        for batch in import_messages(export.rows, actor=actor, at=at, is_trial=is_trial):
            if not tally.read:  # models and places stay; looking through them costs a quarter
                gc.freeze()
            tally.add(batch, export.columns)
            if refusals is not None:
                refusals.write(batch.refused)
            done(batch)
            require_room(settings.LINLI_HOME)
    tally.seconds = time.monotonic() - start
    return tally
