"""Whoever sent a message, as far as anybody needs it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

NAME, PHONE = FIELDS = ("reporter_name", "reporter_phone")


@dataclass(frozen=True)
class Reporter:
    """Name and telephone number, "" where not given; not printed by accident."""

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)


def reporter_from(values: Mapping[str, str]) -> Reporter:
    """Return the reporter of values by field.

    >>> reporter_from({"reporter_phone": "138****1234"}).phone
    '138****1234'
    """
    return Reporter(values.get(NAME, ""), values.get(PHONE, ""))
