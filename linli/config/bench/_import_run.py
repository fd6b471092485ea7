"""The import bench at work, once a database and Django are there."""

import csv
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from linli.config.bench._answer import Figures, progress
from linli.config.bench._ground import lay_ground
from linli.domain.audit.selectors import verify_chain
from linli.kernel.clock import utc_now
from linli.town.samples import write_sample

GOOD_CODES = (0, 2)
KB_A_MB = 1024


@dataclass(frozen=True)
class Run:
    """One run of the verb: seconds from start to end, and its peak of resident memory in MB."""

    seconds: float
    peak_mb: float


def measure(home: Path, *, rows: int, seed: int) -> Figures:
    """Import an export of so many rows twice; returns the figures of the bench."""
    progress("laying the ground")
    lay_ground(at=utc_now())
    connection.close()
    folder = home / "export"
    write_sample(folder, seed=seed, rows=rows)
    progress(f"importing {rows} rows")
    first = _run(folder)
    taken = _messages()
    refused = _refused(folder / "refused.csv")
    progress("importing them again")
    again = _run(folder)
    return {
        "rows": rows,
        "taken": taken,
        "refused": refused,
        "seconds": round(first.seconds, 1),
        "rows_per_s": round(rows / first.seconds, 1),
        "peak_mb": round(max(first.peak_mb, again.peak_mb)),
        "again_s": round(again.seconds, 1),
        "again_taken": _messages() - taken,
        "faults": len(verify_chain().faults),
    }


def _run(folder: Path) -> Run:
    """Run `linli import` as whoever keeps a desk would, and wait for its end."""
    began = time.monotonic()
    process = subprocess.Popen(  # noqa: S603  # our own command
        [
            *(sys.executable, "-m", "linli.config.cli", "import", str(folder / "hotline.csv")),
            *("--mapping", str(folder / "hotline.mapping.yaml")),
            *("--errors", str(folder / "refused.csv")),
        ],
        env={**os.environ, "LINLI_ROLE": "web"},
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in GOOD_CODES:
        raise RuntimeError(f"the import ended with {process.returncode}")
    return Run(time.monotonic() - began, usage.ru_maxrss / KB_A_MB)


def _messages() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM needs_message")
        return int(cursor.fetchone()[0])


def _refused(path: Path) -> int:
    """Count the rows of the file of refused ones, its head left out."""
    if not path.exists():
        return 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1
