"""What Linli writes by itself, with the power lost anywhere, and what is there afterwards."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from linli.config.anchor import FolderAnchor
from linli.config.attachment_files import FolderFiles
from linli.config.bench._powercut_disk import watched
from linli.config.durable import write_once
from linli.config.master_keys import FileKeeper
from linli.domain.vault.errors import KeyMissing

ACTS = 6
DAY = date(2026, 11, 24)


class Writer:
    """Does one of its acts, notes what was acknowledged, and says what is wrong afterwards."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def act(self, home: Path, number: int) -> None:
        """Write something below a home."""
        raise NotImplementedError

    def faults(self, home: Path) -> list[str]:
        """Return what was acknowledged and is not there, or is there in part."""
        raise NotImplementedError


class Photos(Writer):
    """Attachments: whole once they are kept, whole or not there before."""

    def __init__(self, rng: Random) -> None:
        super().__init__(rng)
        self.sent: dict[str, bytes] = {}
        self.kept: set[str] = set()

    def act(self, home: Path, number: int) -> None:
        """Keep a file."""
        name = f"photograph{number:04d}"
        self.sent[name] = self.rng.randbytes(self.rng.randrange(1, 400))
        FolderFiles(home / "attachments").put(name, self.sent[name])
        self.kept.add(name)

    def faults(self, home: Path) -> list[str]:
        """Compare each file with what was sent."""
        files = FolderFiles(home / "attachments")
        found = {name: files.get(name) for name in self.sent}
        lost = [f"{name} is gone" for name in self.kept if found[name] is None]
        return lost + [
            f"{name} is not whole"
            for name, data in found.items()
            if data not in (None, self.sent[name])
        ]


class Seals(Writer):
    """The journal's seals: a line that was added stays, and the next begins anew."""

    def __init__(self, rng: Random) -> None:
        super().__init__(rng)
        self.sent: list[bytes] = []
        self.kept: list[bytes] = []

    def act(self, home: Path, number: int) -> None:
        """Add a line."""
        line = f'{{"seal": {number}, "of": "{self.rng.randbytes(20).hex()}"}}'.encode()
        self.sent.append(line)
        FolderAnchor(home / "anchor").append(line, day=DAY)
        self.kept.append(line)

    def faults(self, home: Path) -> list[str]:
        """Look for each line, and for the next one that is added after the power is back."""
        anchor, last = FolderAnchor(home / "anchor"), b'{"seal": "after"}'
        anchor.append(last, day=DAY)
        lines = [line for day in anchor.days() for line in anchor.lines(day)]
        lost = [line for line in (*self.kept, last) if line not in lines]
        return [f"the seal {line.decode()} is gone" for line in lost]


class Keys(Writer):
    """Master keys: one that was given out can be read, and is the same."""

    def __init__(self, rng: Random) -> None:
        super().__init__(rng)
        self.kept: dict[int, str] = {}

    def act(self, home: Path, number: int) -> None:
        """Make the key of a generation."""
        keeper = FileKeeper(home / "keys" / "master")
        keeper.make(number + 1, suite="intl")
        self.kept[number + 1] = keeper.check_value(number + 1)

    def faults(self, home: Path) -> list[str]:
        """Read each key again; whatever is listed must be whole."""
        keeper, found = FileKeeper(home / "keys" / "master"), dict[int, str]()
        for generation in {*self.kept, *keeper.generations()}:
            with suppress(KeyMissing):
                found[generation] = keeper.check_value(generation)
        torn = [n for n in keeper.generations() if n not in found]
        return [f"key {n} is torn" for n in torn] + [
            f"key {n} is gone or another" for n, value in self.kept.items() if found.get(n) != value
        ]


class Secrets(Writer):
    """Secrets that are made once: there and whole once they were made."""

    def __init__(self, rng: Random) -> None:
        super().__init__(rng)
        self.kept: dict[str, str] = {}

    def act(self, home: Path, number: int) -> None:
        """Make one."""
        text = self.rng.randbytes(30).hex()
        if write_once(home / f"secret{number}", text):
            self.kept[f"secret{number}"] = text

    def faults(self, home: Path) -> list[str]:
        """Read each again."""
        texts = {path.name: path.read_text() for path in home.glob("secret?")}
        lost = [f"{name} is gone" for name, text in self.kept.items() if texts.get(name) != text]
        return lost + [f"{name} is torn" for name, text in texts.items() if len(text) != 60]


WRITERS: tuple[type[Writer], ...] = (Photos, Seals, Keys, Secrets)


@dataclass
class Outcome:
    """How often the power went, and what was wrong afterwards, with what was being written."""

    cuts: int = 0
    faults: list[str] = field(default_factory=list)


def cut_power(count: int, *, seed: int, writers: tuple[type[Writer], ...] = WRITERS) -> Outcome:
    """Write, lose the power so many times at moments drawn by lot, and look what is there."""
    rng, outcome = Random(seed), Outcome()  # noqa: S311  # no secret
    while outcome.cuts < count:
        for kind in writers:
            _write_and_cut(kind(rng), outcome, most=count, rng=rng)
    return outcome


def _write_and_cut(writer: Writer, outcome: Outcome, *, most: int, rng: Random) -> None:
    with TemporaryDirectory(prefix="linli-bench-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        with watched(home, lambda: None) as disk:
            disk.at_each = _cutter(writer, outcome, disk.leave, Path(folder), most=most, rng=rng)
            for number in range(ACTS):
                writer.act(home, number)
                disk.at_each()


def _cutter(
    writer: Writer,
    outcome: Outcome,
    leave: Callable[..., None],
    folder: Path,
    *,
    most: int,
    rng: Random,
) -> Callable[[], None]:
    def cut() -> None:
        if rng.random() < 0.4 or outcome.cuts >= most:
            return
        with TemporaryDirectory(dir=folder) as place:
            found = Path(place) / "home"
            leave(found, rng=rng)
            outcome.cuts += 1
            name = type(writer).__name__.lower()
            outcome.faults += [f"{name}: {fault}" for fault in writer.faults(found)]

    return cut
