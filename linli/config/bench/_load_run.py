"""The load bench at work, once a database and Django are there."""

import http.client
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.config.bench._answer import Figures, progress
from linli.config.bench._ground import Ground, lay_ground
from linli.config.bench._load_client import Order, Outcome
from linli.config.bench._load_fill import fill
from linli.config.bench._system import System
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.access.services import issue_token
from linli.domain.cases.selectors import cases_for
from linli.jobs.pace import Pace
from linli.jobs.upkeep import queue_state
from linli.kernel.clock import utc_now

BACKEND = "linli.config.accounts.StaffBackend"
READERS = ("clerk", "handler", "supervisor")
AT_MOST_PER_S = 200  # messages made ready for each second
LOOKS = 30
IDLE_WITHIN_S = 300.0
LOOK_EVERY_S = 0.5
FIELDS = ("title", "body", "address", "lng", "lat", "channel")


def measure(system: System, *, seconds: float, cases: int, seed: int, clients: int) -> Figures:
    """Fill, load, then read; returns the figures of the bench."""
    at = utc_now()
    progress("laying the ground")
    ground = lay_ground(at=at)
    progress(f"storing {cases} cases")
    fill(ground, cases=cases, seed=seed, at=at)
    connection.close()
    with system:
        progress("the worker catches up with what was published")
        _await_idle_worker()
        progress(f"{clients} connections post messages for {seconds:g} s")
        outcome = _load(system, ground, seconds=seconds, clients=clients, seed=seed + 1)
        lost = _lost(outcome)
        progress("reading lists, case pages and the cockpit")
        reading = _read(system, ground)
    spread = sorted(outcome.latencies_ms)
    return {
        "accepted": len(spread),
        "failed": outcome.failures,
        "lost": lost,
        "requests_per_s": round(len(spread) / outcome.seconds, 1),
        "p50_ms": round(statistics.median(spread), 1),
        "p95_ms": round(spread[int(len(spread) * 0.95)], 1),
        **reading,
    }


def _await_idle_worker() -> None:
    """Wait until nothing is left to do: publishing the packs alone makes every clock be derived."""
    deadline = time.monotonic() + IDLE_WITHIN_S
    while time.monotonic() < deadline:
        state = queue_state(Pace())
        if state.workers and not (state.outbox or state.waiting or state.running):
            return
        time.sleep(LOOK_EVERY_S)
    raise RuntimeError("the worker did not catch up")


def _load(system: System, ground: Ground, *, seconds: float, clients: int, seed: int) -> Outcome:
    token = issue_token(
        ground.user("clerk"), name="load", scopes=["message"], actor=SYSTEM_ACTOR, at=utc_now()
    )
    order = Order(
        bind=system.bind,
        token=token,
        seconds=seconds,
        connections=clients,
        messages=list(_messages(ground, int(seconds * AT_MOST_PER_S), seed=seed)),
    )
    done = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", "linli.config.bench._load_client"],
        input=json.dumps(order).encode(),
        stdout=subprocess.PIPE,
        check=True,
        env=os.environ,
    )
    return Outcome(**json.loads(done.stdout))


def _messages(ground: Ground, count: int, *, seed: int) -> Iterator[dict[str, object]]:
    for demand in ground.demands(max(count, 1000), until=date.today(), seed=seed)[:count]:  # noqa: DTZ011  # at the edge; which day does not matter
        told = asdict(demand)
        person = {
            "reporter_name": demand.reporter.name,
            "reporter_phone": demand.reporter.phone,
        }
        yield {name: told[name] for name in FIELDS} | person


def _lost(outcome: Outcome) -> int:
    """How many acknowledged messages are not there under the number that was told."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT split_part(m.key, ':', 3), c.number FROM needs_message m"
            " JOIN cases_case c ON c.id = m.case_id WHERE m.key LIKE 'api:%'"
        )
        stored = dict(cursor.fetchall())
    return sum(stored.get(key) != number for key, number in outcome.acknowledged.items())


def _read(system: System, ground: Ground) -> Figures:
    """The slowest role's median of the list and of a case page, and the most queries of any.

    And the leader's cockpit.
    """
    lists, pages = [], []
    for role in READERS:
        client = Client(headers={"host": "localhost"})
        client.force_login(ground.user(role), backend=BACKEND)
        case = cases_for(ground.actor(role, at=utc_now())).items[0]
        lists.append(_look(system, client, "/desk/cases/"))
        pages.append(_look(system, client, f"/desk/cases/{case.public_id}/"))
    leader = Client(headers={"host": "localhost"})
    leader.force_login(ground.user("leader"), backend=BACKEND)
    cockpit_ms, cockpit_queries = _look(system, leader, "/cockpit/")
    return {
        "list_ms": round(max(ms for ms, _ in lists), 1),
        "list_queries": max(queries for _, queries in lists),
        "case_ms": round(max(ms for ms, _ in pages), 1),
        "case_queries": max(queries for _, queries in pages),
        "cockpit_ms": round(cockpit_ms, 1),
        "cockpit_queries": cockpit_queries,
    }


def _look(system: System, client: Client, address: str) -> tuple[float, int]:
    """Median milliseconds of a page over HTTP, and its queries, counted in this process."""
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    http_connection = http.client.HTTPConnection(system.bind, timeout=60)
    took_ms = []
    for _ in range(LOOKS):
        began = time.perf_counter()
        http_connection.request("GET", address, headers={"Cookie": cookie})
        response = http_connection.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(f"{address} answered {response.status}")
        took_ms.append((time.perf_counter() - began) * 1000)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return statistics.median(took_ms), len(asked)
