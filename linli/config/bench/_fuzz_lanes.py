"""Runs each parser's fuzzing in a process of its own, which may die or hang of it.

The process writes each input down before it reads it, so that one that kills it is known, and goes
on in a new process with the inputs that are left.
"""

import base64
import hashlib
import json
import mmap
import os
import resource
import struct
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from linli.config.bench._fuzz_run import Fuzzer
from linli.config.bench._fuzz_target import Finding, Outcome, Target

PROGRAM = "tests.fuzz.work"
CORPUS = Path("tests/fuzz/corpus")  # in the tree; a folder a parser
MOST_MEMORY = 512 * 1024 * 1024  # bytes of data that a parser's process may hold
MOST_WORK_S = 10  # seconds of CPU at one input, after which the process is ended
MOST_HELD_S = 300  # seconds by the clock, where the machine is busy with other things
MOST_DEATHS = 20
LOOK_S = 0.25
_HEAD = struct.Struct("<QL")
_NOTE_BYTES = 1024 * 1024
UNBEGUN = (0, b"")  # what is noted until the first input is read
NOTHING = Outcome("", 0, 0, 0, 0, 0.0, ())


@dataclass(frozen=True)
class Listed:
    """A parser as the tree lists it: its share of all inputs, and how many it begins from."""

    name: str
    share: int
    begins: int


@dataclass(frozen=True)
class Job:
    """So many inputs for a parser."""

    name: str
    count: int


class Note:
    """A piece of memory that two processes see: which input is being read."""

    def __init__(self, path: Path, *, is_new: bool = False) -> None:
        if is_new:
            path.write_bytes(bytes(_NOTE_BYTES))
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), _NOTE_BYTES)

    def write(self, count: int, data: bytes) -> None:
        """Write an input down."""
        kept = data[: _NOTE_BYTES - _HEAD.size]
        _HEAD.pack_into(self._memory, 0, count, len(kept))
        self._memory[_HEAD.size : _HEAD.size + len(kept)] = kept

    def read(self) -> tuple[int, bytes]:
        """How many inputs were before the one that is being read, and that one."""
        count, length = _HEAD.unpack_from(self._memory, 0)
        return count, self._memory[_HEAD.size : _HEAD.size + length]


def listed(root: Path) -> list[Listed]:
    """Return the parsers that the tests of a tree list."""
    with tempfile.TemporaryDirectory(prefix="linli-fuzz-") as folder:
        done = subprocess.run(  # noqa: S603  # our own program
            [sys.executable, "-m", PROGRAM], cwd=root, env=_env(folder), stdout=-1, check=True
        )
    return [Listed(**one) for one in json.loads(done.stdout)]


def shared_out(parsers: Sequence[Listed], count: int) -> list[Job]:
    """Share inputs out among parsers; each gets what it begins from at least."""
    whole = sum(one.share for one in parsers)
    return [Job(one.name, max(one.begins, round(count * one.share / whole))) for one in parsers]


def fuzz_all(jobs: Sequence[Job], *, root: Path, seed: int, at_once: int) -> Iterator[Outcome]:
    """Fuzz parser after parser, some at once, the longest first; yields what came of each."""
    with ThreadPoolExecutor(at_once) as pool:
        yield from pool.map(lambda job: _fuzzed(job, root, seed), jobs)


def _fuzzed(job: Job, root: Path, seed: int) -> Outcome:
    """Fuzz one parser, in as many processes as it kills."""
    whole = replace(NOTHING, name=job.name)
    with tempfile.TemporaryDirectory(prefix="linli-fuzz-") as folder:
        note = Note(Path(folder) / "note", is_new=True)
        for life in range(MOST_DEATHS):
            left = job.count - whole.tried
            whole = _added(whole, _lived(Job(job.name, left), root, f"{seed}.{life}", folder, note))
            if whole.tried >= job.count:
                break
    return whole


def _lived(job: Job, root: Path, seed: str, folder: str, note: Note) -> Outcome:
    """What came of one process: all that it was to do, or until it died."""
    note.write(0, b"")
    began = time.monotonic()
    told = Path(folder) / "told"
    with told.open("wb") as out:
        child = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-m", PROGRAM, job.name, str(job.count), seed, folder],
            cwd=root,
            stdout=out,
            stderr=subprocess.DEVNULL,
            env=_env(folder),
        )
    end = _watched(child, note)
    count, data = note.read()
    if end == 0:
        said = json.loads(told.read_bytes())
        found = [
            Finding(**one | {"data": base64.b64decode(one["data"])}) for one in said["findings"]
        ]
        return Outcome(**said | {"findings": tuple(found)})
    kind = "hangs" if end is None else "dies"
    took = round(time.monotonic() - began, 2)
    return Outcome(job.name, count + 1, 1, 0, 0, took, (Finding(kind, f"{end}", data),))


def _watched(child: "subprocess.Popen[bytes]", note: Note) -> int | None:
    """Wait for a process; its code, None where it was ended because it stood still."""
    last, since, worked = note.read(), time.monotonic(), 0.0
    while True:
        try:
            return child.wait(LOOK_S)
        except subprocess.TimeoutExpired:
            now, cpu = note.read(), _cpu_s(child.pid)
            if now != last or now == UNBEGUN:
                last, worked = now, cpu
                since = time.monotonic() if now != UNBEGUN else since
            if cpu - worked > MOST_WORK_S or time.monotonic() - since > MOST_HELD_S:
                child.kill()
                child.wait()
                return None


def _cpu_s(pid: int) -> float:
    """Seconds that a process has worked; 0 where the system does not tell."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")


def _env(folder: str) -> dict[str, str]:
    """The environment of a process that reads: a home of its own, and no database."""
    ours = ("LINLI_", "DJANGO_")
    kept = {key: said for key, said in os.environ.items() if not key.startswith(ours)}
    settings = {"DJANGO_SETTINGS_MODULE": "linli.config.settings", "LINLI_ENV": "test"}
    return kept | settings | {"LINLI_HOME": folder, "OPENBLAS_NUM_THREADS": "1"}


def _added(one: Outcome, other: Outcome) -> Outcome:
    known = {(finding.kind, finding.where, len(finding.data)) for finding in one.findings}
    new = [f for f in other.findings if (f.kind, f.where, len(f.data)) not in known]
    return Outcome(
        one.name,
        one.tried + other.tried,
        one.failed + other.failed,
        one.read + other.read,
        one.kept + other.kept,
        round(one.seconds + other.seconds, 2),
        (*one.findings, *new),
    )


def work(target: Target, arguments: Sequence[str]) -> None:
    """Fuzz a parser within bounds, in this process; tell of it on standard output.

    Parameters
    ----------
    arguments : count, seed, and the folder in which the input is written down.
    """
    count, seed, folder = arguments
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    note = Note(Path(folder) / "note")
    came = Fuzzer(target, seed=seed, kept=kept_inputs(target.name)).run(int(count), note=note.write)
    said = asdict(came)
    for finding in said["findings"]:
        finding["data"] = base64.b64encode(finding["data"]).decode()
    sys.stdout.write(json.dumps(said))


def kept_inputs(name: str, root: Path = Path()) -> list[bytes]:
    """Inputs of a parser that once failed, in the tree."""
    return [path.read_bytes() for path in sorted((root / CORPUS / name).glob("*.bin"))]


def keep(name: str, finding: Finding, root: Path) -> Path:
    """Keep an input that failed, so that every later run and the tests begin with it."""
    folder = root / CORPUS / name
    folder.mkdir(parents=True, exist_ok=True)
    mark = hashlib.sha256(finding.data).hexdigest()[:8]
    path = folder / f"{finding.kind.lower()}-{mark}.bin"
    path.write_bytes(finding.data)
    return path
