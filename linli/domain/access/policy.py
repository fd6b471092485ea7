"""The one policy table: role × act × relation × confidentiality × state, read from `policy.yaml`.

Nothing else decides: pages, API, exports and counts all ask this table. What it does not grant
is refused.

Serves: R033 R129.
"""

from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

FILE = Path(__file__).with_name("policy.yaml")


class Role(StrEnum):
    """What a post is for. Residents need no post; they hold a receipt code."""

    CLERK = "clerk"
    HANDLER = "handler"
    SUPERVISOR = "supervisor"
    ANALYST = "analyst"
    LEADER = "leader"
    COUNSELLOR = "counsellor"
    ADMIN = "admin"
    SECURITY_ADMIN = "security_admin"
    AUDITOR = "auditor"


class Reach(StrEnum):
    """How a row must stand to a post: inside its area, worked on by its unit, or above its area."""

    AREA = "area"
    UNIT = "unit"
    ABOVE = "above"


class Level(StrEnum):
    """Confidentiality of a row, the lowest first."""

    ORDINARY = "ordinary"
    SENSITIVE = "sensitive"
    SEALED = "sealed"

    def below(self) -> tuple["Level", ...]:
        """Return this level and all that are lower, lowest first."""
        levels = tuple(Level)
        return levels[: levels.index(self) + 1]


State = Literal["any", "open", "closed"]


class Strict(BaseModel):
    """A part of a data file: frozen once read, and a key that it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Named(Strict):
    """Something with a name in both languages."""

    zh: str
    en: str

    def name(self, lang: str = "zh-hans") -> str:
        """Return the name in the language asked for; Chinese unless English is."""
        return self.en if lang.startswith("en") else self.zh


class ActDef(Named):
    """An act: its names, and what a grant of it is judged by."""

    of: Literal["case", "rendition", "record", "office"]


class Grant(Strict):
    """What lets a role do some acts, and how far; see the head of `policy.yaml`."""

    acts: tuple[str, ...] = Field(min_length=1)
    over: Reach
    up_to: Level = Level.ORDINARY
    state: State = Field("any", alias="while")

    def levels(self, clearance: str = "") -> tuple[Level, ...]:
        """Return the levels it reaches in the hands of a post with a clearance, lowest first."""
        own = self.up_to.below()
        cleared = Level(clearance).below() if clearance else ()
        return max(own, cleared, key=len)


class PolicyTable(Strict):
    """The table whole. Refuses acts that are not listed and acts that nobody is granted."""

    roles: dict[Role, Named]
    acts: dict[str, ActDef]
    grants: dict[Role, tuple[Grant, ...]]

    @model_validator(mode="after")
    def _acts_and_grants_fit(self) -> "PolicyTable":
        granted = {act for grants in self.grants.values() for grant in grants for act in grant.acts}
        if odd := granted ^ self.acts.keys():
            raise ValueError(f"acts listed or granted, but not both: {sorted(odd)}")
        if missing := (set(Role) - self.grants.keys()) | (set(Role) - self.roles.keys()):
            raise ValueError(f"roles without a name or a row: {sorted(missing)}")
        return self


def read_policy(text: str) -> PolicyTable:
    """Read a policy table. Raises ValueError where it does not fit together."""
    return PolicyTable.model_validate(yaml.safe_load(text))


POLICY = read_policy(FILE.read_text(encoding="utf-8"))
ACTS: frozenset[str] = frozenset(POLICY.acts)
_GRANTS: MappingProxyType[tuple[str, str], tuple[Grant, ...]] = MappingProxyType(
    {
        (role.value, act): tuple(grant for grant in grants if act in grant.acts)
        for role, grants in POLICY.grants.items()
        for act in POLICY.acts
    }
)


def grants_of(role: str, act: str) -> tuple[Grant, ...]:
    """Return what lets a role do an act; empty where the table does not grant it."""
    return _GRANTS.get((role, act), ())
