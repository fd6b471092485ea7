"""Records as a table that leaves the house: CSV lines, or the cells of a spreadsheet."""

from collections.abc import Sequence

from linli.domain.catalogue.rules.ledger import LedgerDef, LedgerField
from linli.domain.ledgers.rules.values import Json
from linli.kernel.formulas import harmless

NAMED = frozenset({"area", "unit", "post", "matter", "stage"})
ADDED = (("编号", "number"), ("状态", "state"), ("更新时间", "updated"))


def exported(ledger: LedgerDef) -> tuple[LedgerField, ...]:
    """The fields that a file holds: those that say nothing of a person."""
    return tuple(field for field in ledger.fields if not field.personal)


def head_of(ledger: LedgerDef, *, lang: str) -> list[str]:
    """The first line: number, fields, state and time, as an import reads them again."""
    english = lang.startswith("en")
    number, *rest = (names[english] for names in ADDED)
    fields = [field.name_en if english else field.name for field in exported(ledger)]
    return [harmless(cell) for cell in (number, *fields, *rest)]


def cell_of(field: LedgerField, value: Json | None, text: str) -> str:
    """A cell that no spreadsheet runs: plain where an import reads plain, else in words."""
    if value is None:
        return ""
    if field.kind in ("number", "money", "date", "point"):
        return harmless(text if isinstance(value, dict) else str(value))
    if field.kind == "link" and isinstance(value, list):
        return harmless("、".join(value))
    if isinstance(value, dict):
        return harmless(f"{value.get('source', '')} {value.get('article', '')}".strip())
    if field.kind in NAMED and text != str(value):
        return harmless(f"{text}（{value}）")
    return harmless(text)


def line_of(number: str, cells: Sequence[str], state: str, updated: str) -> list[str]:
    """One line, in the order of the head."""
    return [harmless(number), *cells, harmless(state), updated]
