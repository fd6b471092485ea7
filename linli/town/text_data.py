"""Reads the town's texts, names and numbers, which lie in YAML beside the code."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict

DATA = Path(__file__).parent / "data"

Shape = TypeVar("Shape", bound="Checked")


class Checked(BaseModel):
    """A shape of a data file: a key that it does not know is refused with its path."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def read_data(name: str, *, shape: type[Shape]) -> Shape:
    """Return the data file of that name, checked against its shape."""
    text = (DATA / f"{name}.yaml").read_text(encoding="utf-8")
    return shape.model_validate(yaml.safe_load(text))


def data_names(folder: str) -> list[str]:
    """Return the names, in order, of the data files in one folder below `data`."""
    return [f"{folder}/{path.stem}" for path in sorted((DATA / folder).glob("*.yaml"))]
