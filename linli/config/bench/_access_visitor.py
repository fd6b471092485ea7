"""One person before the doors: asks, and gives back what came without what differs by chance."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from linli.config.bench._access_district import TITLE, District
from linli.config.bench._access_routes import Row, served
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.access.services import issue_token
from linli.kernel.clock import utc_now

STRANGER = ""
SCOPES = ("read", "message", "act")
HOST = "localhost"
PLACE = re.compile(r"\(\?P<(\w+)>|<(?:\w+:)?(\w+)>")
JSON = "application/json"
# Of each answer its own, whatever was asked.
PASSING = frozenset({"date", "set-cookie", "content-security-policy"})
NAMED = re.compile(
    r"(?P<ref>\b[a-z2-7]{26}\b)|(?P<number>\b\d{8}-\d{6}-[\dX]\b)|"
    + TITLE.format(r"(?P<serial>\d+)")
)
SIGN_IN = "/accounts/login/"
Looks = Literal["absent", "sign_in", "key", "forbidden", "error", "refused", "let_in"]


@dataclass(frozen=True)
class Answer:
    """What came."""

    status: int
    body: bytes
    headers: Mapping[str, str]

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode(errors="replace")

    @property
    def looks(self) -> Looks:
        """What it looks like, by its status and where it leads."""
        if self.status in (301, 302) and self.headers.get("location", "").startswith(SIGN_IN):
            return "sign_in"
        named: Mapping[int, Looks] = {401: "key", 403: "forbidden", 404: "absent", 405: "refused"}
        return named.get(self.status, "error" if self.status >= 500 else "let_in")


class Visitor:
    """One person, or a stranger. Whatever a request changes is taken back."""

    def __init__(self, district: District, who: str) -> None:
        self.district, self.who = district, who
        self.client = Client(raise_request_exception=False, SERVER_NAME=HOST)
        self._absent: dict[str, Answer] = {}
        if who != STRANGER:
            user = district.users[who]
            self.client.force_login(user)
            self._show_again_who_it_is()
            self.keys = {
                scope: issue_token(
                    user, name=scope, scopes=[scope], actor=SYSTEM_ACTOR, at=utc_now()
                )
                for scope in SCOPES
            }

    def _show_again_who_it_is(self) -> None:
        """As if the password had just been asked again: else no weighty page opens."""
        session = self.client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session.save()

    def ask(self, row: Row, *, scope: str | None = None, said: str = "", **values: str) -> Answer:
        """Ask for a route; `values` fill its address, and what is left over is said.

        `scope` is that of another key than the route needs; `said` is what a query adds.
        """
        path, rest = address(row, values)
        headers = {}
        chosen = row.scope if scope is None else scope
        if chosen and self.who != STRANGER:
            headers = {
                "Authorization": f"Bearer {self.keys[chosen]}",
                "Idempotency-Key": f"bench-{row.route}",
            }
        return self.send(row.method, path + said, rest, headers=headers, is_json=bool(row.scope))

    def send(
        self,
        method: str,
        path: str,
        said: Mapping[str, str] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        is_json: bool = False,
    ) -> Answer:
        """Send a request, and take back what it did."""
        kind = {"content_type": JSON} if is_json and method != "GET" else {}
        with transaction.atomic():
            ask = getattr(self.client, method.lower())
            came = _answer(ask(path, dict(said or {}), headers=dict(headers or {}), **kind))
            transaction.set_rollback(True)
        return came

    def absent(self, row: Row, **values: str) -> Answer:
        """What a route answers for what does not exist; asked once a route and method."""
        key = f"{row.name} {sorted(values.items())}"
        if key not in self._absent:
            self._absent[key] = self.ask(row, **values)
        return self._absent[key]

    def nothing(self, row: Row) -> Answer:
        """What an address answers, in the same part of the platform, that does not exist at all."""
        path = "/api/v1/none" if row.route.startswith("api:") else "/none/"
        if path not in self._absent:
            self._absent[path] = self.send("GET", path)
        return self._absent[path]


def address(row: Row, values: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return the address of a route, filled in, and those values that it has no place for."""
    places = _places(row.route)
    inside = {name: value for name, value in values.items() if name in places}
    rest = {name: value for name, value in values.items() if name not in places}
    is_named = not row.route.endswith("/")
    return (reverse(row.route, kwargs=inside) if is_named else f"/{row.route}"), rest


@cache
def _places(route: str) -> frozenset[str]:
    pattern = served()[route]
    return frozenset(found[1] or found[2] for found in PLACE.finditer(pattern))


def named_in(text: str, district: District) -> frozenset[str]:
    """Return the public ids of all cases that a text names: by id, number or title."""
    known = district.names
    return frozenset(
        known[found[found.lastgroup or 0]]
        for found in NAMED.finditer(text)
        if found[found.lastgroup or 0] in known
    )


def _answer(came: HttpResponseBase) -> Answer:
    parts = getattr(came, "streaming_content", None)
    body = getattr(came, "content", b"") if parts is None else b"".join(parts)
    kept = {n.lower(): v for n, v in came.items() if n.lower() not in PASSING}
    return Answer(came.status_code, body, kept)
