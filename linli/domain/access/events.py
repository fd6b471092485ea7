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
