"""Two years of stored cases at once: two real cases as patterns, the rest copied in bulk.

Only for benches: no rule is asked, no fact is written into the journal. What lists, pages,
searches and the look for duplicates read is all there, each case with words of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.db import connection

from linli.config.bench._ground import Ground
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.cases.selectors import Case, case_for, items_of
from linli.domain.cases.services import complete_item, dispatch_case, record_follow_up
from linli.domain.catalogue.selectors import matter_tree
from linli.domain.needs.services import NewMessage, receive_message
from linli.domain.organisations.selectors import duty_for
from linli.domain.places.selectors import areas_under
from linli.kernel.ids import case_number, public_id
from linli.methods.words import search_tokens
from linli.town.demands import Demand

OPEN_SHARE = 20  # one case in so many is still open
TURNAROUND = timedelta(days=9)
ROWS = """
CREATE TEMPORARY TABLE load_row (
    pattern bigint, public_id text, number text, matter_id bigint, area_id bigint, area_path text,
    unit_id bigint, channel text, title text, body text, address text, lng float8, lat float8,
    received_at timestamptz, tokens text, is_open boolean
)
"""
# What a copy has of its own; every other column is the pattern's.
OWN = {
    "cases_case": {
        "public_id": "r.public_id",
        "number": "r.number",
        "matter_id": "r.matter_id",
        "area_id": "r.area_id",
        "area_path": "r.area_path",
        "unit_ids": "ARRAY[r.unit_id]",
        "lead_unit_id": "r.unit_id",
        "channel": "r.channel",
        "title": "r.title",
        "body": "r.body",
        "address": "r.address",
        "lng": "r.lng",
        "lat": "r.lat",
        "received_at": "r.received_at",
        "opened_at": "r.received_at",
        "due_at": "CASE WHEN r.is_open THEN r.received_at + interval '9 days' END",
        "closed_at": "CASE WHEN NOT r.is_open THEN r.received_at + interval '8 days' END",
        "receipt_hash": "md5(r.public_id)",
        "search_text": "r.title || E'\\n' || r.body || E'\\n' || r.address",
        "search": "to_tsvector('simple', r.tokens)",
    },
    "cases_workitem": {
        "case_id": "c.id",
        "unit_id": "CASE WHEN p.unit_id IS NOT NULL THEN r.unit_id END",
        "opened_at": "r.received_at",
        "due_at": "CASE WHEN r.is_open THEN c.due_at END",
    },
    "cases_clock": {"case_id": "c.id", "item_id": "NULL", "due_at": "c.due_at"},
    "cases_caseevent": {"case_id": "c.id", "item_id": "NULL", "at": "r.received_at", "key": "NULL"},
    "cases_feedback": {"case_id": "c.id", "given_at": "r.received_at + interval '8 days'"},
    "needs_message": {
        "case_id": "c.id",
        "public_id": "r.public_id",
        "key": "'fill:' || r.public_id",
        "fingerprint": "md5(r.public_id)",
        "title": "r.title",
        "body": "r.body",
        "address": "r.address",
        "received_at": "r.received_at",
    },
}


@dataclass(frozen=True)
class Pattern:
    """The two real cases that all others are copied from."""

    open: Case
    closed: Case


def fill(ground: Ground, *, cases: int, seed: int, at: datetime) -> None:
    """Store so many cases of the last two years, one in twenty of them open."""
    demands = ground.demands(max(cases, 1000), until=at.date(), seed=seed)[:cases]
    pattern = _patterns(demands[:2], at=at)
    rows = list(_rows(demands, pattern, at=at))  # asks the database: not while it copies
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        with cursor.copy("COPY load_row FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute("ANALYZE load_row")
        for table, own in OWN.items():
            cursor.execute(_copy_statement(table, own))
        cursor.execute("DROP TABLE load_row")
        cursor.execute("VACUUM ANALYZE")


def _patterns(demands: Sequence[Demand], *, at: datetime) -> Pattern:
    refs = [_dispatched(demand, at=at) for demand in demands]
    closed = refs[1]
    item = next(i for i in items_of(case_for(SYSTEM_ACTOR, closed)) if i.state == "open")
    result = {"answer": "已现场处置完毕。", "result": "done"}
    complete_item(
        closed,
        item.pk,
        outcome="answer",
        result=result,
        actor=SYSTEM_ACTOR,
        at=at,
        key="fill:answer",
    )
    record_follow_up(
        closed,
        contacted=True,
        solved="solved",
        satisfied="satisfied",
        comment="",
        actor=SYSTEM_ACTOR,
        at=at,
        key="fill:ask",
    )
    return Pattern(*(case_for(SYSTEM_ACTOR, ref) for ref in refs))


def _dispatched(demand: Demand, *, at: datetime) -> str:
    new = NewMessage(
        channel=demand.channel,
        title=demand.title,
        body=demand.body,
        area=demand.grid_code,
        matter=demand.matter,
    )
    received = receive_message(new, actor=SYSTEM_ACTOR, at=at, key=f"fill:{demand.id}")
    case = received.case
    lead = duty_for(demand.matter, case.area_path, at=at)
    if lead is None:
        raise LookupError(f"nobody has the duty for {demand.matter}")
    dispatch_case(
        case.public_id, to=lead.lead.code, actor=SYSTEM_ACTOR, at=at, key=f"fill:to:{demand.id}"
    )
    return case.public_id


def _rows(
    demands: Sequence[Demand], pattern: Pattern, *, at: datetime
) -> Iterator[tuple[object, ...]]:
    matters = {matter.code: matter.pk for matter in matter_tree()}
    areas = dict(areas_under().values_list("code", "pk"))
    paths = dict(areas_under().values_list("code", "path"))

    @cache
    def lead(matter: str, path: str) -> int:
        duty = duty_for(matter, path, at=at)
        return duty.lead.pk if duty else pattern.open.unit_ids[0]

    for serial, demand in enumerate(demands):
        is_open = serial % OPEN_SHARE == 0
        path = paths[demand.grid_code]
        community = path.rpartition("/")[0].rpartition("/")[0] + "/"
        yield (
            (pattern.open if is_open else pattern.closed).pk,
            public_id(),
            case_number(demand.received_at.date(), 500_000 + serial),
            matters[demand.matter],
            areas[demand.grid_code],
            path,
            lead(demand.matter, community),
            demand.channel,
            demand.title,
            demand.body,
            demand.address,
            demand.lng,
            demand.lat,
            demand.received_at,
            search_tokens(f"{demand.title} {demand.body} {demand.address}"),
            is_open,
        )


def _copy_statement(table: str, own: dict[str, str]) -> str:
    with connection.cursor() as cursor:
        columns = [
            column.name
            for column in connection.introspection.get_table_description(cursor, table)
            if column.name != "id"
        ]
    values = ", ".join(own.get(name, f"p.{name}") for name in columns)
    join = (
        f"load_row r JOIN {table} p ON p.id = r.pattern"
        if table == "cases_case"
        else f"load_row r JOIN cases_case c ON c.public_id = r.public_id"
        f" JOIN {table} p ON p.case_id = r.pattern"
    )
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {join}"  # noqa: S608  # names are ours
