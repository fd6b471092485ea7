"""How the matters and places of a reading are called, asked together with the reading."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import JSONObject

from linli.domain.cases.selectors import Case
from linli.domain.catalogue.selectors import Matter
from linli.domain.needs.models import Reading
from linli.domain.places.selectors import Area


@dataclass(frozen=True)
class Called:
    """The names of one matter or place; a place has one for both languages."""

    name: str
    name_en: str


@dataclass(frozen=True)
class NamedReading:
    """A reading, and by code the names of what was suggested and what was decided."""

    reading: Reading
    matters: Mapping[str, Called] = field(default_factory=dict)
    areas: Mapping[str, Called] = field(default_factory=dict)


def reading_with_names(case: Case) -> NamedReading | None:
    """What the machine made of the message that opened a case which the caller was let see.

    One query: names are looked up beside the reading, not one by one after it.
    """
    rows = Reading.objects.filter(message__case=case).select_related("message")
    rows = rows.order_by("message_id")
    best = KeyTextTransform("code", KeyTransform("0", "matters"))
    matters = Q(code=OuterRef("best_matter")) | Q(code=OuterRef("decided_matter"))
    areas = Q(code=OuterRef("area")) | Q(code=OuterRef("decided_area"))
    row = rows.annotate(
        best_matter=best,
        called_matters=ArraySubquery(
            Matter.objects.filter(matters).values(
                called=JSONObject(code="code", name="name", name_en="name_en")
            )
        ),
        called_areas=ArraySubquery(
            Area.objects.filter(areas).values(
                called=JSONObject(code="code", name="name", name_en="name")
            )
        ),
    ).first()
    if row is None:
        return None
    return NamedReading(row, _by_code(row.called_matters), _by_code(row.called_areas))


def _by_code(rows: list[dict[str, str]]) -> dict[str, Called]:
    return {row["code"]: Called(row["name"], row["name_en"]) for row in rows}
