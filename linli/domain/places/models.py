"""Areas of the tree, landmarks in them, and what each import brought."""

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.domain.places.rules.codes import AreaKind

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

    StrChar = models.CharField[str, str]
    StrField = models.Field[str, str]
    StrLookup = models.Lookup[str]
else:
    StrChar, StrField, StrLookup = models.CharField, models.Field, models.Lookup

AREA_KIND_NAMES = [
    (AreaKind.PROVINCE.value, _("省")),
    (AreaKind.CITY.value, _("市")),
    (AreaKind.DISTRICT.value, _("区县")),
    (AreaKind.STREET.value, _("街道乡镇")),
    (AreaKind.COMMUNITY.value, _("社区村")),
    (AreaKind.GRID.value, _("网格")),
    (AreaKind.MICRO_GRID.value, _("微网格")),
]


class AreaPathField(StrChar):
    """The path of an area, on the area and on every scoped row; compared byte by byte.

    Index it with `Meta.indexes`, not `db_index`: the latter adds a second index for LIKE.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("db_collation", "C")
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own check them


class LtreeField(StrField):
    """PostgreSQL's ltree: labels from the root down, joined by dots."""

    description = "ltree"

    def db_type(self, connection: "BaseDatabaseWrapper") -> str:
        """Name the column's type."""
        return "ltree"


@LtreeField.register_lookup
class AtOrBelow(StrLookup):
    """`tree__at_or_below="99.9901"`: the area itself and everything below it."""

    lookup_name = "at_or_below"

    def as_sql(
        self, compiler: "SQLCompiler", connection: "BaseDatabaseWrapper"
    ) -> tuple[str, tuple[str | int, ...]]:
        """Write the operator of the ltree index."""
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} <@ ({right})::ltree", (*left_params, *right_params)


class Earth(models.Func):
    """Turn latitude and longitude (degrees) into a point of earthdistance's globe."""

    function = "ll_to_earth"
    output_field = models.Field()

    def __init__(self, lat: object, lng: object) -> None:
        super().__init__(lat, lng)


class Area(models.Model):
    """A piece of the tree province → city → district → street → community → grid."""

    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=16, choices=AREA_KIND_NAMES)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = AreaPathField()
    tree = LtreeField()
    polygon = models.JSONField(null=True, blank=True)
    lng = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    community_type = models.CharField(max_length=16, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["path"]
        indexes: ClassVar = [
            GistIndex(fields=["tree"], name="area_tree"),
            GistIndex(Earth("lat", "lng"), name="area_earth"),
            models.Index(fields=["kind", "path"], name="area_kind_path"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["path"], name="area_path_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in AreaKind]),
                name="area_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(path__endswith="/"), name="area_path_ends_with_slash"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.code}"


class Landmark(models.Model):
    """A name people use for a spot: an estate, a market, a school, a bus stop."""

    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=32, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="landmarks")
    area_path = AreaPathField()
    lng = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["area_path"], name="landmark_area_path")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "area"], name="landmark_once_in_area")
        ]

    def __str__(self) -> str:
        return self.name


class AreaImport(models.Model):
    """One import of areas; the newest id tells every process that its map is old."""

    content = models.CharField(max_length=16)
    source = models.CharField(max_length=200, blank=True)
    rows = models.PositiveIntegerField()
    created = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    findings = models.JSONField(default=list)
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.content} {self.imported_at:%Y-%m-%d}"
