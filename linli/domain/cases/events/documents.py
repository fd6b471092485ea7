"""Facts about documents made from templates."""

from dataclasses import dataclass
from typing import ClassVar

from linli.domain.cases.events.base import CaseFact


@dataclass(frozen=True)
class DocumentMade(CaseFact):
    """A document was made; `template` is the hash of its template, `sha256` of all that it says."""

    name: ClassVar[str] = "document_made"
    document: str
    code: str
    template: str
    sha256: str
