"""An import as a process of its own, to be killed: `linli import`, telling what stands.

Run again after a kill it begins at the first row; what came in before must not come in twice.
It is called with the export and its mapping. Each row taken in is a line on standard output, its
number and that of its case, written only once its batch is committed.
"""

import sys
from pathlib import Path

import django

from linli.kernel.clock import utc_now

BATCH_ROWS = 40  # so that many a kill falls into the middle of one


def main(export: Path, mapping: Path) -> None:
    """Take in every row, then end."""
    django.setup()
    from linli.config.importing import load_mapping  # noqa: PLC0415  # the apps first
    from linli.config.walling import walled  # noqa: PLC0415  # as above
    from linli.domain.access.selectors import SYSTEM_ACTOR  # noqa: PLC0415  # as above
    from linli.domain.needs.services import import_messages, read_export  # noqa: PLC0415  # as above

    at = utc_now()
    with walled(), export.open("rb") as file:
        rows = read_export(file, load_mapping(mapping), at=at).rows
        for batch in import_messages(rows, actor=SYSTEM_ACTOR, at=at, size=BATCH_ROWS):
            if batch.refused:
                raise SystemExit(str(batch.refused[0]))
            for came in batch.received:
                print(came.message.source_id, came.case.number)
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
