"""Duties as files state them, and why one cannot be taken."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from linli.domain.organisations.errors import OrganisationRowRejected
from linli.domain.organisations.rules.entries import Entry, Shape, read_yaml, rows_of
from linli.domain.organisations.rules.kinds import (
    Confidence,
    DutyNature,
    UnitKind,
    is_grassroots,
)
from linli.domain.organisations.rules.sheets import read_sheet
from linli.domain.organisations.rules.validity import Validity
from linli.kernel.tables import is_sheet

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "matter": ("matter", "事项代码", "事项编码"),
    "area": ("area", "区域代码", "区域编码"),
    "lead": ("lead", "主责单位代码", "主责单位"),
    "assistants": ("assistants", "配合单位代码", "配合单位"),
    "nature": ("nature", "履职类型"),
    "legal_basis": ("legal_basis", "法律依据"),
    "source": ("source", "来源"),
    "confidence": ("confidence", "核实情况"),
    "valid_from": ("valid_from", "启用日期"),
    "valid_to": ("valid_to", "停用日期"),
}
LISTS = ("assistants",)
SHAPE = Shape(texts=tuple(key for key in COLUMNS if key not in LISTS), lists=LISTS)
NATURE_WORDS: Mapping[str, DutyNature] = {
    **{nature.value: nature for nature in DutyNature},
    "基本履职": DutyNature.BASIC,
    "配合履职": DutyNature.ASSIST,
    "上级收回": DutyNature.RECOVERED,
}
CONFIDENCE_WORDS: Mapping[str, Confidence] = {
    "": Confidence.VERIFIED,
    **{confidence.value: confidence for confidence in Confidence},
    "已核实": Confidence.VERIFIED,
    "未核实": Confidence.UNVERIFIED,
}


@dataclass(frozen=True)
class DutyRow:
    """An entry of the duty list as a file states it.

    Parameters
    ----------
    matter, area : codes.
    lead, assistants : codes of units, or kinds of units ("the community of the place").
    nature, confidence : what the list says, and whether it was checked.
    legal_basis, source : on what it stands, and where it was read.
    valid_from, valid_to : first and last day, the last included.
    line : line or row in the file, counted from 1; 0 where there is no file.
    """

    matter: str
    area: str
    lead: str
    nature: DutyNature
    source: str
    valid_from: date
    assistants: tuple[str, ...] = ()
    legal_basis: str = ""
    confidence: Confidence = Confidence.VERIFIED
    valid_to: date | None = None
    line: int = 0

    @property
    def identity(self) -> tuple[str, str, date]:
        """What makes it the same entry in a second import."""
        return self.matter, self.area, self.valid_from

    def fault(self, key: str, zh: str, en: str) -> OrganisationRowRejected:
        """Make the error that names this row's line and a key."""
        return OrganisationRowRejected(zh, en, field=key, row=self.line or None)


@dataclass(frozen=True)
class KnownCodes:
    """Codes that rows may name: units with their kinds, areas, matters."""

    unit_kinds: Mapping[str, str]
    areas: Collection[str]
    matters: Collection[str]

    def kind_of(self, name: str) -> str | None:
        """Return the kind of a unit named by code, or the kind itself, None for neither."""
        if name in self.unit_kinds:
            return self.unit_kinds[name]
        return name if name in {kind.value for kind in UnitKind} else None


def read_duty_rows(data: bytes) -> tuple[list[DutyRow], list[OrganisationRowRejected]]:
    """Read an XLSX sheet, or a YAML file with a list `duties`; the second list holds faults."""
    if is_sheet(data):
        entries, faults = read_sheet(data, columns=COLUMNS, lists=LISTS)
    else:
        entries, faults = read_yaml(data, root="duties", shape=SHAPE)
    return rows_of(entries, faults, _row)


def _row(entry: Entry) -> DutyRow:
    entry.needed("valid_from")
    return DutyRow(
        matter=entry.needed("matter"),
        area=entry.needed("area"),
        lead=entry.needed("lead"),
        nature=NATURE_WORDS[_one_of(entry, "nature", NATURE_WORDS)],
        source=entry.needed("source"),
        valid_from=entry.day("valid_from") or date.max,
        assistants=entry.lists.get("assistants", ()),
        legal_basis=entry.text("legal_basis"),
        confidence=CONFIDENCE_WORDS[_one_of(entry, "confidence", CONFIDENCE_WORDS)],
        valid_to=entry.day("valid_to"),
        line=entry.line,
    )


def _one_of(entry: Entry, key: str, words: Collection[str]) -> str:
    given = entry.text(key)
    if given not in words:
        choices = "、".join(word for word in words if word)
        raise entry.fault(
            key,
            f"“{key}”写的“{given}”不可用，可用：{choices}。",
            f"{given!r} cannot stand in {key}; possible are {choices}.",
        )
    return given


def faults_of_duties(
    rows: Sequence[DutyRow], *, known: KnownCodes
) -> list[OrganisationRowRejected]:
    """Return why rows cannot be taken, the first reason of each."""
    found = (_fault(row, known) for row in rows)
    return _repeats(rows) + [fault for fault in found if fault is not None]


def _repeats(rows: Iterable[DutyRow]) -> list[OrganisationRowRejected]:
    first: dict[tuple[str, str, date], DutyRow] = {}
    faults = []
    for row in rows:
        earlier = first.setdefault(row.identity, row)
        if earlier is not row:
            zh = f"同一事项、同一区域、同一启用日期已在第 {earlier.line} 行出现。请删去一处。"
            en = f"Matter, area and first day are those of line {earlier.line}. Delete one."
            faults.append(row.fault("matter", zh, en))
    return faults


def _fault(row: DutyRow, known: KnownCodes) -> OrganisationRowRejected | None:
    if row.matter not in known.matters:
        return _unknown(row, "matter", row.matter, "事项", "matter")
    if row.area not in known.areas:
        return _unknown(row, "area", row.area, "区域", "area")
    for key, name in (("lead", row.lead), *(("assistants", name) for name in row.assistants)):
        kind = known.kind_of(name)
        if kind is None:
            return _unknown(row, key, name, "单位", "unit")
        if row.nature is DutyNature.RECOVERED and is_grassroots(kind):
            return _recovered(row, key, name)
    if Validity(row.valid_from, row.valid_to).is_backwards:
        return row.fault(
            "valid_to",
            "停用日期早于启用日期。请核对。",
            "The last day lies before the first. Check both.",
        )
    return None


def _unknown(row: DutyRow, key: str, code: str, zh: str, en: str) -> OrganisationRowRejected:
    return row.fault(
        key,
        f"{zh}“{code}”不存在。请核对代码，或先导入。",
        f"There is no {en} {code}. Check the code or import it first.",
    )


def _recovered(row: DutyRow, key: str, name: str) -> OrganisationRowRejected:
    return row.fault(
        key,
        f"上级收回的事项“{row.matter}”不能由街道或社区“{name}”承担。请改为职能部门。",
        f"{row.matter} has been recovered from the grassroots, so {name} cannot take part in "
        "it. Name a department.",
    )
