"""Facts about keys and persons; references only, since nothing leaves the journal again."""

from dataclasses import dataclass
from typing import ClassVar

from linli.kernel.events import Event


@dataclass(frozen=True)
class PersonErased(Event):
    """The key of a case's personal data was destroyed."""

    name: ClassVar[str] = "person_erased"
    subject_type: ClassVar[str] = "case"
    subject_field: ClassVar[str] = "case_ref"
    case_ref: str


@dataclass(frozen=True)
class PersonLocked(Event):
    """The personal data of a case were shut: kept, and opened to nobody any more."""

    name: ClassVar[str] = "person_locked"
    subject_type: ClassVar[str] = "case"
    subject_field: ClassVar[str] = "case_ref"
    case_ref: str


@dataclass(frozen=True)
class MasterKeyMade(Event):
    """A generation of the master key came into use."""

    name: ClassVar[str] = "master_key_made"
    subject_type: ClassVar[str] = "master_key"
    subject_field: ClassVar[str] = "generation"
    generation: int
    suite: str


@dataclass(frozen=True)
class MasterKeyRetired(Event):
    """A generation of the master key was destroyed after nothing needed it any more."""

    name: ClassVar[str] = "master_key_retired"
    subject_type: ClassVar[str] = "master_key"
    subject_field: ClassVar[str] = "generation"
    generation: int
