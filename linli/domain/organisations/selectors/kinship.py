"""How units stand to one another: what was merged into what, and what is a part of what.

`TAKES_OVER` and `ABOVE` are columns for queries over posts, so that who somebody is costs one
question.

Serves: R033.
"""

from collections.abc import Collection

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

_OWN = """
    own (id) AS (
        SELECT organisations_post.unit_id
        UNION
        SELECT gone.id FROM organisations_unit gone JOIN own ON gone.successor_id = own.id
    )
"""
# Whoever stands above a unit that was merged into another stands above both.
_LINE = """
    line (id) AS (
        SELECT id FROM own
        UNION
        SELECT next.id
        FROM line
        JOIN organisations_unit here ON here.id = line.id
        JOIN organisations_unit next ON next.id = here.parent_id OR next.successor_id = here.id
    )
"""


def _ids(sql: str) -> RawSQL:
    return RawSQL(f"ARRAY({sql})", (), output_field=ArrayField(BigIntegerField()))  # noqa: S611  # fixed words


# Row ids of the units that were merged into the post's unit, directly or one after another.
TAKES_OVER = _ids(
    f"WITH RECURSIVE {_OWN} SELECT id FROM own WHERE id <> organisations_post.unit_id ORDER BY id"  # noqa: S608  # fixed words
)
# Row ids of the units that the post's unit is a part of, and of those merged into them.
ABOVE = _ids(
    f"WITH RECURSIVE {_OWN}, {_LINE}"  # noqa: S608  # fixed words
    " SELECT id FROM line WHERE id NOT IN (SELECT id FROM own) ORDER BY id"
)

_HOUSE = """
WITH RECURSIVE house (id) AS (
    SELECT id FROM organisations_unit WHERE id = ANY(%s)
    UNION
    SELECT next.id
    FROM house
    JOIN organisations_unit here ON here.id = house.id
    JOIN organisations_unit next ON next.parent_id = here.id OR next.id = here.successor_id
)
SELECT id FROM house
"""


def house_of(unit_ids: Collection[int]) -> frozenset[int]:
    """Return the units with all their parts and whatever they were merged into, by row id."""
    if not unit_ids:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(_HOUSE, [sorted(unit_ids)])
        return frozenset(row[0] for row in cursor.fetchall())
