"""Reads every file of a folder as the product would, in a process that the test looks at.

One line of JSON a file: what came of it, how much CPU it took (children with it), and by how
much memory grew in this process and in the largest of its children.
"""

import json
import os
import resource
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from linli.domain.catalogue.rules.yaml_tree import read_tree
from linli.domain.organisations.rules.duty_rows import read_duty_rows
from linli.domain.organisations.rules.unit_rows import read_unit_rows
from linli.domain.places.rules.features import read_features
from linli.domain.places.rules.marks import read_landmarks
from linli.domain.places.rules.rows import read_rows
from linli.kernel.errors import LinliError, Rejected, RejectedTogether
from linli.kernel.tables import open_table

RESET, STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")
Reader = Callable[[Path], int]


def main(folder: Path, readers: Mapping[str, Reader]) -> None:
    """Read all files; the suffix says as what."""
    for path in sorted(folder.iterdir()):
        RESET.write_text("5")  # the peak is that of this file, not of those before
        began, before = _cpu(), _peak()
        told = _outcome(path, readers[path.suffix[1:]])
        told |= {
            "name": path.name,
            "cpu_s": _cpu() - began,
            "grown_mib": _peak() - before,
            "child_mib": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        }
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


def _outcome(path: Path, read: Reader) -> dict[str, object]:
    try:
        return {"outcome": "read", "count": read(path)}
    except Rejected as refused:
        return {"outcome": type(refused).__name__, "zh": refused.zh, "en": refused.en}


def table(path: Path) -> int:
    """Count the rows that can be read."""
    with path.open("rb") as file:
        return sum(row.fault is None for row in open_table(file).rows)


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _peak() -> int:
    """Most memory held since the last reset, in MiB."""
    lines = STATUS.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


def tree(path: Path) -> int:
    """Count the values of a pack file or mapping."""
    found, problems = read_tree(path.name, path.read_bytes())
    _refuse([Rejected(problem.message("zh-hans"), problem.message("en")) for problem in problems])
    return len(found.lines) if found else 0


def rows(read: Callable[[bytes], tuple[Sequence[object], Sequence[LinliError]]]) -> Reader:
    """Make a reader that counts rows, where no fault was found."""

    def count(path: Path) -> int:
        found, faults = read(path.read_bytes())
        _refuse(faults)
        return len(found)

    return count


def _refuse(faults: Sequence[LinliError]) -> None:
    if faults:
        raise RejectedTogether(faults)


READERS: Mapping[str, Reader] = {
    "table": table,
    "tree": tree,
    "units": rows(read_unit_rows),
    "duties": rows(read_duty_rows),
    "features": rows(read_features),
    "areas": rows(read_rows),
    "marks": rows(read_landmarks),
}

if __name__ == "__main__":
    main(Path(sys.argv[1]), READERS)
