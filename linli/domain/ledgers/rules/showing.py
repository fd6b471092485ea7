"""A stored value as people read it."""

from collections.abc import Mapping

from linli.domain.catalogue.rules.ledger import LedgerField
from linli.domain.ledgers.rules.values import Json

Names = Mapping[tuple[str, str], str]
"""(kind of field, code) → name, for areas, units, posts, matters, stages, sources; for links the
kind is the ledger, or `case`."""
_YES_NO = {True: ("是", "yes"), False: ("否", "no")}
BETWEEN = ("、", ", ")


def text_of(field: LedgerField, value: Json | None, names: Names, lang: str = "zh-hans") -> str:
    """Return a value in words; "" for one that is not there. Codes without a name stay codes."""
    if value is None:
        return ""
    english = lang.startswith("en")
    if field.kind == "yes_no":
        return _YES_NO[bool(value)][english]
    if field.kind in ("choice", "choices"):
        codes = value if isinstance(value, list) else [str(value)]
        return BETWEEN[english].join(_choice(field, code, english) for code in codes)
    if isinstance(value, list):
        kind, out_of_reach = field.links_to or field.kind, "—" if field.links_to else ""
        said = (names.get((kind, code), out_of_reach or code) for code in value)
        return BETWEEN[english].join(said)
    if isinstance(value, dict):
        return _pair(field, value, names)
    return _single(field, value, names, english)


def _choice(field: LedgerField, code: str, english: bool) -> str:
    found = field.choice(code)
    return code if found is None else (found.name_en if english else found.name)


def _pair(field: LedgerField, value: dict[str, str] | dict[str, float], names: Names) -> str:
    if field.kind == "point":
        return f"{value.get('lng')}, {value.get('lat')}"
    source = str(value.get("source", ""))
    return f"{names.get(('citation', source), source)} {value.get('article', '')}".strip()


def _single(field: LedgerField, value: str | int | float, names: Names, english: bool) -> str:
    if field.kind in ("number", "money"):
        unit = (field.unit_en if english else field.unit) or ""
        if field.kind == "money":
            unit = unit or ("yuan" if english else "元")
            return f"{float(value):,.2f} {unit}"
        said = f"{value:,}" if isinstance(value, int | float) else str(value)
        return f"{said} {unit}".strip()
    return names.get((field.kind, str(value)), str(value))
