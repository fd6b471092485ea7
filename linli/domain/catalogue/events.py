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
