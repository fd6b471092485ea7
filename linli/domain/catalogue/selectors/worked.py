"""What packs in force show beside their rules: worked examples, and when a matter begins and ends.

Serves: R105.
"""

from dataclasses import dataclass
from functools import lru_cache

from linli.domain.catalogue.models import Pack
from linli.domain.catalogue.rules.files import MatterDef
from linli.domain.catalogue.rules.worked import ExpectDef, StepDef, WorkedDef

__all__ = [
    "Conditions",
    "ExpectDef",
    "StepDef",
    "WorkedDef",
    "conditions_of",
    "worked_examples",
]


@dataclass(frozen=True)
class Conditions:
    """When a matter is to be taken up, and when it counts as done; "" where nothing is said."""

    filing: str
    filing_en: str
    closing: str
    closing_en: str


def worked_examples(standard: str) -> list[WorkedDef]:
    """The worked examples of a standard that packs in force hold, by code."""
    contents = Pack.objects.filter(status=Pack.Status.PUBLISHED).values_list(
        "content__worked", flat=True
    )
    found = (entry for entries in contents for entry in entries or ())
    own = (WorkedDef.model_validate(one) for one in found if one["standard"] == standard)
    return sorted(own, key=lambda worked: worked.worked)


def conditions_of(matter: str, *, state: str) -> Conditions:
    """Return when a matter begins and ends, as its pack says.

    Parameters
    ----------
    state : `published_state()`; the conditions are kept in the process until it changes.
    """
    return _conditions(state).get(matter, Conditions("", "", "", ""))


@lru_cache(maxsize=2)
def _conditions(state: str) -> dict[str, Conditions]:
    contents = Pack.objects.filter(status=Pack.Status.PUBLISHED).values_list(
        "content__matters", flat=True
    )
    waiting = [MatterDef.model_validate(root) for roots in contents for root in roots or ()]
    found: dict[str, Conditions] = {}
    while waiting:
        one = waiting.pop()
        waiting += one.children
        said = (one.filing, one.filing_en, one.closing, one.closing_en)
        if any(said):
            found[one.code] = Conditions(*(text or "" for text in said))
    return found
