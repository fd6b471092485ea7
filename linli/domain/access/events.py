"""Facts about accounts."""

from dataclasses import dataclass
from typing import ClassVar

from linli.kernel.events import Event


@dataclass(frozen=True)
class UserCreated(Event):
    """An account was opened."""

    name: ClassVar[str] = "user_created"
    subject_type: ClassVar[str] = "user"
    subject_field: ClassVar[str] = "username"
    username: str
    is_demo: bool


@dataclass(frozen=True)
class TokenIssued(Event):
    """A key was issued to another system."""

    name: ClassVar[str] = "token_issued"
    subject_type: ClassVar[str] = "user"
    subject_field: ClassVar[str] = "username"
    username: str
    token_name: str
    scopes: list[str | int]


@dataclass(frozen=True)
class TokenRevoked(Event):
    """A key was taken back; it opens nothing from the next request on."""

    name: ClassVar[str] = "token_revoked"
    subject_type: ClassVar[str] = "user"
    subject_field: ClassVar[str] = "username"
    username: str
    token_name: str
