"""Facts about packs."""

from dataclasses import dataclass
from typing import ClassVar

from linli.kernel.events import Event


@dataclass(frozen=True)
class PackPublished(Event):
    """A version of a pack was put in force; how much it changed against the one before."""

    name: ClassVar[str] = "pack_published"
    subject_type: ClassVar[str] = "pack"
    subject_field: ClassVar[str] = "pack"
    pack: str
    version: str
    sha256: str
    before: str
    changes: int


@dataclass(frozen=True)
class DraftFact(Event):
    """A fact about a draft of a pack; `draft` is its public id."""

    subject_type: ClassVar[str] = "pack_draft"
    subject_field: ClassVar[str] = "draft"
    draft: str
    pack: str


@dataclass(frozen=True)
class DraftBegun(DraftFact):
    """Somebody began to work on the next version of a pack."""

    name: ClassVar[str] = "draft_begun"
    base: str


@dataclass(frozen=True)
class DraftChanged(DraftFact):
    """An entry of a draft was written or taken out."""

    name: ClassVar[str] = "draft_changed"
    area: str
    code: str
    is_removed: bool


@dataclass(frozen=True)
class DraftProposed(DraftFact):
    """A draft waits for a second person."""

    name: ClassVar[str] = "draft_proposed"
    why: str


@dataclass(frozen=True)
class DraftDecided(DraftFact):
    """A second person put a draft in force, or did not; `version` is what came of it."""

    name: ClassVar[str] = "draft_decided"
    granted: bool
    version: str
    reason: str


@dataclass(frozen=True)
class DraftDropped(DraftFact):
    """A draft was given up."""

    name: ClassVar[str] = "draft_dropped"
