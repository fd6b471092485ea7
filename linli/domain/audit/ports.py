"""What the journal asks of whoever acts."""

from typing import Protocol


class Who(Protocol):
    """An actor, as far as the journal cares."""

    @property
    def user_id(self) -> int | None: ...

    @property
    def name(self) -> str: ...
