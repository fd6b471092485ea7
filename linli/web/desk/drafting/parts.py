"""What lies below a part of an entry, above it, and beside it: the links of an editing page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from linli.domain.catalogue.selectors.drafts import KEYS, SHAPES, PackDraft
from linli.web.desk.drafting.labels import key_words
from linli.web.desk.drafting.nodes import Node
from linli.web.desk.drafting.slots import Shape, Slot, slots_of
from linli.web.ui.languages import is_english

Plain = Any
TELLING = ("title", "name", "text", "says", "code", "key", "id", "do", "to", "year", "worked")
AREA_WORDS = {
    "standards": noop("标准"),
    "ledgers": noop("台账"),
    "matters": noop("事项"),
    "sources": noop("来源"),
    "parameters": noop("参数"),
    "years": noop("日历年度"),
}


@dataclass(frozen=True)
class Part:
    """A part on a page of its own; `mark` names it in the buttons that move or remove it."""

    words: str
    url: str
    mark: str
    is_first: bool


@dataclass(frozen=True)
class Below:
    """The parts under one key: those there are, and whether more may be added, by a name."""

    label: str
    slot: str
    parts: list[Part]
    may_add: bool
    needs_name: bool
    is_ordered: bool


@dataclass(frozen=True)
class Area:
    """The entries of one kind in a draft."""

    code: str
    label: str
    parts: list[Part]


def part_url(draft: PackDraft, area: str, code: str, steps: Sequence[str]) -> str:
    """Return the address of a part."""
    url = reverse("desk:draft-entry", args=[draft.public_id, area, code])
    return f"{url}?at={'.'.join(steps)}" if steps else url


def areas_of(draft: PackDraft) -> list[Area]:
    """Return the entries of a draft, by kind."""
    found = []
    for area in SHAPES:
        rows = [
            Part(f"{words_of(entry)}（{code}）", part_url(draft, area, code, ()), code, False)
            for entry in _flat(draft.content.get(area) or [])
            for code in [str(entry.get(KEYS[area], ""))]
        ]
        found.append(Area(area, _(AREA_WORDS[area]), rows))
    return found


def parts_of(draft: PackDraft, area: str, code: str, node: Node) -> list[Below]:
    """Return what lies below a part, by key."""
    below = []
    for slot in slots_of(node.shape):
        if slot.kind not in ("list", "map", "node") or slot.name == "children":
            continue
        parts = [
            Part(words, part_url(draft, area, code, (*node.steps, *steps)), ".".join(steps), first)
            for words, steps, first in _held(slot, node.value.get(slot.name))
        ]
        may_add = slot.kind != "node" or not parts
        named = slot.kind == "map"
        below.append(
            Below(key_words(slot.name), slot.name, parts, may_add, named, slot.kind == "list")
        )
    return below


def trail_of(
    draft: PackDraft, area: str, code: str, entry: dict[str, Plain], node: Node
) -> list[tuple[str, str]]:
    """Return the way down to a part: words and address of each part above it, and its own words."""
    trail = [(words_of(entry), part_url(draft, area, code, ()))]
    here: Plain = entry
    for place, step in enumerate(node.steps, start=1):
        here = here[int(step)] if isinstance(here, list) else here.get(step)
        above = node.steps[:place]
        if len(nearest(SHAPES[area], above)) == place:  # else a list, which has no page
            trail.append((words_of(here) or key_words(step), part_url(draft, area, code, above)))
    return trail


def nearest(shape: Shape, steps: Sequence[str]) -> list[str]:
    """Return the steps to the innermost part with a page of its own on the way."""
    found: list[str] = []
    here, rest = shape, list(steps)
    while rest:
        slot = next((one for one in slots_of(here) if one.name == rest[0]), None)
        if slot is None or slot.kind not in ("list", "map", "node"):
            break
        taken = 1 if slot.kind == "node" else 2
        if len(rest) < taken:
            break
        found += rest[:taken]
        rest, here = rest[taken:], slot.shape
    return found


def words_of(value: dict[str, Plain]) -> str:
    """Name a part by what tells it from others."""
    for name in TELLING:
        said = (value.get(f"{name}_en") if is_english() else None) or value.get(name)
        if isinstance(said, str | int) and said != "":
            return str(said)[:60]
    return ""


def _held(slot: Slot, value: Plain) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    if slot.kind == "node" and isinstance(value, dict):
        yield key_words(slot.name), (slot.name,), True
    elif isinstance(value, list):
        for place, one in enumerate(value):
            words = words_of(one) if isinstance(one, dict) else ""
            yield words or f"{place + 1}", (slot.name, str(place)), place == 0
    elif slot.kind == "map" and isinstance(value, dict):
        for name in value:
            yield name, (slot.name, name), True


def _flat(entries: list[Plain]) -> Iterator[dict[str, Plain]]:
    for entry in entries:
        if isinstance(entry, dict):
            yield entry
            yield from _flat(entry.get("children") or [])
