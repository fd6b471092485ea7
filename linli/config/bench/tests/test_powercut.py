"""The power goes while files are written, often enough for every run.

Serves: X02.
"""

import os
from random import Random

from linli.config.bench._powercut_run import Writer, cut_power

CUTS, SEED = 160, 20261124


class Careless(Writer):
    """Writes a file and says that it is kept, as a program does that knows nothing of disks."""

    syncs = False

    def __init__(self, rng: Random) -> None:
        super().__init__(rng)
        self.kept: dict[str, bytes] = {}

    def act(self, home, number):
        path = home / f"file{number}"
        self.kept[path.name] = self.rng.randbytes(50)
        with path.open("wb", buffering=0) as file:
            file.write(self.kept[path.name])
            if self.syncs:
                os.fsync(file.fileno())

    def faults(self, home):
        there = {path.name: path.read_bytes() for path in home.iterdir()}
        return [name for name, data in self.kept.items() if there.get(name) != data]


class HalfCareless(Careless):
    """Brings the content to the disk and forgets the name."""

    syncs = True


def test_what_was_kept_is_there_whole_after_the_power_went():
    outcome = cut_power(CUTS, seed=SEED)

    assert (outcome.cuts, outcome.faults) == (CUTS, [])


def test_a_file_that_was_not_brought_to_the_disk_is_missed():
    assert cut_power(20, seed=SEED, writers=(Careless,)).faults


def test_a_name_that_was_not_brought_to_the_disk_is_missed():
    assert cut_power(20, seed=SEED, writers=(HalfCareless,)).faults
