"""An import as a process of its own, to be killed: takes rows in one after the other.

Run again after a kill it begins at the first row; what came in before must not come in twice.
Rows are JSON lines on standard input. Each row taken in is a line on standard output, written
only once the row is committed.
"""

import json
import sys

import django

from linli.kernel.clock import utc_now


def main() -> None:
    """Take in every row, then end."""
    django.setup()
    from linli.domain.access.selectors import SYSTEM_ACTOR  # noqa: PLC0415  # the apps first
    from linli.domain.needs.services import NewMessage, receive_message  # noqa: PLC0415  # as above

    for line in sys.stdin:
        row = json.loads(line)
        key = f"{row['source']}:{row['source_id']}"
        taken = receive_message(NewMessage(**row), actor=SYSTEM_ACTOR, at=utc_now(), key=key)
        print(key, taken.case.number, flush=True)


if __name__ == "__main__":
    main()
