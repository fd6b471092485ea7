"""Laying a record down: where it belongs, who keeps it, which values must differ. Not public."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from linli.domain.access.selectors import Actor, Standing, reaches_row
from linli.domain.catalogue.selectors import LedgerDef, LedgerVersion, secrecy_basis
from linli.domain.catalogue.selectors.ledgers import CASE
from linli.domain.ledgers.errors import OwnerMissing, OwnerUnfit, ValueTaken
from linli.domain.ledgers.models import Record, RecordKey, RecordLink
from linli.domain.ledgers.rules.filling import Data, unique_values, words_in
from linli.domain.ledgers.rules.values import Json
from linli.domain.organisations.selectors import Unit, unit_by_code
from linli.domain.places.selectors import Area, area_by_code, area_by_path
from linli.kernel.errors import LinliError, NotFound, NotPermitted, RejectedTogether
from linli.kernel.secrecy import SecretMarked, secret_mark

EDIT = "ledger.edit"


@dataclass
class Ground:
    """Units and areas that records belong to, each looked up once."""

    units: dict[str, Unit] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)

    def unit(self, code: str) -> Unit:
        """The unit of a code. Raises NotFound."""
        if code not in self.units:
            self.units[code] = unit_by_code(code)
        return self.units[code]

    def area(self, key: str) -> Area:
        """The area of a code, or of a path where a slash ends it. Raises NotFound."""
        if key not in self.areas:
            self.areas[key] = area_by_path(key) if key.endswith("/") else area_by_code(key)
        return self.areas[key]


@dataclass(frozen=True)
class Place:
    """Where a record belongs, and which unit keeps it, if one does."""

    area: Area
    owner: Unit | None

    @property
    def unit_ids(self) -> list[int]:
        """Row ids of the units that keep it."""
        return [self.owner.pk] if self.owner else []


def place_of(ledger: LedgerDef, data: Data, unit: str, ground: Ground, actor: Actor) -> Place:
    """Say where a record belongs: by its fields, by the unit named, by the actor's own post.

    Raises OwnerMissing, OwnerUnfit, NotFound.
    """
    owner = _owner(ledger, data, unit, ground, actor)
    kinds = ledger.owner.unit_kinds
    if owner and kinds and owner.kind not in kinds:
        raise OwnerUnfit(owner.name, ledger.name)
    if ledger.area_field and ledger.area_field in data:
        return Place(ground.area(str(data[ledger.area_field])), owner)
    if owner:
        return Place(ground.area(owner.area_path), owner)
    paths = actor.areas_for(EDIT)
    if not paths:
        raise OwnerMissing
    return Place(ground.area(paths[0]), owner)


def _owner(ledger: LedgerDef, data: Data, unit: str, ground: Ground, actor: Actor) -> Unit | None:
    code = str(data.get(ledger.unit_field, "")) if ledger.unit_field else ""
    own = next((h.unit_code for _, h in actor.reaches(EDIT) if h.unit_id), "")
    code = code or unit or own
    return ground.unit(code) if code else None


def require_place(ledger: LedgerDef, place: Place, actor: Actor, act: str) -> None:
    """Raise NotPermitted unless an act of the actor reaches records that belong there."""
    standing = Standing(
        place.area.path, tuple(place.unit_ids), confidentiality=ledger.confidentiality
    )
    if not reaches_row(actor, act, standing):
        raise NotPermitted(
            f"“{place.area.name}”或所选单位不在您的岗位范围内，什么也没有保存。请选择本区域或本单位。",
            f"{place.area.name} or the unit chosen is outside the reach of your post, so nothing"
            " was kept. Choose your own area or unit.",
        )


def secrets_in(data: Data) -> Iterable[LinliError]:
    """Faults of texts that bear a mark of state secrecy; nothing of the record is kept then."""
    for code, value in data.items():
        texts = value.values() if isinstance(value, dict) else [value]
        for text in texts:
            mark = secret_mark(text) if isinstance(text, str) else None
            if mark is not None:
                yield SecretMarked(mark, secrecy_basis(), field=code)


def lay(record: Record, version: LedgerVersion, data: Mapping[str, Json], place: Place) -> None:
    """Put what is known of a record onto its row; nothing is saved yet."""
    ledger = version.definition
    record.version = version
    record.data = dict(data)
    record.title = str(data.get(ledger.title_field, ""))[:200]
    record.area = place.area
    record.area_path = place.area.path
    record.owner = place.owner
    record.unit_ids = place.unit_ids
    record.confidentiality = ledger.confidentiality
    record.is_public = ledger.visibility == "public"
    record.search_text = words_in(ledger, data)
    record.lng, record.lat = _point(ledger, data, place.area)


def _point(ledger: LedgerDef, data: Data, area: Area) -> tuple[float | None, float | None]:
    points = [data.get(field.code) for field in ledger.filled if field.kind == "point"]
    value = data.get(ledger.map) if ledger.map else next((p for p in points if p), None)
    if isinstance(value, dict):
        return float(value["lng"]), float(value["lat"])
    return (area.lng, area.lat) if ledger.map and value == area.code else (None, None)


def claim_values(records: Iterable[tuple[Record, LedgerDef]]) -> None:
    """Take hold of the values that must differ, for records as they stand.

    Raises RejectedTogether naming each field whose value another record in use has.
    """
    rows: list[RecordKey] = []
    names: dict[tuple[str, str], tuple[str, str]] = {}
    records = list(records)
    RecordKey.objects.filter(record__in=[record for record, _ in records]).delete()
    for record, ledger in records:
        for code, value in unique_values(ledger, record.data).items():
            of = ledger.field(code)
            names[ledger.ledger, code] = (of.name, of.name_en) if of else (code, code)
            rows.append(RecordKey(record=record, ledger=ledger.ledger, field=code, value=value))
    taken = _standing(rows)
    if faults := [_taken(row, names) for row in rows if (row.field, row.value) in taken]:
        raise RejectedTogether(faults)
    try:
        with transaction.atomic():
            RecordKey.objects.bulk_create(rows)
    except IntegrityError:  # one that nobody here may see, or that came just now
        raise _taken(rows[0], names) from None


def _standing(rows: Sequence[RecordKey]) -> set[tuple[str, str]]:
    """Field and value of those that a record in use has already; the rows are of one ledger."""
    wanted: dict[str, list[str]] = {}
    for row in rows:
        wanted.setdefault(row.field, []).append(row.value)
    found: set[tuple[str, str]] = set()
    for code, values in wanted.items():
        same = RecordKey.objects.filter(ledger=rows[0].ledger, field=code, value__in=values)
        found |= set(same.values_list("field", "value"))
    return found


def _taken(row: RecordKey, names: Mapping[tuple[str, str], tuple[str, str]]) -> ValueTaken:
    return ValueTaken(row.field, names[row.ledger, row.field], row.value)


def tie_links(records: Sequence[Record], ledger: LedgerDef) -> None:
    """Keep the rows of what records of a ledger name in step with their link fields."""
    linking = [field for field in ledger.filled if field.links_to]
    if not linking:
        return
    wanted = [
        (record, field, str(ref))
        for record in records
        for field in linking
        if isinstance(refs := record.data.get(field.code), list)
        for ref in refs
    ]
    others = {ref for _, field, ref in wanted if field.links_to != CASE}
    ids = dict(Record.objects.filter(public_id__in=others).values_list("public_id", "pk"))
    RecordLink.objects.filter(record__in=records).delete()
    RecordLink.objects.bulk_create(
        RecordLink(record=record, field=field.code, case_ref=ref)
        if field.links_to == CASE
        else RecordLink(record=record, field=field.code, other_id=ids[ref])
        for record, field, ref in wanted
        if field.links_to == CASE or ref in ids
    )


__all__ = [
    "EDIT",
    "Ground",
    "NotFound",
    "Place",
    "claim_values",
    "lay",
    "place_of",
    "require_place",
    "secrets_in",
    "tie_links",
]
