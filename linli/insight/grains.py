"""Which extracts there are, and what a row of each stands for; read from `grains.yaml`."""

from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

FILE = Path(__file__).with_name("grains.yaml")
Part = Literal["key", "time", "area", "matter", "unit", "channel", "count"]


class Grain(BaseModel):
    """An extract: its names in both languages, and what each of its columns is.

    A column that is no key, dimension or count cannot be registered.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    zh: str
    en: str
    columns: Annotated[dict[str, Part], Field(min_length=2)]


def read_grains(text: str) -> dict[str, Grain]:
    """Read a register of extracts, by table. Raises ValueError where a column is none of these."""
    return {table: Grain.model_validate(entry) for table, entry in yaml.safe_load(text).items()}


GRAINS = read_grains(FILE.read_text(encoding="utf-8"))
