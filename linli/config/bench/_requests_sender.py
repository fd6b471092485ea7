"""One person who sends requests, each to be kept: what came, and what it offers to go on with."""

import re
import time
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import cast
from urllib.parse import quote, urlsplit

from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

from linli.config.bench._access_visitor import HOST, SCOPES, SIGN_IN
from linli.config.bench._requests_reading import Form, Page, faults_of
from linli.domain.access.selectors import SYSTEM_ACTOR, User
from linli.domain.access.services import issue_token
from linli.kernel.clock import utc_now

QUEUED = Path("/proc/thread-self/schedstat")
KEPT = 40  # addresses, and forms, that a person remembers of each kind
URLENCODED, JSON = "application/x-www-form-urlencoded", "application/json"
PROBLEM = "application/problem+json"
NOT_IN_A_HEADER = re.compile(r"[\r\n\0]+")  # no server passes these on


@dataclass(frozen=True)
class Shot:
    """A request as it is sent."""

    method: str
    path: str
    body: bytes = b""
    kind: str = URLENCODED
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Came:
    """An answer, how long it took, and what is wrong with it, each with where it broke."""

    status: int
    body: bytes
    seconds: float
    page: Page | None
    faults: tuple[str, ...]
    is_sent_to_sign_in: bool


class Sender:
    """A person with a browser and keys, or somebody without an account."""

    def __init__(self, who: str, user: User | None) -> None:
        self.who, self.user = who, user
        self.addresses: dict[str, deque[str]] = defaultdict(lambda: deque(maxlen=KEPT))
        self.forms: dict[str, deque[tuple[str, Form]]] = defaultdict(lambda: deque(maxlen=KEPT))
        self.client = Client(raise_request_exception=False, SERVER_NAME=HOST)
        self.keys: dict[str, str] = {}
        if user is not None:
            self.keys = {
                scope: issue_token(
                    user, name=scope, scopes=[scope], actor=SYSTEM_ACTOR, at=utc_now()
                )
                for scope in SCOPES
            }
        self.sign_in()

    def sign_in(self) -> None:
        """Begin a session, as if the password had just been asked."""
        self.client.cookies.clear()
        if self.user is not None:
            self.client.force_login(self.user)
            session = self.client.session
            session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
            session.save()

    def send(self, shot: Shot) -> Came:
        """Send a request; its changes stay. Who was signed out signs in again."""
        began = _at_work()
        answer = self.client.generic(
            shot.method,
            shot.path,
            shot.body,
            shot.kind,
            headers={name: _sendable(value) for name, value in shot.headers.items()},
        )
        parts = getattr(answer, "streaming_content", None)
        body: bytes = getattr(answer, "content", b"") if parts is None else b"".join(parts)
        seconds = _at_work() - began
        came = self._judged(shot, answer, body, seconds)
        if self.user is not None and came.is_sent_to_sign_in:
            self.sign_in()
        return came

    def _judged(self, shot: Shot, answer: HttpResponseBase, body: bytes, seconds: float) -> Came:
        headers = {name.lower(): value for name, value in answer.items()}
        is_page = headers.get("content-type", "").startswith("text/html")
        page = Page(body.decode(errors="replace")) if is_page else None
        faults = faults_of(answer.status_code, headers, body, page)
        is_api = shot.path.startswith("/api/")
        if is_api and answer.status_code >= 400 and headers.get("content-type") != PROBLEM:
            faults.append(f"not_problems: {headers.get('content-type')}")
        where = _place_of(getattr(answer, "exc_info", None))
        if page is not None:
            self._remember(page, shot.path)
        told = tuple(f"{fault} {where}" if where else fault for fault in faults)
        is_away = headers.get("location", "").startswith(SIGN_IN)
        return Came(answer.status_code, body, seconds, page, told, is_away)

    def _remember(self, page: Page, path: str) -> None:
        for link in page.links:
            if key := key_of(link):
                self.addresses[key].append(link)
        for form in page.forms:
            action = form.action or path
            if key := key_of(action):
                self.forms[key].append((action, form))


@cache
def key_of(address: str) -> str:
    """Return the name of the route that answers an address of ours, and which act; "" if none."""
    path = urlsplit(address).path if address.startswith("/") else ""
    try:
        found = resolve(path)
    except Resolver404:
        return ""
    return named(found.view_name, str(found.kwargs.get("act", "")))


def named(route: str, act: str) -> str:
    """Return what a kind of address is remembered by."""
    return f"{route} {act}".strip()


def quoted(text: str) -> str:
    """Write a text into an address, half a character included."""
    return quote(text.encode(errors="surrogatepass"), safe="")


def _at_work() -> float:
    """Return the time in seconds without that in which others had all cores, where it is told."""
    waited = QUEUED.read_text(encoding="ascii").split()[1] if QUEUED.exists() else 0
    return time.monotonic() - int(waited) / 1e9


def _sendable(value: str) -> str:
    """Return a header's value as a server hands it on: bytes, taken for Latin."""
    plain = NOT_IN_A_HEADER.sub(" ", value)
    return plain.encode(errors="surrogatepass").decode("latin-1")


def _place_of(error: tuple[type[BaseException], BaseException, TracebackType] | None) -> str:
    """Return what was raised, and where in our own code last."""
    if not error:
        return ""
    kind, raised, at = error
    place, step = "", cast(TracebackType | None, at)
    while step:
        name = step.tb_frame.f_code.co_filename
        if "/linli/" in name and "/bench/" not in name:
            place = f"{name.rpartition('/linli/')[2]}:{step.tb_lineno}"
        step = step.tb_next
    return f"{kind.__name__} at {place}: {str(raised)[:160]}"
