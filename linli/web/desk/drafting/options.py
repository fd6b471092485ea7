"""What stands elsewhere in a draft, to be chosen from: stages, fields, clocks, sources."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from linli.domain.catalogue.selectors.drafts import PackDraft
from linli.web.desk.drafting.forms import Options
from linli.web.ui.languages import is_english

Plain = Any
Pairs = list[tuple[str, str]]


def options_of(draft: PackDraft, entry: dict[str, Plain]) -> Options:
    """Return what the keys of an entry can name, by key."""
    stages = _pairs(entry.get("stages"), "key", "title")
    clocks = _pairs(entry.get("clocks"), "code", "name")
    fields = _pairs(entry.get("fields"), "code", "name")
    sources = [(code, f"{words}（{code}）") for code, words in _sources(draft)]
    found: dict[str, Pairs] = {"source": sources, "basis": sources, "changed_by": sources}
    if "standard" in entry and stages:
        found |= {
            "to": [*stages, ("closed", _("办结"))],
            "form": fields,
            "needs": fields,
            "default_clock": clocks,
            "danger_clock": clocks,
            "merge_route": _pairs(entry.get("routes"), "code", "name"),
        }
        found["clock"] = clocks
    if "ledger" in entry:
        found["title_field"] = found["key_field"] = fields
        states = _pairs(entry.get("states"), "code", "name")
        found["from"] = found["to"] = found["starts"] = states
    return found


def _sources(draft: PackDraft) -> Iterator[tuple[str, str]]:
    for one in draft.content.get("sources") or []:
        yield str(one["id"]), f"{one.get('title', '')} {one.get('article', '')}".strip()


def _pairs(entries: Plain, key: str, words: str) -> Pairs:
    names = (f"{words}_en", words) if is_english() else (words, f"{words}_en")
    return [
        (str(one.get(key, "")), f"{one.get(names[0]) or one.get(names[1], '')}（{one.get(key)}）")
        for one in entries or []
        if isinstance(one, dict) and one.get(key)
    ]
