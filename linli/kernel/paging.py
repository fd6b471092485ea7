"""A page of a long list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a list.

    Parameters
    ----------
    items : the rows of this page.
    number : page number, from 1.
    size : rows a page, > 0.
    total : rows in all; an upper bound of counting, see `is_counted`.
    is_counted : False where counting stopped early and `total` means "at least".
    """

    items: Sequence[Item]
    number: int
    size: int
    total: int
    is_counted: bool = True

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def has_next(self) -> bool:
        """Whether a page follows."""
        return self.number < self.pages

    @property
    def has_previous(self) -> bool:
        """Whether a page goes before."""
        return self.number > 1
