"""The figures of a cockpit: one look at the cases in reach, rolled up by place, matter and unit.

Serves: R014 R129 R134.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from linli.domain.access.selectors import Actor
from linli.domain.cases.selectors.filters import NOTHING_SET, CaseFilter, cases_within
from linli.domain.cases.selectors.grouping import Row, Value, rows_over
from linli.kernel.paths import path_range

READ = (
    "area_id",
    "matter_id",
    "lead_unit_id",
    "status",
    "received_at",
    "closed_at",
    "due_at",
    "held_at",
)
FIGURES = "received, closed, open, overdue, due_today"
SUMS = ", ".join(f"coalesce(sum(leaf.{name}), 0)::bigint" for name in FIGURES.split(", "))
# `leaf` counts each case once for each of four groupings; a bit of `level` is set for every
# column that a row is not grouped by. `up` is the level asked for, whose rows gather their leaves.
# least() passes over NULL: what runs is overdue by now, what stands by when it was stopped.
ROLL_UP = f""",
leaf AS (
    SELECT area_id, matter_id, lead_unit_id,
           GROUPING(area_id, matter_id, lead_unit_id) AS level,
           count(*) FILTER (WHERE received_at >= %(since)s AND received_at < %(until)s) AS received,
           count(*) FILTER (WHERE closed_at >= %(since)s AND closed_at < %(until)s) AS closed,
           count(*) FILTER (WHERE status = 'open') AS open,
           count(*) FILTER (WHERE status = 'open' AND due_at < least(%(at)s, held_at)) AS overdue,
           count(*) FILTER (WHERE status = 'open' AND held_at IS NULL
                            AND due_at >= %(day)s AND due_at < %(night)s) AS due_today
    FROM reach GROUP BY GROUPING SETS ((area_id), (matter_id), (lead_unit_id), ())
)
SELECT 'total', '', '', '', '', false, {FIGURES} FROM leaf WHERE level = 7
UNION ALL
SELECT 'area', up.code, up.name, '', up.path,
       EXISTS (SELECT FROM places_area below WHERE below.parent_id = up.id), {SUMS}
FROM places_area up
JOIN places_area own ON own.path >= up.path AND own.path < left(up.path, -1) || '0'
LEFT JOIN leaf ON leaf.level = 3 AND leaf.area_id = own.id
WHERE up.kind = %(area_kind)s AND up.path >= %(area_low)s AND up.path < %(area_high)s
GROUP BY up.id HAVING up.valid_to IS NULL OR count(leaf.area_id) > 0
UNION ALL
SELECT 'matter', up.code, up.name, up.name_en, up.path,
       EXISTS (SELECT FROM catalogue_matter below WHERE below.parent_id = up.id), {SUMS}
FROM leaf JOIN catalogue_matter own ON leaf.level = 5 AND leaf.matter_id = own.id
JOIN catalogue_matter up ON own.path >= up.path AND own.path < left(up.path, -1) || '0'
WHERE up.level = %(matter_level)s AND up.path >= %(matter_low)s AND up.path < %(matter_high)s
GROUP BY up.id
UNION ALL
SELECT 'unit', coalesce(own.code, ''), coalesce(own.name, ''), '', '', false, {FIGURES}
FROM leaf LEFT JOIN organisations_unit own ON own.id = leaf.lead_unit_id WHERE level = 6
"""  # noqa: S608  # all of it is ours


@dataclass(frozen=True)
class Figures:
    """How many cases; of a period: received, closed; now: open, overdue, due today."""

    received: int = 0
    closed: int = 0
    open: int = 0
    overdue: int = 0
    due_today: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether every figure is zero."""
        return self == Figures()

    def less(self, others: "Iterable[Figures]") -> "Figures":
        """Return what is left after others are taken away."""
        taken = list(others)
        return Figures(
            *(
                getattr(self, name) - sum(getattr(other, name) for other in taken)
                for name in FIGURES.split(", ")
            )
        )


@dataclass(frozen=True)
class Branch:
    """One place, matter or unit with all that lies below it."""

    code: str
    name: str
    name_en: str
    path: str
    has_below: bool
    figures: Figures


@dataclass(frozen=True)
class Board:
    """All figures of one look; what no branch of a heading holds is `total.less(…)`."""

    total: Figures
    areas: tuple[Branch, ...] = ()
    matters: tuple[Branch, ...] = ()
    units: tuple[Branch, ...] = ()


@dataclass(frozen=True)
class Span:
    """Moments from `since` up to, not including, `until`; UTC."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class Levels:
    """What the rows of a board are: areas of a kind below a path, matters of a level below one.

    An empty path is everywhere; roots of the matters are of level 1.
    """

    area_kind: str
    area_path: str = ""
    matter_level: int = 1
    matter_path: str = ""


def board_of(
    actor: Actor,
    *,
    at: datetime,
    period: Span,
    today: Span,
    levels: Levels,
    where: CaseFilter = NOTHING_SET,
) -> Board:
    """Count the cases in reach by place, matter and unit in one query, and in one look.

    Open, overdue and due today are as things stand at `at`, whenever the case came in.
    """
    area_low, area_high = path_range(levels.area_path)
    matter_low, matter_high = path_range(levels.matter_path)
    values: dict[str, Value] = {
        "at": at,
        "since": period.since,
        "until": period.until,
        "day": today.since,
        "night": today.until,
        "area_kind": levels.area_kind,
        "area_low": area_low,
        "area_high": area_high,
        "matter_level": levels.matter_level,
        "matter_low": matter_low,
        "matter_high": matter_high,
    }
    reach = cases_within(actor, act="case.count", where=where).filter(_counted(period))
    return _board(rows_over(reach, READ, sql=ROLL_UP, values=values))


def _counted(period: Span) -> Q:
    """Only what some figure counts is read at all."""
    received = Q(received_at__gte=period.since, received_at__lt=period.until)
    closed = Q(closed_at__gte=period.since, closed_at__lt=period.until)
    return Q(status="open") | received | closed


def _board(rows: list[Row]) -> Board:
    found: dict[object, list[Branch]] = {"total": [], "area": [], "matter": [], "unit": []}
    for kind, code, name, name_en, path, has_below, *counts in rows:
        figures = Figures(*(int(str(count)) for count in counts))
        words = (str(code), str(name), str(name_en), str(path))
        found[kind].append(Branch(*words, bool(has_below), figures))
    return Board(
        total=found["total"][0].figures if found["total"] else Figures(),
        areas=tuple(sorted(found["area"], key=lambda branch: branch.path)),
        matters=_busiest_first(found["matter"]),
        units=_busiest_first(found["unit"]),
    )


def _busiest_first(branches: list[Branch]) -> tuple[Branch, ...]:
    used = (branch for branch in branches if not branch.figures.is_nothing)
    return tuple(sorted(used, key=lambda b: (-b.figures.open, -b.figures.received, b.code)))
