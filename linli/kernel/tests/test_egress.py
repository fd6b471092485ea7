"""The door through which others are called."""

import ipaddress
import logging
import socket
import threading
from functools import partial

import pytest

from linli.kernel.egress import (
    MOST_ANSWER,
    EgressError,
    EgressRefused,
    Listed,
    Policy,
    Wires,
    egress_session,
    is_public,
    listed_of,
)
from linli.kernel.errors import Rejected

LOOPBACK = Policy(with_loopback=True)


@pytest.fixture
def serve():
    """Start a server that answers each connection with the same bytes, and return its address."""
    listeners = []

    def start(answer: bytes, asked: list[bytes] | None = None) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)

        def once() -> None:
            wire, _ = listener.accept()
            with wire:
                (asked if asked is not None else []).append(wire.recv(65_536))
                wire.sendall(answer)

        threading.Thread(target=once, daemon=True).start()
        return f"http://127.0.0.1:{listener.getsockname()[1]}"

    yield start
    for listener in listeners:
        listener.close()


def always(answer, host, port):
    return [answer]


def reply(body: bytes, head: str = "") -> bytes:
    return f"HTTP/1.1 200 OK\r\n{head}Connection: close\r\n\r\n".encode() + body


def refuse(*_):
    raise AssertionError("a connection was opened")


def test_an_answer_comes_back_whole(serve):
    with egress_session(LOOPBACK) as session:
        assert session.get(serve(reply(b'{"issuer": "x"}'))).json() == {"issuer": "x"}


def test_an_answer_larger_than_taken_or_packed_is_refused(serve):
    packed = "Content-Encoding: gzip\r\n"
    for answer in (reply(b"a" * (MOST_ANSWER + 1)), reply(b"\x1f\x8b", packed)):
        with egress_session(LOOPBACK) as session, pytest.raises(EgressRefused):
            session.get(serve(answer))


def test_nothing_of_the_environment_goes_out(serve, monkeypatch, tmp_path):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login a password secret\n")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    asked: list[bytes] = []
    with egress_session(LOOPBACK) as session:
        assert session.get(serve(reply(b"ok"), asked)).text == "ok"
    assert [b"Authorization" in head for head in asked] == [False]


def test_this_machine_is_not_called_in_production():
    for url in ("http://127.0.0.1:9/", "https://localhost/"):
        wires = Wires(refuse, refuse)
        with egress_session(Policy(), wires=wires) as session, pytest.raises(EgressRefused):
            session.get(url)


def test_a_host_of_the_office_is_called_in_its_own_network_only():
    reached = []

    def connect(address: str, port: int, timeout_s: float) -> socket.socket:
        reached.append((address, port))
        raise ConnectionRefusedError

    policy = Policy([listed_of("sso.example:8443=10.1.0.0/16")])
    for answer in ("10.1.2.3", "10.2.2.3", "93.184.216.34"):
        wires = Wires(partial(always, answer), connect)
        with egress_session(policy, wires=wires) as session, pytest.raises(EgressError):
            session.get("https://sso.example:8443/")
    assert reached == [("10.1.2.3", 8443)]


def test_the_log_names_hosts_and_never_what_was_asked(serve, caplog):
    caplog.set_level(logging.INFO)
    with egress_session(LOOPBACK) as session:
        session.get(serve(reply(b"ok")) + "/secret-path?code=secret-code")
        with pytest.raises(EgressRefused):
            session.get("https://other.example/secret-path?code=secret-code")
    assert "127.0.0.1 answered 200" in caplog.text
    assert "other.example:443 is not listed" in caplog.text
    own = [line.getMessage() for line in caplog.records if line.name == "linli.egress"]
    assert "secret" not in "".join(own)


def test_the_issuer_is_listed_by_itself_unless_the_list_knows_better():
    issuer = "https://id.example/realms/town"
    assert Policy().and_host_of(issuer).hosts == (Listed("id.example"),)
    own = listed_of("id.example=10.0.0.0/8")
    found = Policy((own,)).and_host_of(issuer).target_of(issuer).listed
    assert found == own


@pytest.mark.parametrize(
    "entry",
    ["", "*", "ID.example", "id.example:0", "id.example:x", "127.1", "[::1]"]
    + ["a=127.0.0.0/8", "a=169.254.0.0/16", "a=0.0.0.0/0", "a=::/0", "a=fe80::/10", "a=10.1.0.1/8"],
)
def test_an_entry_that_cannot_be_meant_is_refused_with_what_to_write(entry):
    with pytest.raises(Rejected, match="LINLI_EGRESS_HOSTS|读不懂"):
        listed_of(entry)


def test_what_is_public_is_said_address_by_address():
    public = "1.1.1.1 223.5.5.5 100.128.0.1 172.32.0.1 2606:4700::1111 2400:3200::1"
    assert all(is_public(ipaddress.ip_address(text)) for text in public.split())
    for within in ("100.64.0.1", "100.127.255.254", "10.9.8.7", "172.31.0.1", "192.168.1.1"):
        assert not is_public(ipaddress.ip_address(within)), within
