"""Counts of days by place, matter, unit and channel: what analytics may have of cases.

Serves: R129 X01.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from linli.domain.access.selectors import Actor
from linli.domain.cases.selectors.filters import cases_within
from linli.domain.cases.selectors.grouping import rows_over

READ = ("area_path", "matter_id", "lead_unit_id", "channel", "received_at", "closed_at")
# Nothing finer than a community: what lies in a grid counts for the community around it.
BY_DAY = """,
place AS (
    SELECT own.path AS own_path, coalesce(up.path, own.path) AS path
    FROM places_area own LEFT JOIN places_area up ON up.kind = 'community'
        AND own.path >= up.path AND own.path < left(up.path, -1) || '0'
),
fact AS (
    SELECT (received_at AT TIME ZONE %(zone)s)::date AS day, *, 1 AS came, 0 AS ended FROM reach
    UNION ALL
    SELECT (closed_at AT TIME ZONE %(zone)s)::date, *, 0, 1 FROM reach WHERE closed_at IS NOT NULL
)
SELECT fact.day, coalesce(place.path, fact.area_path), matter.code, coalesce(unit.code, ''),
       fact.channel, sum(came), sum(ended)
FROM fact
LEFT JOIN place ON place.own_path = fact.area_path
JOIN catalogue_matter matter ON matter.id = fact.matter_id
LEFT JOIN organisations_unit unit ON unit.id = fact.lead_unit_id
GROUP BY 1, 2, 3, 4, 5
"""


@dataclass(frozen=True)
class DayCount:
    """How many cases of one place, matter, unit and channel came in and were closed on a day."""

    day: date
    area_path: str
    matter_code: str
    unit_code: str
    channel: str
    received: int
    closed: int


def counts_of_days(actor: Actor) -> Iterator[DayCount]:
    """Yield the counts of every local day on which a case in reach came in or was closed.

    Places are communities or what lies above them; "" is the unit of what nobody leads yet.
    """
    zone = timezone.get_default_timezone_name()
    reach = cases_within(actor, act="case.count")
    for day, path, matter, unit, channel, received, closed in rows_over(
        reach, READ, sql=BY_DAY, values={"zone": zone}
    ):
        if isinstance(day, date):
            counts = int(str(received)), int(str(closed))
            yield DayCount(day, str(path), str(matter), str(unit), str(channel), *counts)
