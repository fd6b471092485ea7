"""Ways to break a backup folder, to see that each is refused: what a bench and tests do to copies.

Every damage touches a file that the plan needs, and says which; it is undone before the next.
"""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from linli.config.backup.manifest import MANIFEST
from linli.config.backup.planning import Plan

Damage = Callable[[Path, Path, random.Random], None]


def flip_a_bit(path: Path, _: Path, chance: random.Random) -> None:
    """Change one bit anywhere."""
    place = chance.randrange(path.stat().st_size)
    with path.open("r+b") as file:
        file.seek(place)
        (byte,) = file.read(1)
        file.seek(place)
        file.write(bytes([byte ^ (1 << chance.randrange(8))]))


def cut_short(path: Path, _: Path, chance: random.Random) -> None:
    """Lose the end."""
    with path.open("r+b") as file:
        file.truncate(chance.randrange(path.stat().st_size))


def lengthen(path: Path, _: Path, chance: random.Random) -> None:
    """Get bytes too many."""
    with path.open("ab") as file:
        file.write(chance.randbytes(chance.randint(1, 5000)))


def lose(path: Path, _: Path, __: random.Random) -> None:
    """Lose the whole file."""
    path.unlink()


def take_anothers(path: Path, other: Path, _: random.Random) -> None:
    """Bear the content of another file of the same kind."""
    shutil.copyfile(other, path)


def lose_a_middle(path: Path, _: Path, chance: random.Random) -> None:
    """Lose some bytes from inside."""
    data = path.read_bytes()
    place = chance.randrange(len(data))
    path.write_bytes(data[:place] + data[place + 1 + chance.randrange(4096) :])


DAMAGES: tuple[Damage, ...] = (
    flip_a_bit,
    cut_short,
    lengthen,
    lose,
    take_anothers,
    lose_a_middle,
)


@dataclass(frozen=True)
class Done:
    """One damage: what was done, and to which file, named from the backup folder."""

    what: str
    place: str


class Breaker:
    """Breaks one file after the other, by chance that a seed decides."""

    def __init__(self, plan: Plan, *, seed: int) -> None:
        store = plan.store
        self._root = store.folder
        self._chance = random.Random(seed)  # noqa: S311  # a repeatable choice, no secret
        parts = [
            [store.sets / made.name / part.name for made in plan.chain]
            for part in plan.chain[0].parts
        ]
        self._kinds = [
            *parts,
            [store.sets / made.name / MANIFEST for made in plan.chain],
            [store.wal / name for name in plan.log],
            [store.files / name for name in plan.files],
            [store.head],
        ]
        self._kinds = [kind for kind in self._kinds if kind]

    @contextmanager
    def broken(self, number: int) -> Iterator[Done]:
        """Have one file broken for a block; kinds of damage take turns."""
        kind = self._chance.choice(self._kinds)
        path = self._chance.choice(kind)
        every = [other for alike in self._kinds for other in alike]
        others = [other for other in kind if other != path]
        others = others or [other for other in every if other != path]
        damage = DAMAGES[number % len(DAMAGES)]
        kept = path.with_name(path.name + ".kept")
        shutil.copy2(path, kept)
        try:
            damage(path, self._chance.choice(others), self._chance)
            yield Done(damage.__name__, str(path.relative_to(self._root)))
        finally:
            kept.rename(path)
