"""What the queue bench stands in: a town with three cases, and somebody who sees failed jobs."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

from django.db import connection
from django.test import Client

from linli.config.bench._answer import Figures, progress
from linli.config.bench._ground import Ground, lay_ground
from linli.config.bench._queue_halfway import Plot, states, unrepaired
from linli.config.bench._queue_run import measure, shown_to
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.access.services import create_user
from linli.domain.cases.selectors import Case
from linli.domain.cases.services import close_by_route, dispatch_by_list
from linli.domain.needs.services import Incoming, NewMessage, Received, receive_messages
from linli.domain.organisations.selectors import Post
from linli.domain.organisations.services import PostRow, UnitRow, appoint, import_units
from linli.domain.places.selectors import area_by_code
from linli.kernel.clock import utc_now

HOST = "localhost"
WORDS = ("title", "body", "address", "lng", "lat", "channel")
CASES, ROWS = 30, 12
OFFICE = "machine-room"


def measure_all(home: Path, *, kills: int, seed: int) -> Figures:
    """Plant what crashes leave half-way, then kill; returns the figures of the bench."""
    progress("laying the ground")
    ground = lay_ground(at=utc_now())
    person = administrator(ground)
    progress("planting what crashes leave half-way")
    left = unrepaired(plot_in(ground, home, person))
    for state in left:
        progress(f"left half-way: {state}")
    env = {"LINLI_ROLE": "worker"}
    figures = measure(person, kills=kills, seed=seed, env=env, log=home / "queue.log")
    connection.close()
    return dict(figures) | {
        "failed": int(str(figures["failed"])) + len(left),
        "halfway": len(states()),
        "unrepaired": len(left),
        "seed": seed,
    }


def administrator(ground: Ground) -> Client:
    """Sign somebody in who administers the platform."""
    at, street = utc_now(), ground.geography.street.code
    posts = (PostRow("admin", "admin", "admin"),)
    row = UnitRow(code=OFFICE, name=OFFICE, kind="department", area=street, posts=posts)
    import_units([row], actor=SYSTEM_ACTOR, at=at)
    user = create_user(OFFICE, name=OFFICE, password=None, actor=SYSTEM_ACTOR, at=at, is_demo=True)
    post = Post.objects.get(unit__code=OFFICE)
    appoint(user, post, area_by_code(street), actor=SYSTEM_ACTOR, at=at)
    client = Client(SERVER_NAME=HOST)
    client.force_login(user)
    return client


def plot_in(ground: Ground, home: Path, person: Client) -> Plot:
    """Return cases to plant states in: two at units, and one that was closed."""
    rows = list(_messages(ground, CASES + ROWS))
    clerk, at = ground.actor("clerk", at=utc_now()), utc_now()
    opened = _opened(rows[:CASES])
    part = opened.pop().public_id
    at_units = [
        case.public_id
        for case in opened
        if dispatch_by_list(case.public_id, actor=clerk, at=at, key="planted") is not None
    ]
    # Only now: a part counts that closed while the whole waited.
    closed = utc_now()
    close_by_route(part, route="route_statutory", actor=clerk, at=closed, key="planted")
    imported = [
        {**row, "source_id": f"{serial:06d}"} for serial, row in enumerate(rows[CASES:], start=1)
    ]
    ref, whole = at_units[:2]
    return Plot(home, ref, whole, part, imported, sees=lambda job: job in shown_to(person))


def _opened(rows: list[dict[str, object]]) -> list[Case]:
    batch = [
        Incoming(NewMessage(**row), key=f"planted-{serial}")  # type: ignore[arg-type]  # by name
        for serial, row in enumerate(rows)
    ]
    came = receive_messages(batch, actor=SYSTEM_ACTOR, at=utc_now())
    return [one.case for one in came if isinstance(one, Received)]


def _messages(ground: Ground, count: int) -> Iterator[dict[str, object]]:
    today = date.today()  # noqa: DTZ011  # at the edge; which day does not matter
    for serial, demand in enumerate(ground.demands(1000, until=today, seed=1)[:count]):
        said = {name: value for name, value in asdict(demand).items() if name in WORDS}
        yield said | {"body": f"{demand.body}（第{serial}件）"}
