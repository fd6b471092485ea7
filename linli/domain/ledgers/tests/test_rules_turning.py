"""What an address says of a list is read, or refused as a whole."""

import base64
from datetime import UTC, datetime

import pytest

from linli.domain.ledgers.rules.turning import cursor_of, finite, read_bounds, read_cursor, stored

AT = datetime(2026, 11, 25, 8, tzinfo=UTC)


def packed(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


@pytest.mark.parametrize(("kind", "place"), [("moment", AT), ("text", "甲"), ("number", -1.5)])
def test_a_cursor_is_read_as_it_was_written(kind, place):
    assert read_cursor(cursor_of(place, 7), kind) == (place, 7)


@pytest.mark.parametrize("kind", ["moment", "text", "number"])
@pytest.mark.parametrize(
    "text",
    [
        "%",
        "é",
        packed("["),
        packed("[" * 50_000),
        packed("7"),
        packed("[1]"),
        packed('{"a":1,"b":2}'),
        packed('["a", 1e999]'),
        packed('["a", true]'),
        packed('["a", -1]'),
        packed('["\\u0000", 1]'),
        packed('["\\ud800", 1]'),
        packed("[1e999, 1]"),
        packed("[NaN, 1]"),
        packed("[null, 1]"),
        packed('["2026-11-25T08:00:00"]'),
    ],
)
def test_what_is_no_cursor_is_refused(kind, text):
    with pytest.raises(ValueError):  # noqa: PT011  # any is told alike
        read_cursor(text, kind)


def test_ends_of_a_range_are_read_and_what_cannot_be_compared_is_refused():
    assert read_bounds("2 .. 3", finite) == (2.0, 3.0)
    assert read_bounds("..", finite) == (None, None)
    for text in ("nan", "1..inf", "1e999", "a..b"):
        with pytest.raises(ValueError):  # noqa: PT011  # any is told alike
            read_bounds(text, finite)
    for text in ("\0", "\ud800"):
        with pytest.raises(ValueError):  # noqa: PT011  # any is told alike
            stored(text)
