"""Setting rows against the tree: which are new, which change, and why one cannot be placed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from linli.domain.places.errors import AreaRowRejected
from linli.domain.places.rules.codes import SCHEME, AreaKind, depth_of, kind_of, parent_code
from linli.domain.places.rules.paths import child_path, is_area_code
from linli.domain.places.rules.rows import AreaRow

LONGEST_NAME = 100


@dataclass(frozen=True)
class KnownArea:
    """An area that is already in the tree."""

    path: str
    kind: AreaKind
    parent: str | None


@dataclass(frozen=True)
class PlacedRow:
    """A row with its place in the tree."""

    row: AreaRow
    kind: AreaKind
    parent: str | None
    path: str


@dataclass(frozen=True)
class _Claim:
    row: AreaRow
    kind: AreaKind
    parent: str | None


def place_rows(
    rows: Iterable[AreaRow], *, known: Mapping[str, KnownArea]
) -> tuple[list[PlacedRow], list[AreaRowRejected]]:
    """Return the rows from the top of the tree down, and the fault of each that has none.

    Parameters
    ----------
    rows : in any order; a parent may come after its children.
    known : areas already in the tree that the rows name, by code.
    """
    claims: dict[str, _Claim] = {}
    faults: list[AreaRowRejected] = []
    for row in rows:
        fault = _fault_of_row(row) or _fault_of_repeat(row, claims)
        claim = None if fault else _claim(row)
        if claim is None:
            faults.append(fault or _fault_of_code(row))
        else:
            claims[row.code] = claim
    return _place(claims, known, faults), faults


def codes_named(rows: Sequence[AreaRow]) -> set[str]:
    """Return every code that rows carry or name as parent, stated or derived."""
    named = {row.code for row in rows}
    named.update(row.parent for row in rows if row.parent)
    named.update(code for row in rows if (code := parent_code(row.code)))
    return named


def _claim(row: AreaRow) -> _Claim | None:
    kind = row.kind or kind_of(row.code)
    parent = row.parent or parent_code(row.code)
    if kind is None or (parent is None and kind_of(row.code) is not AreaKind.PROVINCE):
        return None
    return _Claim(row, kind, parent)


def _place(
    claims: Mapping[str, _Claim],
    known: Mapping[str, KnownArea],
    faults: list[AreaRowRejected],
) -> list[PlacedRow]:
    """Walk from the top down, so that each parent has its path before its children ask."""
    placed: dict[str, PlacedRow] = {}
    for claim in sorted(claims.values(), key=lambda c: (depth_of(c.kind), c.row.code)):
        above = _above(claim, placed, known)
        fault = _fault_of_place(claim, above, claims, known)
        if fault is not None:
            faults.append(fault)
            continue
        path = child_path(above.path if above else "", claim.row.code)
        placed[claim.row.code] = PlacedRow(claim.row, claim.kind, claim.parent, path)
    return list(placed.values())


def _above(
    claim: _Claim, placed: Mapping[str, PlacedRow], known: Mapping[str, KnownArea]
) -> PlacedRow | KnownArea | None:
    if claim.parent is None:
        return None
    return placed.get(claim.parent) or known.get(claim.parent)


def _fault_of_place(
    claim: _Claim,
    above: PlacedRow | KnownArea | None,
    claims: Mapping[str, _Claim],
    known: Mapping[str, KnownArea],
) -> AreaRowRejected | None:
    row, parent = claim.row, claim.parent
    if parent is not None and above is None:
        if parent in claims:
            return _fault(
                row,
                "parent",
                f"上级“{parent}”自己没有通过检查，或级别不在“{row.name}”之上。请先改正上级。",
                f"The parent {parent} was refused itself, or does not stand above {row.name}.",
            )
        return _fault(
            row,
            "parent",
            f"找不到上级“{parent}”：库里没有，文件里也没有。请先导入上级，或核对代码。",
            f"There is no parent {parent}, neither stored nor in the file. Import it first.",
        )
    if above is not None and depth_of(above.kind) >= depth_of(claim.kind):
        return _fault(
            row,
            "parent",
            f"上级“{parent}”的级别不高于“{row.name}”。请核对级别和上级代码。",
            f"The parent {parent} does not stand above {row.name}. Check kind and parent.",
        )
    return _fault_of_move(claim, known.get(row.code))


def _fault_of_move(claim: _Claim, stored: KnownArea | None) -> AreaRowRejected | None:
    if stored is None or (stored.parent, stored.kind) == (claim.parent, claim.kind):
        return None
    return _fault(
        claim.row,
        "parent",
        f"代码“{claim.row.code}”已在上级“{stored.parent}”之下、级别不同或上级不同；"
        "区划调整要用新代码，并给旧代码填停用日期。",
        f"The code {claim.row.code} already stands under {stored.parent} with another kind or "
        "parent. Give a moved area a new code and an end to the old one.",
    )


def _fault_of_row(row: AreaRow) -> AreaRowRejected | None:
    checks = (
        (not row.code, "code", "代码是空的。请补上代码。", "The code is empty. Fill it in."),
        (
            bool(row.code) and not is_area_code(row.code),
            "code",
            f"代码“{row.code}”只能由不超过 24 位的数字、字母和下划线组成。请改正。",
            f"The code {row.code} may hold at most 24 digits, letters and _. Correct it.",
        ),
        (not row.name, "name", "名称是空的。请补上名称。", "The name is empty. Fill it in."),
        (
            len(row.name) > LONGEST_NAME,
            "name",
            f"名称有 {len(row.name)} 个字，最多 {LONGEST_NAME} 个。请缩短。",
            f"The name has {len(row.name)} characters, at most {LONGEST_NAME} fit. Shorten it.",
        ),
        (
            not _is_on_earth(row.lng, row.lat),
            "lng",
            "经度和纬度要么都填、要么都不填；经度在 ±180 之间，纬度在 ±90 之间。",
            "Give longitude and latitude both or neither, within ±180 and ±90 degrees.",
        ),
        (
            bool(row.valid_from and row.valid_to and row.valid_to < row.valid_from),
            "valid_to",
            "停用日期早于启用日期。请核对两个日期。",
            "The last day lies before the first. Check both.",
        ),
    )
    for wrong, column, zh, en in checks:
        if wrong:
            return _fault(row, column, zh, en)
    return None


def _is_on_earth(lng: float | None, lat: float | None) -> bool:
    if lng is None or lat is None:
        return lng is lat
    return abs(lng) <= 180 and abs(lat) <= 90  # NaN compares false, so it is refused too


def _fault_of_repeat(row: AreaRow, claims: Mapping[str, _Claim]) -> AreaRowRejected | None:
    first = claims.get(row.code)
    if first is None:
        return None
    where = f"（{first.row.source}）" if first.row.source != row.source else ""
    return _fault(
        row,
        "code",
        f"代码“{row.code}”重复，第一次出现在{where}第 {first.row.line} 行。请删去一行。",
        f"The code {row.code} comes twice, first on line {first.row.line}{where}. Delete one.",
    )


def _fault_of_code(row: AreaRow) -> AreaRowRejected:
    lengths = "/".join(str(length) for _, length in SCHEME)
    return _fault(
        row,
        "code",
        f"代码“{row.code}”不是 {lengths} 位数字，推不出级别和上级。请改正，或另给级别和上级两列。",
        f"The code {row.code} is not of {lengths} digits, so neither kind nor parent follows "
        "from it. Correct it, or give the columns kind and parent.",
    )


def _fault(row: AreaRow, column: str, zh: str, en: str) -> AreaRowRejected:
    return AreaRowRejected(zh, en, field=column, row=row.line or None, source=row.source)
