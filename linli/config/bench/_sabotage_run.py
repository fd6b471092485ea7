"""Planting faults in copies of the tree, one after the other, and running the tests beside them."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Literal

from linli.config.bench._answer import progress
from linli.config.bench._sabotage_faults import PlantedFault
from linli.kernel.errors import Unavailable

Fate = Literal["caught", "survived", "unclear"]
PYTEST = ("-x", "-q", "-n0", "-p", "no:cacheprovider")
FOUND, NOT_FOUND = 1, 0  # what pytest ends with: some test failed, all passed
ALL_S = 3_600  # seconds for all tests that are named, without a fault
GRACE_S = 20  # seconds for the tests' own database to be put away
_FINDER = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


class NoTree(Unavailable):
    """Where there is no working tree there is nothing to plant faults in."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"“{folder}”不是 git 工作区，没有可以埋设故障的源代码。请在克隆出的源代码目录里运行。",
            f"{folder} is no working tree of git, so there is no source to plant faults in. Run "
            "this from a clone of the source.",
        )


class UnsoundTree(Unavailable):
    """Tests that fail without any fault show nothing of those that are planted."""

    def __init__(self, said: str) -> None:
        super().__init__(
            f"没有故障时测试就不通过，什么也没有试。请先修好：\n{said}",
            f"The tests fail without any fault, so none was planted. Mend them first:\n{said}",
        )


@dataclass(frozen=True)
class Outcome:
    """What came of a fault: what the tests said of it, and the first that found it, or ""."""

    fault: PlantedFault
    fate: Fate
    by: str


@dataclass(frozen=True)
class Ended:
    """How a run of tests ended: its code, None where it was stopped, and what it printed."""

    code: int | None
    said: str


HERE = Path(__file__).resolve().parents[3]


def working_tree(root: Path = HERE) -> Path:
    """Return the tree that this program runs from. Raises NoTree where git knows of none."""
    if not (root / ".git").exists() or shutil.which("git") is None:
        raise NoTree(root)
    return root


class Copy:
    """A copy of what git knows of a tree, with its own tests; the tree itself is never touched."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.folder = folder
        listed = subprocess.run(  # noqa: S603  # nothing of anybody's is an argument
            [shutil.which("git") or "git", "ls-files", "-z"],
            cwd=root,
            capture_output=True,
            check=True,
        )
        for name in filter(None, os.fsdecode(listed.stdout).split("\0")):
            if (source := root / name).is_file():  # not one that was deleted and not committed
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, folder / name)
        ours = ("LINLI_", "DJANGO_")  # the tests set their own before anything is loaded
        self.env = {key: said for key, said in os.environ.items() if not key.startswith(ours)}
        self.env |= {"PYTHONPATH": str(folder), "LINLI_HOME": str(folder / "var")}
        self._require_own()

    def test(self, tests: Sequence[str], *, longest_s: float) -> Ended:
        """Run tests to the first failure."""
        words = [sys.executable, "-m", "pytest", *PYTEST, *tests]
        pipe, same = subprocess.PIPE, subprocess.STDOUT
        with subprocess.Popen(  # noqa: S603  # words of ours
            words, cwd=self.folder, env=self.env, stdout=pipe, stderr=same, start_new_session=True
        ) as run:
            try:
                said, _ = run.communicate(timeout=longest_s)
            except subprocess.TimeoutExpired:
                return Ended(None, _stopped(run).decode(errors="replace"))
            return Ended(run.returncode, said.decode(errors="replace"))

    @contextmanager
    def planted(self, fault: PlantedFault) -> Iterator[None]:
        """Have a fault in the copy for a block."""
        path = self.folder / fault.file
        before, was = path.read_text(encoding="utf-8"), path.stat()
        path.write_text(fault.planted_in(before), encoding="utf-8")
        try:
            yield
        finally:
            path.write_text(before, encoding="utf-8")
            # Compiled files are known by the moment of their source: those of before count again.
            os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))

    def _require_own(self) -> None:
        """Make sure that what runs in the copy is the copy's."""
        done = subprocess.run(  # noqa: S603  # words of ours
            [sys.executable, "-c", "import linli; print(linli.__file__)"],
            cwd=self.folder,
            env=self.env,
            capture_output=True,
            text=True,
            check=True,
        )
        if not Path(done.stdout.strip()).resolve().is_relative_to(self.folder.resolve()):
            raise RuntimeError(f"{done.stdout.strip()} would be tested instead of the copy")


def sabotage(
    faults: Sequence[PlantedFault], copies: Sequence[Copy], *, longest_s: float
) -> list[Outcome]:
    """Plant each fault in one of the copies, as many at a time as there are; in order of listing.

    Raises UnsoundTree where the tests fail before anything is planted.
    """
    _require_sound(faults, copies)
    waiting: SimpleQueue[tuple[int, PlantedFault]] = SimpleQueue()
    for place in enumerate(faults):
        waiting.put(place)
    came: dict[int, Outcome] = {}

    def work(copy: Copy) -> None:
        with suppress(Empty):
            while True:
                place, fault = waiting.get_nowait()
                came[place] = tried = _tried(fault, copy, longest_s)
                told = f"{tried.fate:8}  {fault.area}: {fault.name}"
                progress(f"{told}  [{tried.by}]" if tried.by else told)

    with ThreadPoolExecutor(len(copies)) as side_by_side:
        list(side_by_side.map(work, copies))
    return [came[place] for place in sorted(came)]


def _tried(fault: PlantedFault, copy: Copy, longest_s: float) -> Outcome:
    with copy.planted(fault):
        ended = copy.test(fault.tests, longest_s=longest_s)
    if ended.code is None:
        return Outcome(fault, "caught" if fault.hangs else "unclear", "")
    found = _FINDER.search(ended.said)
    if ended.code == FOUND:
        return Outcome(fault, "caught", found[1] if found else "")
    return Outcome(fault, "survived" if ended.code == NOT_FOUND else "unclear", "")


def _require_sound(faults: Sequence[PlantedFault], copies: Sequence[Copy]) -> None:
    """Run every test that is named once, without any fault, spread over the copies."""
    named = sorted({test for fault in faults for test in fault.tests})
    whole = [test for test in named if test.partition("::")[0] == test or _file(test) not in named]
    progress(f"{len(whole)} files or tests without any fault")
    parts = [whole[place :: len(copies)] for place in range(len(copies))]
    pairs = [pair for pair in zip(copies, parts, strict=True) if pair[1]]
    with ThreadPoolExecutor(len(copies)) as side_by_side:
        ends = list(side_by_side.map(lambda pair: pair[0].test(pair[1], longest_s=ALL_S), pairs))
    for end in ends:
        if end.code != 0:
            raise UnsoundTree("\n".join(end.said.splitlines()[-15:]))


def _file(test: str) -> str:
    return test.partition("::")[0]


def _stopped(run: "subprocess.Popen[bytes]") -> bytes:
    """End a run that takes too long, with all that it started; what it had printed."""
    for how in (signal.SIGINT, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(run.pid, how)
        with suppress(subprocess.TimeoutExpired):
            return run.communicate(timeout=GRACE_S)[0]
    return b""
