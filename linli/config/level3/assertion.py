"""One thing that was looked at, in the system that runs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Assertion:
    """What holds or does not.

    Parameters
    ----------
    subject : what was looked at, the same in both languages: a file, a role, an address.
    is_well : whether it is as it must be.
    found : what was seen, for whoever must put it right; no word of anybody.
    advice : a command or setting that both languages can read.
    in_production : asked of a site in production only; elsewhere it is told and does not count.
    """

    subject: str
    is_well: bool
    found: str = ""
    advice: str = ""
    in_production: bool = False


Check = Callable[[], Iterator[Assertion]]
