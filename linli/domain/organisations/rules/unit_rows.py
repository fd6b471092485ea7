"""Units as files state them, and why one cannot be taken."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from linli.domain.organisations.errors import OrganisationRowRejected
from linli.domain.organisations.rules.entries import Entry, Shape, read_yaml, rows_of
from linli.domain.organisations.rules.kinds import ActorKind, UnitKind
from linli.domain.organisations.rules.validity import Validity

POST_SHAPE = Shape(texts=("code", "name", "role"))
UNIT_SHAPE = Shape(
    texts=(
        "code",
        "name",
        "name_en",
        "kind",
        "actor_kind",
        "area",
        "parent",
        "phone",
        "valid_from",
        "valid_to",
        "successor",
    ),
    parts={"posts": POST_SHAPE},
)


@dataclass(frozen=True)
class PostRow:
    """A post of a unit; `role` is a role of the policy table."""

    code: str
    name: str
    role: str


@dataclass(frozen=True)
class UnitRow:
    """A unit as a file states it; `area`, `parent` and `successor` are codes, "" for none.

    `actor_kind` is party, government, self_government, social or enterprise; "" takes what
    is usual for the kind of unit.
    """

    code: str
    name: str
    kind: str
    area: str
    name_en: str = ""
    actor_kind: str = ""
    parent: str = ""
    phone: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""
    posts: tuple[PostRow, ...] = ()
    line: int = 0

    def fault(self, key: str, zh: str, en: str) -> OrganisationRowRejected:
        """Make the error that names this row's line and a key."""
        return OrganisationRowRejected(zh, en, field=key, row=self.line or None)


@dataclass(frozen=True)
class KnownNames:
    """Codes that exist outside the file.

    Parameters
    ----------
    parents : code of each stored unit → code of its parent, "" for none.
    areas : codes of stored areas that the rows name.
    roles : roles of the policy table.
    """

    parents: Mapping[str, str]
    areas: Collection[str]
    roles: Collection[str]


def read_unit_rows(data: bytes) -> tuple[list[UnitRow], list[OrganisationRowRejected]]:
    """Read a YAML file with a list `units`; the second list holds the faults, by line."""
    entries, faults = read_yaml(data, root="units", shape=UNIT_SHAPE)
    return rows_of(entries, faults, _row)


def _row(entry: Entry) -> UnitRow:
    return UnitRow(
        code=entry.needed("code"),
        name=entry.needed("name"),
        kind=entry.needed("kind"),
        area=entry.needed("area"),
        name_en=entry.text("name_en"),
        actor_kind=entry.text("actor_kind"),
        parent=entry.text("parent"),
        phone=entry.text("phone"),
        valid_from=entry.day("valid_from"),
        valid_to=entry.day("valid_to"),
        successor=entry.text("successor"),
        posts=tuple(
            PostRow(post.needed("code"), post.needed("name"), post.needed("role"))
            for post in entry.parts["posts"]
        ),
        line=entry.line,
    )


def faults_of_units(rows: Sequence[UnitRow], *, known: KnownNames) -> list[OrganisationRowRejected]:
    """Return why rows cannot be taken, the first reason of each."""
    codes = {row.code for row in rows} | set(known.parents)
    parents = {**known.parents, **{row.code: row.parent for row in rows}}
    faults = _repeats(rows)
    for row in rows:
        found = _fault(row, codes, known) or _ring(row, parents)
        if found is not None:
            faults.append(found)
    return faults


def _repeats(rows: Iterable[UnitRow]) -> list[OrganisationRowRejected]:
    first: dict[str, UnitRow] = {}
    faults = []
    for row in rows:
        earlier = first.setdefault(row.code, row)
        if earlier is not row:
            zh = f"单位代码“{row.code}”重复，第一次在第 {earlier.line} 行。请删去一处。"
            en = f"The unit code {row.code} comes twice, first on line {earlier.line}. Delete one."
            faults.append(row.fault("code", zh, en))
    return faults


def _fault(
    row: UnitRow, codes: Collection[str], known: KnownNames
) -> OrganisationRowRejected | None:
    kinds = [kind.value for kind in UnitKind]
    if row.kind not in kinds:
        return _not_one_of(row, "kind", row.kind, kinds)
    actors = [actor.value for actor in ActorKind]
    if row.actor_kind and row.actor_kind not in actors:
        return _not_one_of(row, "actor_kind", row.actor_kind, actors)
    if row.area not in known.areas:
        return _unknown(row, "area", row.area, "区域", "area")
    for key, code in (("parent", row.parent), ("successor", row.successor)):
        if code and code not in codes:
            return _unknown(row, key, code, "单位", "unit")
    if row.successor == row.code:
        return row.fault(
            "successor", "单位不能承接自己。请改正。", "A unit cannot succeed itself. Correct it."
        )
    if Validity(row.valid_from, row.valid_to).is_backwards:
        return row.fault(
            "valid_to",
            "停用日期早于启用日期。请核对。",
            "The last day lies before the first. Check both.",
        )
    bad = next((post.role for post in row.posts if post.role not in known.roles), None)
    return None if bad is None else _not_one_of(row, "role", bad, sorted(known.roles))


def _unknown(row: UnitRow, key: str, code: str, zh: str, en: str) -> OrganisationRowRejected:
    return row.fault(
        key,
        f"单位“{row.name}”写的{zh}“{code}”不存在。请核对代码，或先导入。",
        f"The {en} {code} that {row.name} names does not exist. Check the code or import it.",
    )


def _not_one_of(
    row: UnitRow, key: str, given: str, known: Sequence[str]
) -> OrganisationRowRejected:
    choices = "、".join(known)
    return row.fault(
        key,
        f"“{given}”不是可用的取值，可用：{choices}。",
        f"{given!r} is not among the possible values: {choices}.",
    )


def _ring(row: UnitRow, parents: Mapping[str, str]) -> OrganisationRowRejected | None:
    seen = {row.code}
    above = row.parent
    while above:
        if above in seen:
            return row.fault(
                "parent",
                f"单位“{row.code}”的上级绕成了一个圈。请改正上级。",
                f"The units above {row.code} form a ring. Correct the parent.",
            )
        seen.add(above)
        above = parents.get(above, "")
    return None
