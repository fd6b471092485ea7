"""Planted faults: one small mistake each, and the tests that should find it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

NUMBERS = Path(__file__).with_name("_sabotage.yaml")
FOLDER = Path("tests/sabotage")  # in the tree; a file an area


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Number(_Strict):
    value: int
    unit: str
    valid_from: object
    source: str
    confidence: str


class Numbers(_Strict):
    """What is asked of a run; see the head of `_sabotage.yaml`."""

    least_tried: _Number
    least_caught: _Number
    longest: _Number

    def is_enough(self, caught: int, *, tried: int) -> bool:
        """Whether so many of so many are the share that is asked for, and there were any."""
        asked = self.least_caught.value * tried
        return tried > 0 and caught * self.least_tried.value >= asked


class _Entry(_Strict):
    """A fault as a file has it."""

    name: str = Field(min_length=10)
    file: str
    old: str = Field(min_length=1)
    new: str
    tests: tuple[str, ...] = Field(min_length=1)
    hangs: bool = False


@dataclass(frozen=True)
class PlantedFault:
    """A planted fault.

    Parameters
    ----------
    area : stem of the file that lists it. name : what is wrong, a sentence.
    file : path in the tree. old : what stands in it exactly once. new : what is put there.
    tests : files or ids that should find it.
    hangs : whether the tests find it by never ending.
    """

    area: str
    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    hangs: bool

    def planted_in(self, text: str) -> str:
        """Return the file's text with the fault in it. Raises ValueError unless it fits once."""
        count = text.count(self.old)
        if count != 1:
            raise ValueError(f"{self.name}: what is to be replaced stands {count} times")
        return text.replace(self.old, self.new)


def read_numbers() -> Numbers:
    """Return what is asked of a run."""
    return Numbers.model_validate(yaml.safe_load(NUMBERS.read_text(encoding="utf-8")))


def read_faults(root: Path) -> Sequence[PlantedFault]:
    """Return all planted faults of a tree, area by area. Raises ValueError for a bad entry."""
    return [
        PlantedFault(path.stem, **_Entry.model_validate(entry).model_dump())
        for path in sorted((root / FOLDER).glob("*.yaml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]
