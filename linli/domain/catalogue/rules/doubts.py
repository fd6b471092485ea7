"""How many values of a standard rest on a source, and how many of those nobody has checked yet.

Serves: R014 R042.
"""

from collections.abc import Iterator

from pydantic import BaseModel

from linli.domain.catalogue.rules.standard import StandardDef
from linli.domain.catalogue.rules.terms import Cited


def doubts_of(standard: StandardDef) -> tuple[int, int]:
    """How many values of a standard rest on a source, and how many of them are unverified."""
    known = [value for value in _values(standard) if value.source]
    return len(known), sum(value.confidence == "unverified" for value in known)


def _values(part: object) -> Iterator[Cited]:
    """Every cited value below a part of a standard, the standard itself left out."""
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            below = getattr(part, name)
            if isinstance(below, Cited):
                yield below
            yield from _values(below)
    elif isinstance(part, tuple | dict):
        for below in part.values() if isinstance(part, dict) else part:
            if isinstance(below, Cited):
                yield below
            yield from _values(below)
