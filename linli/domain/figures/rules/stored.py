"""Sheets as they are stored: headings and counts as plain JSON, and back."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from linli.domain.figures.rules.sheets import Heading, Key, RateHeading, Sheet

Plain = dict[str, Any]


def headings_of(sheet: Sheet) -> Plain:
    """Return the headings of a sheet as JSON."""
    return {
        "places": [asdict(heading) for heading in sheet.places],
        "matters": [asdict(heading) for heading in sheet.matters],
        "units": [asdict(heading) for heading in sheet.units],
        "rates": [asdict(rate) for rate in sheet.rates],
    }


def sheet_from(headings: Plain, cells: Mapping[Key, int]) -> Sheet:
    """Return the sheet of stored headings and counts."""
    rates = (RateHeading(**{**r, "weights": tuple(r["weights"])}) for r in headings["rates"])
    places, matters, units = (
        tuple(Heading(**heading) for heading in headings[kind])
        for kind in ("places", "matters", "units")
    )
    return Sheet(places, matters, units, tuple(rates), cells)


def counts_of(sheet: Sheet) -> list[list[str | int]]:
    """Return every count with its place, as JSON."""
    return [[*key, count] for key, count in sheet.cells.items()]


def cells_from(counts: Iterable[list[Any]]) -> dict[Key, int]:
    """Return counts by their place, from JSON."""
    return {Key(table, row, column): count for table, row, column, count in counts}


def digest_of(headings: Plain, shown: Mapping[Key, int | None]) -> str:
    """Return the SHA-256 of what is released, in hexadecimal."""
    body = {"headings": headings, "cells": sorted([*key, n] for key, n in shown.items())}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
