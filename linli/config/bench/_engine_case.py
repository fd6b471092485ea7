"""A case of a made-up standard, its rows held against the model of it.

After each command the rows must be what the model says, the history without a gap, and no due
time another than before unless the command is one that moves it. What the model refuses, and what
is sent twice, must change nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from django.db import connection

from linli.config.bench._engine_definitions import Body, body_of, part_body
from linli.config.bench._engine_model import Model, Piece
from linli.domain.access.selectors import Actor
from linli.domain.cases import services
from linli.domain.catalogue.selectors import Matter, Pack, Source, StandardVersion
from linli.kernel.errors import LinliError

# Only these may move a due time that runs; what moves a case stops clocks, and begins others.
MOVE_DUES = frozenset({"resume", "more_time", "take_up", "go", "dispatch", "join"})
STATE = """
SELECT c.stage, c.round, c.status, c.seq,
    (SELECT count(*) FROM cases_caseevent e WHERE e.case_id = c.id),
    (SELECT coalesce(max(e.seq), 0) FROM cases_caseevent e WHERE e.case_id = c.id),
    (SELECT coalesce(json_agg(json_build_array(w.stage, w.round, u.code, w.is_lead) ORDER BY w.id),
        '[]') FROM cases_workitem w LEFT JOIN organisations_unit u ON u.id = w.unit_id
        WHERE w.case_id = c.id AND w.kind = 'main' AND w.state = 'open'),
    (SELECT count(*) FROM cases_caseevent e WHERE e.case_id = c.id
        AND e.activity = 'parts_joined')
FROM cases_case c WHERE c.id = %s"""
DUES = """
SELECT id, due_at, facts::text FROM cases_clock WHERE case_id = %s AND is_running
AND NOT is_provisional"""
ITEMS = """
SELECT w.id FROM cases_workitem w WHERE w.case_id = %s AND w.kind = %s AND w.state = 'open'
AND (%s = '' OR w.stage = %s) ORDER BY w.id"""


class Wrong(AssertionError):
    """What the engine did is not what the model says."""


@dataclass(frozen=True)
class Cast:
    """Who acts: `units` are the codes of the units of lead and helper; `area` is where."""

    clerk: Actor
    supervisor: Actor
    lead: Actor
    helper: Actor
    outsider: Actor
    units: tuple[str, str]
    area: str

    def for_piece(self, piece: Piece, role: str) -> Actor:
        """Who has a piece of work."""
        if piece.unit is None:
            return self.supervisor if role == "supervisor" else self.clerk
        return self.lead if piece.unit == self.units[0] else self.helper


def put_in_force(body: Body) -> StandardVersion:
    """Store a version as a publication would leave it."""
    return StandardVersion.objects.create(
        pack=Pack.objects.order_by("pk")[0],
        code=body["standard"],
        version=body["version"],
        name=body["name"],
        name_en=body["name_en"],
        body=body,
        sha256=f"{body['standard']}-{body['version']}",
        status=StandardVersion.Status.PUBLISHED,
        valid_from=body["valid_from"],
        published_at=None,
    )


def add_matter(code: str, standard: str) -> None:
    """Let a matter take a standard."""
    Matter.objects.create(
        pack=Pack.objects.order_by("pk")[0],
        code=code,
        path=f"{code}/",
        level=1,
        position=0,
        name=code,
        name_en=code,
        standard_code=standard,
        source=Source.objects.order_by("pk")[0],
        valid_from="2019-01-01",
    )


@dataclass
class Tally:
    """How many runs, commands, refusals, repeats, closed cases, joins."""

    runs: int = 0
    commands: int = 0
    refused: int = 0
    repeated: int = 0
    closed: int = 0
    joined: int = 0
    migrated: int = 0
    wrong: int = 0


@dataclass
class Run:
    """One case of a made-up standard."""

    cast: Cast
    name: str
    at: datetime
    tally: Tally
    rng: Random
    count: int = 0
    body: Body = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    versions: list[tuple[Mapping[str, Any], dict[str, str], str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.body = body_of(self.rng, self.name, part_matter=f"{self.name}_part")
        for body, matter in (
            (self.body, self.name),
            (part_body(f"{self.name}_p"), f"{self.name}_part"),
        ):
            put_in_force(body)
            add_matter(matter, body["standard"])
        case = services.open_by_hand(
            self.new(self.name), actor=self.cast.lead, at=self.at, key=self.name
        )
        self.ref, self.pk = case.public_id, case.pk
        self.model = Model(self.body, own=self.cast.units[0])
        self.check("open", self.dues())

    def new(self, matter: str) -> services.NewCase:
        return services.NewCase(
            title="随机",
            body="随机一件。",
            matter=matter,
            area=self.cast.area,
            petition_type="",
            channel="window",
            received_at=self.at,
        )

    def wished(self) -> list[str]:
        """What is worth trying more often here: parts where there are any."""
        has_parts = not self.model.is_closed and "parts" in self.model.now
        still = None in self.model.parts
        return ["part"] * (6 * has_parts) + ["part_ends"] * (8 * (has_parts and still))

    def send(self, command: Callable[..., object], *given: object, **said: Any) -> bool:  # noqa: ANN401  # any command
        """Send a command, and now and then twice; whether it was carried out."""
        self.count += 1
        key = f"k{self.count}"
        try:
            command(*given, at=self.at, key=key, **said)
        except LinliError:
            self.tally.refused += 1
            return False
        if self.rng.random() < 0.2:
            self.tally.repeated += 1
            before = self.state()
            command(*given, at=self.at, key=key, **said)
            if self.state() != before:
                raise Wrong(f"{self.name}: sent twice it was done twice")
        return True

    def state(self) -> tuple[Any, ...]:
        """What the rows say of the case."""
        return rows(STATE, [self.pk])[0]

    def dues(self) -> dict[int, tuple[object, object]]:
        """The running clocks, when they are due, and what has happened to them."""
        return {row[0]: (row[1], row[2]) for row in rows(DUES, [self.pk])}

    def items(self, kind: str, stage: str = "") -> list[int]:
        """Row ids of open items."""
        return [row[0] for row in rows(ITEMS, [self.pk, kind, stage, stage])]

    def check(self, did: str, before: dict[int, tuple[object, object]]) -> None:
        """Hold the rows against the model."""
        stage, number, status, seq, count, last, found, joins = self.state()
        model = self.model
        wanted = [[p.stage, p.round, p.unit, p.leads] for p in model.open]
        if (stage, status) != (model.stage, "closed" if model.is_closed else "open"):
            raise Wrong(f"{self.name} {did}: at {stage} {status}, not {model.stage}")
        if number != model.round or found != wanted:
            raise Wrong(f"{self.name} {did}: round {number} {found}, not {model.round} {wanted}")
        if not seq == count == last:
            raise Wrong(f"{self.name} {did}: {count} events up to {last} of {seq}")
        if joins != len(model.joined):
            raise Wrong(f"{self.name} {did}: joined {joins} times, not {len(model.joined)}")
        after = self.dues()
        silent = {pk for pk, due in after.items() if pk in before and due[0] != before[pk][0]}
        if silent and did not in MOVE_DUES:
            raise Wrong(f"{self.name} {did}: a due time moved")


def rows(sql: str, values: Sequence[str | int]) -> list[tuple[Any, ...]]:
    """Ask the database."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
