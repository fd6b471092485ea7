"""Trying every kind at the guard, with a name server and wires that count."""

import ipaddress
import os
import socket
import threading
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import patch

from linli.config.bench._egress_kinds import GOOD, PUBLIC, Kind, careless_host, kinds
from linli.kernel.egress import (
    EgressError,
    EgressRefused,
    Listed,
    Policy,
    Session,
    Wires,
    egress_session,
    is_public,
)

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
CONTROLS = (PUBLIC, "223.5.5.5", "2606:4700::1111", "110.242.68.66")
MakeSession = Callable[[Policy, Wires], Session]


@dataclass
class Wire:
    """A name server that says what it is told, and a cable on which each connection is counted."""

    answers: Sequence[Sequence[str]]
    provider: int
    asked: int = 0
    reached: list[str] = field(default_factory=list)

    def resolve(self, host: str, port: int) -> Sequence[str]:
        """Answer as the kind says; else as a C library reads the host as a number."""
        if self.answers:
            self.asked += 1
            return self.answers[min(self.asked, len(self.answers)) - 1]
        text = unicodedata.normalize("NFKC", host).strip("[]")
        with suppress(OSError):
            return [socket.inet_ntoa(socket.inet_aton(text))]
        with suppress(ValueError):
            return [str(ipaddress.ip_address(text))]
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    def connect(self, address: str, port: int, timeout_s: float) -> socket.socket:
        """Count; let through to the provider of redirects alone."""
        if (address, port) == ("127.0.0.1", self.provider):
            return socket.create_connection((address, port), timeout=timeout_s)
        self.reached.append(address)
        raise ConnectionRefusedError

    def reached_inside(self) -> int:
        """Count connections to what is not for everybody."""
        return sum(not is_public(ipaddress.ip_address(place)) for place in self.reached)


@dataclass(frozen=True)
class Outcome:
    """What came of the kinds: how many by family, and which reached what they should not."""

    tried: Counter[str]
    failed: list[Kind]
    controls_failed: int
    trapped: int


def attack(count: int, *, seed: int, make: MakeSession | None = None) -> Outcome:
    """Try the kinds one by one, then what is honest, at the guard or at another session."""
    session_of: MakeSession = make or (lambda policy, wires: egress_session(policy, wires=wires))
    with _listening(_Redirecting) as (provider, _), _listening(_Trap) as (trap, hits):
        with patch.dict(os.environ, dict.fromkeys(PROXIES, f"http://127.0.0.1:{trap}")):
            tried = kinds(count, seed=seed, trap=trap)
            failed = [kind for kind in tried if _gets_through(kind, provider, session_of)]
            controls = sum(not _is_reached(address, session_of) for address in CONTROLS)
        trapped = len(hits)
    return Outcome(Counter(kind.name for kind in tried), failed, controls, trapped)


def policy_for(kind: Kind) -> Policy:
    """Return a policy that lists the good host, and carelessly the one that the kind names."""
    network = ipaddress.ip_network(kind.network) if kind.network else None
    hosts = [Listed(GOOD, network=network)]
    found = careless_host(kind.url)
    if found and found[0] != GOOD:
        hosts.append(Listed(*found))
    return Policy(hosts, with_loopback=bool(kind.leads_to))


def _gets_through(kind: Kind, provider: int, session_of: MakeSession) -> bool:
    """Whether a connection went inside, or a redirect was followed or handed on."""
    wire, url = Wire(kind.answers, provider), kind.url
    if kind.leads_to:
        status = url.rpartition("/")[2]
        url = f"http://127.0.0.1:{provider}/{status}?{kind.leads_to.encode().hex()}"
    is_answered = False
    with (
        session_of(policy_for(kind), Wires(wire.resolve, wire.connect)) as session,
        suppress(EgressError, OSError, ValueError),
    ):
        session.get(url, timeout=5)
        is_answered = True
    return bool(wire.reached_inside()) or is_answered


def _is_reached(address: str, session_of: MakeSession) -> bool:
    """Whether an honest host is called, at its address and nowhere else."""
    wire = Wire(((address,),), 0)
    with session_of(Policy([Listed(GOOD)]), Wires(wire.resolve, wire.connect)) as session:
        try:
            session.get(f"https://{GOOD}/a?b=c")
        except EgressRefused:
            return False
        except EgressError:
            return wire.reached == [address]
    return False


class _Redirecting(BaseHTTPRequestHandler):
    """A provider that is called honestly and leads elsewhere: /STATUS?hex of where."""

    hits: list[str]

    def do_GET(self) -> None:  # noqa: N802  # as the library calls it
        """Lead on."""
        status, _, where = self.path.lstrip("/").partition("?")
        self.send_response(int(status))
        self.send_header("Location", bytes.fromhex(where).decode())
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *_: object) -> None:  # noqa: A002  # as the library
        """Say nothing."""


class _Trap(_Redirecting):
    """A server of this machine that nobody may reach."""

    def do_GET(self) -> None:  # noqa: N802  # as the library calls it
        """Note it."""
        self.hits.append(self.path)
        self.send_response(204)
        self.end_headers()

    do_CONNECT = do_POST = do_GET  # noqa: N815  # as the library calls them


@contextmanager
def _listening(kind: type[_Redirecting]) -> Iterator[tuple[int, list[str]]]:
    """A server on loopback for a block; its port, and what it was asked for."""
    hits: list[str] = []
    handler = type("Counting", (kind,), {"hits": hits})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}).start()
        try:
            yield server.server_port, hits
        finally:
            server.shutdown()
