"""Facts about attachments, in the past tense."""

from dataclasses import dataclass
from typing import ClassVar

from linli.domain.cases.events import CaseFact


@dataclass(frozen=True)
class PhotosAdded(CaseFact):
    """Photographs were added to a case; the fact holds how many, and nothing of what they show."""

    name: ClassVar[str] = "photos_added"
    count: int
    is_public: bool


@dataclass(frozen=True)
class PhotosErased(CaseFact):
    """Photographs of a case were deleted, the files with them."""

    name: ClassVar[str] = "photos_erased"
    count: int
