"""Staff at work over the doors while things are killed: the desk's forms, and the API's outcomes.

Each act bears a key. Where no answer comes it is sent again with the same key, and one in three
that was answered is sent again too, as by somebody who never saw the answer.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

import django.db
from django.conf import settings
from django.db import connection
from django.test import Client

from linli.config.bench._crash_work import (
    REFUSALS,
    ROUTED,
    SHARED,
    TIED,
    Came,
    Door,
    Work,
    chance_of,
)
from linli.config.bench._ground import Ground
from linli.config.bench._whole import rows
from linli.domain.access.selectors import SYSTEM_ACTOR, User, user_by_name
from linli.domain.access.services import issue_token
from linli.domain.organisations.selectors import duty_for
from linli.kernel.clock import utc_now

AT_ONCE = 5
ASKED_AGAIN = 1 / 3
CSRF = "x" * 32
FORM = "application/x-www-form-urlencoded"
UNSOLVED = 0.2
IN_TRIAGE = """
SELECT c.public_id, c.number, m.code, c.area_path FROM cases_case c
JOIN catalogue_matter m ON m.id = c.matter_id WHERE c.status = 'open' AND c.stage = 'triage'
ORDER BY c.id LIMIT 60"""
AT_UNITS = """
SELECT c.public_id, w.id, u.code FROM cases_workitem w JOIN cases_case c ON c.id = w.case_id
JOIN organisations_unit u ON u.id = w.unit_id
WHERE w.state = 'open' AND w.kind = 'main' ORDER BY w.id LIMIT 20"""
ANSWERED = """
SELECT public_id, round FROM cases_case WHERE status = 'open' AND stage = 'follow_up'
ORDER BY random() LIMIT 20"""


@dataclass(frozen=True)
class Deed:
    """One act: `key` as the history keeps it, and what is posted where."""

    key: str
    ref: str
    path: str
    body: str
    headers: dict[str, str]


class Staff(Work):
    """Somebody who looks for work and does it; `acknowledged` holds case by command key."""

    def __init__(self, bind: str, rng: Random) -> None:
        super().__init__()
        self.door, self.rng = Door(bind), rng

    def run(self) -> None:
        """Do one act after the other."""
        while not self.told_to_stop.is_set():
            try:
                deeds = list(self.found())
            except django.db.Error:
                connection.close()
                deeds = []
            for deed in self.rng.sample(deeds, min(AT_ONCE, len(deeds))):
                self._do(deed)
            self.rest()
        connection.close()

    def found(self) -> Iterator[Deed]:
        """Yield what could be done now."""
        raise NotImplementedError

    def _do(self, deed: Deed) -> None:
        if deed.key in self.acknowledged or deed.key in self.refused:
            return
        if not self._ask(deed):
            self.refused.add(deed.key)
            return
        self.acknowledged[deed.key] = deed.ref
        if self.rng.random() < ASKED_AGAIN and not self._ask(deed):
            self.contradicted += 1

    def _ask(self, deed: Deed) -> bool:
        """Post until an answer comes; whether it was yes."""
        while True:
            came = self.door.post(deed.path, deed.body, deed.headers)
            if came is not None and came.status in REFUSALS:
                return False
            if came is not None and _is_yes(came):
                return True
            self.rest()


class AtTheDesk(Staff):
    """Whoever is signed in, and fills in the forms of acts."""

    def __init__(self, bind: str, user: User, rng: Random) -> None:
        super().__init__(bind, rng)
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF}"
        self.headers = {"Cookie": cookies, "Content-Type": FORM}

    def deed(self, key: str, ref: str, act: str, **fields: str) -> Deed:
        """Return the filled-in form of an act."""
        body = urlencode({**fields, "key": key, "csrfmiddlewaretoken": CSRF})
        return Deed(key, ref, f"/desk/cases/{ref}/{act}/", body, self.headers)


class Dispatcher(AtTheDesk):
    """Closes some by a route, ties some to others as their part, and hands over.

    Half of the rest is left to the other desk alone; on the other half the two meet.
    """

    def found(self) -> Iterator[Deed]:
        """Yield the cases in triage, each with what becomes of it."""
        waiting = rows(IN_TRIAGE)
        for place, (ref, _, matter, area) in enumerate(waiting):
            duty = duty_for(matter, area, at=utc_now())
            fate, route = chance_of(ref), f"route:{ref}"
            if (fate < ROUTED or duty is None) and route not in self.refused:
                yield self.deed(route, ref, "route", route="route_statutory")
            if duty is None or fate > SHARED or (fate < ROUTED and route not in self.refused):
                continue
            if ROUTED <= fate < TIED and place:
                whole = waiting[place - 1][1]
                yield self.deed(f"part:{ref}", ref, "link", to=whole, kind="part")
            yield self.deed(f"desk:{ref}", ref, "dispatch", to=duty.lead.code)


class Asker(AtTheDesk):
    """Asks residents back: most cases end so, some go back to their unit."""

    def found(self) -> Iterator[Deed]:
        """Yield the cases that were answered."""
        for ref, told in rows(ANSWERED):
            solved = "unsolved" if self.rng.random() < UNSOLVED else "solved"
            words = {"contacted": "yes", "solved": solved, "satisfied": "basic"}
            yield self.deed(f"ask:{ref}:{told}", ref, "follow-up", **words)


class Answerer(Staff):
    """Answers for every unit over the API, each with a key of its own."""

    def __init__(self, bind: str, ground: Ground, rng: Random) -> None:
        super().__init__(bind, rng)
        self.ground = ground
        self.tokens: dict[str, tuple[int, str]] = {}

    def found(self) -> Iterator[Deed]:
        """Yield what lies with units."""
        for ref, item, unit in rows(AT_UNITS):
            user, token = self._token(unit)
            body = {"outcome": "answer", "reason": "已办", "result": {"result": "done"}}
            headers = {
                "Authorization": f"Bearer {token}",
                "Content-Type": "application/json",
                "Idempotency-Key": f"item-{item:08d}",
            }
            path = f"/api/v1/cases/{ref}/outcomes"
            key = f"api:{user}:{headers['Idempotency-Key']}"
            yield Deed(key, ref, path, json.dumps(body), headers)

    def _token(self, unit: str) -> tuple[int, str]:
        if unit not in self.tokens:
            user = user_by_name(self.ground.organisation.holder("handler", unit).username)
            if user is None:
                raise LookupError(f"nobody handles for {unit}")
            token = issue_token(
                user, name="crash", scopes=["act"], actor=SYSTEM_ACTOR, at=utc_now()
            )
            self.tokens[unit] = user.pk, token
        return self.tokens[unit]


def staff(bind: str, ground: Ground, rng: Random) -> list[Staff]:
    """Return the staff of the town: a desk, somebody who asks back, and all units."""
    clerks: Sequence[str] = next(
        [user.username for user in post.holders]
        for post in ground.organisation.posts
        if post.role == "clerk"
    )
    desk, asker = (user_by_name(name) for name in clerks[:2])
    if desk is None or asker is None:
        raise LookupError("the town has no two clerks")
    chances = [Random(rng.random()) for _ in range(3)]  # noqa: S311  # no secret
    return [
        Dispatcher(bind, desk, chances[0]),
        Asker(bind, asker, chances[1]),
        Answerer(bind, ground, chances[2]),
    ]


def _is_yes(came: Came) -> bool:
    if came.status == 302 and not came.location.startswith("/desk/"):
        raise RuntimeError(f"sent away to {came.location}")
    return came.status in (200, 201, 302)
