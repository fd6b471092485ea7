"""What all facts about cases share."""

from dataclasses import dataclass
from typing import ClassVar

from linli.kernel.events import Event


@dataclass(frozen=True)
class CaseFact(Event):
    """A fact about one case; `case_ref` is its public id."""

    subject_type: ClassVar[str] = "case"
    subject_field: ClassVar[str] = "case_ref"
    case_ref: str
