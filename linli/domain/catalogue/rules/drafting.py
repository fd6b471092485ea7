"""The next version of a pack while people work on it: its parts, its files, its number.

Serves: R014.
"""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy

from linli.domain.catalogue.rules.content import Json
from linli.domain.catalogue.rules.templates import template_files
from linli.domain.catalogue.rules.yaml_tree import Plain

# Lists of a pack's content that can be edited entry by entry, with the key that names an entry.
KEYS: Mapping[str, str] = {
    "sources": "id",
    "matters": "code",
    "parameters": "code",
    "standards": "standard",
    "ledgers": "ledger",
    "years": "year",
    "worked": "worked",
}


def files_of(body: Json) -> dict[str, bytes]:
    """Return the files that a stored content would be, JSON being YAML, to be checked as such."""
    parts: dict[str, Plain] = {"pack.yaml": body["pack"], "hours.yaml": body.get("hours")}
    for area in ("sources", "matters", "urgency", "parameters"):
        parts[f"{area}.yaml"] = body.get(area)
    parts["examples/all.yaml"] = body.get("examples")
    parts["examples/worked_all.yaml"] = body.get("worked")
    for area in ("standards", "ledgers"):
        for place, entry in enumerate(_list(body.get(area))):
            parts[f"{area}/{place + 1}.yaml"] = entry
    for year in _list(body.get("years")):
        parts[f"calendar/{year['year'] if isinstance(year, dict) else ''}.yaml"] = year
    files = {name: _written(part) for name, part in parts.items() if part not in (None, [])}
    return files | template_files(body.get("templates"))


def next_version(version: str) -> str:
    """Return the number of a change made here, above a version and below the next one shipped.

    >>> next_version("2026.5"), next_version("2026.5.1")
    ('2026.5.1', '2026.5.2')
    """
    parts = [int(part) for part in version.split(".")]
    return ".".join(map(str, [*parts, 1] if len(parts) < 3 else [*parts[:2], parts[2] + 1]))


def is_changed_here(version: str, *, shipped: str) -> bool:
    """Whether a version was made here from a shipped one."""
    return version.startswith(f"{shipped}.")


def blank(code: str, *, title: str, title_en: str, valid_from: str) -> Json:
    """Return a pack with nothing in it but its head and a source of one's own."""
    own: Plain = {
        "id": "ours",
        "title": "本单位规定",
        "seen_on": valid_from,
        "confidence": "unverified",
        "note": "本单位自行规定的数值；核对依据后改写。",
    }
    head: Plain = {
        "pack": code,
        "version": f"{valid_from[:4]}.1",
        "title": title,
        "title_en": title_en,
        "valid_from": valid_from,
    }
    return {"pack": head, "sources": [own], "matters": [], "standards": []}


def with_entry(body: Json, area: str, code: str, entry: Plain) -> Json:
    """Return a content in which an entry of a list stands as given, at its place or the end.

    Matters are found at any depth. Raises KeyError for an area that cannot be edited so.
    """
    key, new = KEYS[area], deepcopy(body)
    entries = _list(new.setdefault(area, []))
    for place in _lists(entries):
        for index, old in enumerate(place):
            if isinstance(old, dict) and str(old.get(key)) == code:
                place[index] = entry
                return new
    entries.append(entry)
    new[area] = entries
    return new


def without_entry(body: Json, area: str, code: str) -> Json:
    """Return a content in which an entry of a list is gone. Raises KeyError as `with_entry`."""
    key, new = KEYS[area], deepcopy(body)
    for place in _lists(_list(new.get(area))):
        place[:] = [one for one in place if not (isinstance(one, dict) and _is(one, key, code))]
    return new


def entry_of(body: Json, area: str, code: str) -> Plain:
    """Return an entry of a list; None where there is none. Raises KeyError as `with_entry`."""
    key = KEYS[area]
    for place in _lists(_list(body.get(area))):
        for one in place:
            if isinstance(one, dict) and _is(one, key, code):
                return one
    return None


def _is(entry: Mapping[str, Plain], key: str, code: str) -> bool:
    return str(entry.get(key)) == code


def _lists(entries: list[Plain]) -> Iterator[list[Plain]]:
    """Yield a list of entries and those below it."""
    yield entries
    for entry in entries:
        if isinstance(entry, dict) and isinstance(entry.get("children"), list):
            yield from _lists(_list(entry["children"]))


def _list(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else []


def _written(part: Plain) -> bytes:
    return json.dumps(part, ensure_ascii=False, indent=1).encode()
