"""What a new version of a pack would change against the one in force."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from linli.domain.catalogue.rules.bodies import sha256_of
from linli.domain.catalogue.rules.yaml_tree import Plain

Kind = Literal["added", "removed", "changed"]
KEYS = ("code", "key", "id", "worked", "standard", "ledger", "year", "word", "matter", "do", "text")
AREAS: dict[str, tuple[str, str]] = {
    "pack": ("标准包", "pack"),
    "sources": ("来源", "source"),
    "matters": ("事项", "matter"),
    "examples": ("例句", "examples"),
    "urgency": ("紧急词", "urgency word"),
    "years": ("日历", "calendar"),
    "hours": ("工作时间", "working hours"),
    "parameters": ("参数", "parameter"),
    "standards": ("标准", "standard"),
    "ledgers": ("台账", "ledger"),
    "worked": ("算例", "worked example"),
    "templates": ("模板", "template"),
}
WORDS: dict[Kind, tuple[str, str]] = {
    "added": ("新增", "added"),
    "removed": ("移除", "removed"),
    "changed": ("改为", "changed"),
}


@dataclass(frozen=True)
class Change:
    """One difference.

    Parameters
    ----------
    area : part of the pack, a key of `AREAS`.
    path : where, codes and keys from the outside in, e.g. ``demand/stages/handle/limit``.
    kind : added, removed or changed.
    before, after : what is said there, in few words; empty where nothing was or is.
    """

    area: str
    path: str
    kind: Kind
    before: str
    after: str

    def text(self, lang: str = "zh-hans") -> str:
        """Say the change on one line."""
        english = lang.startswith("en")
        area, word = AREAS[self.area][english], WORDS[self.kind][english]
        if self.kind == "changed":
            return f"{area} {self.path}: {self.before} → {self.after}"
        said = self.after or self.before
        return f"{area} {self.path}: {word} {said}".rstrip()


def changes_between(before: dict[str, Plain], after: dict[str, Plain]) -> list[Change]:
    """Every difference of two stored contents, in the order of the pack's parts.

    Parameters
    ----------
    before, after : contents as `PackContent.body` gives them; `before` may be empty.
    """
    found: list[Change] = []
    for area in AREAS:
        old, new = before.get(area), after.get(area)
        if area == "examples":
            old, new = _sentences(old), _sentences(new)
        elif area == "templates":
            old, new = _marks(old), _marks(new)
        found += _between(area, (), old, new)
    return found


def _sentences(entries: Plain) -> Plain:
    """How many sentences each matter has, with a mark that changes when one is rewritten."""
    texts: dict[str, list[Plain]] = {}
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and isinstance(entry["texts"], list):
            texts.setdefault(str(entry["matter"]), []).extend(entry["texts"])
    return {matter: f"{len(said)} · {sha256_of(said)[:6]}" for matter, said in texts.items()}


def _marks(entries: Plain) -> Plain:
    """Each template by a mark that changes with it: nobody reads a diff of its markup here."""
    listed = entries if isinstance(entries, list) else []
    found = [entry for entry in listed if isinstance(entry, dict)]
    return {str(entry.get("template")): sha256_of(entry)[:6] for entry in found}


def _between(area: str, path: tuple[str, ...], old: Plain, new: Plain) -> Iterator[Change]:
    if old == new:
        return
    if _is_value(old) and _is_value(new) and _said(old) != _said(new):
        yield _change(area, path, "changed", _said(old), _said(new))
        old, new = _rest(old), _rest(new)
    old_entries, new_entries = _entries(old), _entries(new)
    if old_entries is None or new_entries is None:
        if old != new:
            yield _leaf(area, path, old, new)
        return
    for key in [*new_entries, *(key for key in old_entries if key not in new_entries)]:
        here = (*path, key)
        if key not in old_entries:
            yield _change(area, here, "added", "", _said(new_entries[key]))
        elif key not in new_entries:
            yield _change(area, here, "removed", _said(old_entries[key]), "")
        else:
            yield from _between(area, here, old_entries[key], new_entries[key])


def _leaf(area: str, path: tuple[str, ...], old: Plain, new: Plain) -> Change:
    if _is_empty(old):
        return _change(area, path, "added", "", _said(new))
    if _is_empty(new):
        return _change(area, path, "removed", _said(old), "")
    return _change(area, path, "changed", _said(old), _said(new))


def _change(area: str, path: tuple[str, ...], kind: Kind, before: str, after: str) -> Change:
    shown = [step for step in path if step != "children"]
    while len(shown) > 1 and shown[1].startswith(f"{shown[0]}."):
        shown.pop(0)
    return Change(area, "/".join(shown), kind, before, after)


def _entries(value: Plain) -> dict[str, Plain] | None:
    """A mapping, or a list under the codes of its entries; None for anything else."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, list):
        return {} if value is None else None
    named: dict[str, Plain] = {}
    for entry in value:
        name = _name(entry)
        if not name or name in named:
            return None
        named[name] = entry
    return named


def _name(entry: Plain) -> str:
    if isinstance(entry, dict):
        key = next((key for key in KEYS if entry.get(key)), "name")
        day = entry.get("valid_from") if key == "code" and "unit" in entry else None
        return f"{entry.get(key, '')}@{day}" if day else str(entry.get(key, ""))
    return str(entry)


def _is_value(value: Plain) -> bool:
    return isinstance(value, dict) and "value" in value and "unit" in value


def _rest(value: Plain) -> Plain:
    kept = value.items() if isinstance(value, dict) else ()
    return {key: entry for key, entry in kept if key not in ("value", "unit")}


def _is_empty(value: Plain) -> bool:
    return value is None or value == "" or value == []


def _said(value: Plain) -> str:
    if isinstance(value, dict):
        if _is_value(value):
            return f"{_said(value['value'])} {value['unit']}"
        named = value.get("name") or value.get("title") or value.get("text")
        return f"“{named}”" if named else ""
    if isinstance(value, list):
        return ", ".join(_said(entry) for entry in value)
    if isinstance(value, float):
        return f"{value:g}"
    return f"“{value}”" if isinstance(value, str) else str(value)
