"""The items, read strictly: an unknown check, or an item that nothing answers, is refused."""

from collections.abc import Collection
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

FILE = Path(__file__).with_name("items.yaml")


class Item(BaseModel):
    """What the standard asks, in our own words.

    Parameters
    ----------
    id, clause : ours, and the standard's.
    checks : names of checks, run each time. tests : files that show what no look can show.
    answered : where whoever runs the site answers it: a document of ours, or outside the program.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    clause: str
    zh: str
    en: str
    checks: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    answered: str = ""
    kind: Literal["checked", "document", "outside"] = "checked"
    confidence: Literal["verified", "unverified"] = "unverified"

    @model_validator(mode="after")
    def _is_answered(self) -> Self:
        if self.kind == "checked" and not self.checks:
            raise ValueError(f"{self.id}: nothing checks it")
        if self.kind != "checked" and not self.answered:
            raise ValueError(f"{self.id}: nothing says where it is answered")
        return self

    def name(self, lang: str) -> str:
        """Return what is asked, in a language."""
        return self.en if lang.startswith("en") else self.zh


def items(*, known: Collection[str]) -> list[Item]:
    """Return the items. Raises ValueError for a check that nobody wrote or an id given twice."""
    found = [Item.model_validate(row) for row in yaml.safe_load(FILE.read_text(encoding="utf-8"))]
    unknown = {name for item in found for name in item.checks} - set(known)
    if unknown or len({item.id for item in found}) < len(found):
        raise ValueError(f"unknown checks {sorted(unknown)}, or an id twice")
    return found
