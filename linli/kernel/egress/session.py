"""A `requests` session that keeps to a policy: pinned, bounded, without redirects or proxies."""

import ipaddress
import logging
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from linli.kernel.bounds import MIB
from linli.kernel.egress.policy import EgressRefused, Policy, Target

EgressError = requests.RequestException
Session = requests.Session
TIMEOUT_S = 10.0  # for the connection, and for each piece of the answer
WHOLE_S = 30.0  # for the whole answer
MOST_ANSWER = MIB  # bytes; an identity provider's longest answer has some thousands
_PIECE = 65_536
log = logging.getLogger("linli.egress")

Resolve = Callable[[str, int], Sequence[str]]
Connect = Callable[[str, int, float], socket.socket]


def resolve(host: str, port: int) -> Sequence[str]:
    """Return every address of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return [str(place[0]) for *_, place in found]


def connect(address: str, port: int, timeout_s: float) -> socket.socket:
    """Connect to an address, which is never looked up again."""
    return socket.create_connection((address, port), timeout=timeout_s)


def _looked_at(policy: Policy, target: Target, answers: Sequence[str]) -> list[str]:
    try:
        return policy.checked(target, answers)
    except EgressRefused as error:
        log.warning("not called: %s", error)
        raise


@dataclass(frozen=True)
class Wires:
    """What touches the network; tests put their own in."""

    resolve: Resolve = resolve
    connect: Connect = connect

    def open(self, policy: Policy, target: Target) -> socket.socket:
        """Resolve once, look at every address, connect to one of them. Raises EgressRefused."""
        try:
            answers = self.resolve(target.host, target.port)
        except OSError as error:
            raise EgressRefused(f"{target.host} cannot be resolved") from error
        fault: OSError | None = None
        for address in _looked_at(policy, target, answers):
            try:
                wire = self.connect(address, target.port, TIMEOUT_S)
            except OSError as error:
                fault = error
                continue
            _check_peer(wire, address)
            return wire
        raise requests.ConnectionError(f"{target.host} does not answer") from fault


def egress_session(
    policy: Policy, *, wires: Wires | None = None, trust: str = ""
) -> requests.Session:
    """Return a session that calls what the policy lists, and nothing else.

    Parameters
    ----------
    policy : the hosts that may be called.
    wires : what touches the network; the machine's own unless given.
    trust : file of certificates to trust instead of the usual ones, "" for those.
    """
    return _Session(policy, wires or Wires(), trust)


class _Session(requests.Session):
    def __init__(self, policy: Policy, wires: Wires, trust: str) -> None:
        super().__init__()
        self.policy, self.trust = policy, trust
        self.trust_env = False  # no proxy, no password file, no certificates from the environment
        self.adapters.clear()
        for scheme in ("https://", "http://"):
            self.mount(scheme, _Adapter(policy, wires))

    def request(  # type: ignore[override]  # the library names what is set here
        self, method: str, url: str, **given: Any
    ) -> requests.Response:
        """Call an address, written anew from what was read of it."""
        try:
            address = self.policy.target_of(url).url()
        except EgressRefused as error:
            log.warning("not called: %s", error)
            raise
        given |= {"allow_redirects": False, "proxies": {}, "verify": self.trust or True}
        given["timeout"] = TIMEOUT_S
        return super().request(method, address, **given)

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Follow nobody anywhere."""


class _Adapter(HTTPAdapter):
    def __init__(self, policy: Policy, wires: Wires) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1)
        self.policy = policy
        self.poolmanager.pool_classes_by_scheme = _pools(policy, wires)

    def send(  # type: ignore[override]  # the library names what is never given here
        self, request: requests.PreparedRequest, **given: Any
    ) -> requests.Response:
        """Send once and read the whole answer, no more of it than may be."""
        target = self.policy.target_of(request.url or "")
        began = time.monotonic()
        request.headers["Accept-Encoding"] = "identity"
        if given.get("verify") is False:
            raise EgressRefused("certificates are always checked")
        given |= {"stream": True, "timeout": TIMEOUT_S, "proxies": {}}
        try:
            answer = super().send(request, **given)
            _read(answer, deadline=began + WHOLE_S)
        except (requests.RequestException, HTTPError) as error:
            log.warning("%s did not serve: %s", target.host, type(error).__name__)
            raise
        spent_ms = 1000 * (time.monotonic() - began)
        log.info("%s answered %d in %.0f ms", target.host, answer.status_code, spent_ms)
        return answer


def _read(answer: requests.Response, *, deadline: float) -> None:
    """Take in the answer's body; EgressRefused where it leads on, is packed, large or slow."""
    try:
        if 300 <= answer.status_code < 400:
            raise EgressRefused("the answer leads elsewhere, where nobody follows")
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            raise EgressRefused("the answer is packed, which was not asked for")
        body = bytearray()
        raw: HTTPResponse = answer.raw
        while piece := raw.read1(_PIECE):
            body += piece
            if len(body) > MOST_ANSWER:
                raise EgressRefused("the answer is larger than is taken")
            if time.monotonic() > deadline:
                raise EgressRefused("the answer takes longer than is waited for")
    except HTTPError as error:
        raise requests.ConnectionError("the answer broke off") from error
    finally:
        answer.raw.release_conn()
        answer.raw.close()
    answer._content = bytes(body)
    answer._content_consumed = True  # type: ignore[attr-defined]  # as the library does


def _pools(policy: Policy, wires: Wires) -> dict[str, type[HTTPConnectionPool]]:
    """Pools whose connections are opened by the wires, to addresses that were looked at."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return wires.open(policy, policy.target_of(f"http://{self.host}:{self.port}"))

    class Sealed(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return wires.open(policy, policy.target_of(f"https://{self.host}:{self.port}"))

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SealedPool(HTTPSConnectionPool):
        ConnectionCls = Sealed

    return {"http": PlainPool, "https": SealedPool}


def _check_peer(wire: socket.socket, address: str) -> None:
    """Make sure that the other end is where it should be."""
    peer = wire.getpeername()[0].partition("%")[0]
    if ipaddress.ip_address(peer) != ipaddress.ip_address(address):
        wire.close()
        raise EgressRefused("the other end is not the address that was looked at")
