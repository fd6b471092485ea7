"""A whole record as people fill it in: every fault of it at once, or what is stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from linli.domain.catalogue.rules.ledger import LedgerDef, LedgerField
from linli.domain.ledgers.errors import FieldMissing, FieldUnfit, FieldUnknown
from linli.domain.ledgers.rules.values import Given, Json, Known, is_blank, read_value, words_of
from linli.kernel.errors import LinliError

Data = Mapping[str, Json]
NAMING = frozenset({"area", "unit", "post", "matter", "stage", "citation"})


@dataclass
class Wanted:
    """Words that must be looked up before values that name something can be read.

    Parameters
    ----------
    named : kind of field → words. linked : ledger or `case` → words.
    """

    named: dict[str, set[str]] = field(default_factory=dict)
    linked: dict[str, set[str]] = field(default_factory=dict)


def wanted_by(ledger: LedgerDef, givens: Iterable[Mapping[str, Given]]) -> Wanted:
    """What has to be looked up for some records."""
    wanted = Wanted()
    naming = [f for f in ledger.filled if f.kind in NAMING or f.links_to]
    for given in givens:
        for one in naming:
            words = words_of(one.kind, given.get(one.code))
            if one.links_to:
                wanted.linked.setdefault(one.links_to, set()).update(words)
            else:
                wanted.named.setdefault(one.kind, set()).update(words)
    return wanted


def with_files(ledger: LedgerDef, before: Data, known: Known) -> Known:
    """What is known, and the files that the record has: filling in may only take some away."""
    files = [before.get(one.code) for one in ledger.filled if one.kind == "file"]
    own = {file: file for value in files if isinstance(value, list) for file in value}
    return replace(known, named={**known.named, "file": own})


def filled_in(
    ledger: LedgerDef, before: Data, given: Mapping[str, Given], known: Known
) -> tuple[dict[str, Json], list[LinliError]]:
    """Return the record as it would stand, and every fault of it.

    Parameters
    ----------
    before : what is stored so far; nothing for a new record. What the ledger has no field for any
        more stays as it is.
    given : code of a field → value; a blank one empties the field; one that is not there stays.
    """
    data, faults = dict(before), list[LinliError]()
    known = with_files(ledger, before, known)
    fields = {one.code: one for one in ledger.filled}
    faults += [FieldUnknown(code) for code in given if code not in fields]
    unread: set[str] = set()
    for code, value in given.items():
        if code not in fields:
            continue
        data.pop(code, None)
        if not is_blank(value):
            try:
                data[code] = read_value(fields[code], value, known)
            except FieldUnfit as unfit:
                unread.add(code)
                faults.append(unfit)
    for one in ledger.filled:
        if one.required and one.code not in data and one.code not in unread:
            faults.append(FieldMissing(one.code, one.name, one.name_en))
        elif fault := _too_early(one, ledger, data):
            faults.append(fault)
    return data, faults


def changed(before: Data, after: Data) -> tuple[dict[str, Json | None], dict[str, Json | None]]:
    """The fields in which two states of a record differ: as they were, and as they are."""
    codes = [c for c in dict.fromkeys((*before, *after)) if before.get(c) != after.get(c)]
    return {c: before.get(c) for c in codes}, {c: after.get(c) for c in codes}


def unique_values(ledger: LedgerDef, data: Data) -> dict[str, str]:
    """Field → the value that no other record in use may have, as text."""
    unique = (one for one in ledger.filled if one.unique and one.code in data)
    return {one.code: str(data[one.code])[:200] for one in unique}


def words_in(ledger: LedgerDef, data: Data) -> str:
    """What a search of the ledger looks through: texts and names of choices, small letters."""
    said: list[str] = []
    for one in ledger.filled:
        value = data.get(one.code)
        if value is None or one.kind in ("point", "file", "link", "yes_no"):
            continue
        if one.kind in ("choice", "choices"):
            codes = value if isinstance(value, list) else [str(value)]
            said += [choice.name for code in codes if (choice := one.choice(code))]
        elif isinstance(value, dict):
            said += map(str, value.values())
        else:
            said.append(str(value))
    return "\n".join(said).lower()[:20_000]


def _too_early(one: LedgerField, ledger: LedgerDef, data: Data) -> LinliError | None:
    start = data.get(one.not_before) if one.not_before else None
    value = data.get(one.code)
    if not isinstance(start, str) or not isinstance(value, str) or value >= start:
        return None
    other = ledger.field(one.not_before or "")
    zh, en = (other.name, other.name_en) if other else ("", "")
    want = (f"不早于“{zh}”（{start}）", f"not before {en} ({start})")
    return FieldUnfit(one.code, (one.name, one.name_en), value, want)
