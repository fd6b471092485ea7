"""Which hosts may be called, as the installation lists them, and how an address is read.

What does not look as a plain address of the web does is refused, however well a library might
understand it: between two readings of one text lie most ways around a guard.
"""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import requests

from linli.kernel.egress.addresses import Address, Network, is_inside, is_never, is_public
from linli.kernel.errors import Rejected

HTTPS_PORT = 443
LONGEST_URL, LONGEST_HOST = 4_096, 253
LOOPBACK = ("127.0.0.1", "localhost")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*", re.ASCII)
# Scheme, host, port, and what is asked for: characters of RFC 3986, no user, no fragment.
_URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]+)(?::(?P<port>[1-9][0-9]{0,4}))?"
    r"(?P<rest>(?:[/?][A-Za-z0-9._~:/?\[\]@!$&'()*+,;=%-]*)?)",
    re.ASCII,
)
_NUMBER = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)", re.ASCII)


class EgressRefused(requests.RequestException):
    """A call that is not made; the words are for the log and name the host, never the path."""


@dataclass(frozen=True)
class Listed:
    """A host that may be called, by https.

    Parameters
    ----------
    host : its name as in addresses, lower case.
    port : the only port.
    network : the office's own network that it must lie in; None: it must be public.
    """

    host: str
    port: int = HTTPS_PORT
    network: Network | None = None

    def takes(self, address: Address) -> bool:
        """Return whether the host may have this address."""
        return is_inside(address, self.network) if self.network else is_public(address)


@dataclass(frozen=True)
class Target:
    """Where a call goes: read once, used everywhere."""

    scheme: str
    host: str
    port: int
    rest: str
    listed: Listed | None

    def url(self) -> str:
        """Return the address, written anew from what was read."""
        return f"{self.scheme}://{self.host}:{self.port}{self.rest or '/'}"


@dataclass(frozen=True)
class Policy:
    """Which calls may be made at all.

    Parameters
    ----------
    hosts : the hosts that the installation lists.
    with_loopback : whether this machine may be called, by http too; never in production.
    """

    hosts: Sequence[Listed] = ()
    with_loopback: bool = False

    def and_host_of(self, url: str) -> "Policy":
        """Return the policy that also lists the host of an address out of the settings.

        An entry of the list with the same host and port goes first: it may name a network.
        """
        found = _URL.fullmatch(url)
        if found is None or found["scheme"] != "https":
            return self
        listed = Listed(found["host"], int(found["port"] or HTTPS_PORT))
        return replace(self, hosts=(*self.hosts, listed))

    def target_of(self, url: str) -> Target:
        """Read an address, or raise EgressRefused."""
        if not isinstance(url, str) or len(url) > LONGEST_URL:
            raise EgressRefused("an address that is none or too long")
        found = _URL.fullmatch(url)
        if found is None:
            raise EgressRefused("an address of an unusual form")
        host, scheme = found["host"], found["scheme"]
        port = int(found["port"] or (HTTPS_PORT if scheme == "https" else 80))
        if not is_host(host) or port > 65_535:
            raise EgressRefused("a host of an unusual form")
        if self.with_loopback and host in LOOPBACK:
            return Target(scheme, host, port, found["rest"], None)
        if scheme != "https":
            raise EgressRefused(f"{host} is to be called by https only")
        for listed in self.hosts:
            if (listed.host, listed.port) == (host, port):
                return Target(scheme, host, port, found["rest"], listed)
        raise EgressRefused(f"{host}:{port} is not listed in LINLI_EGRESS_HOSTS")

    def checked(self, target: Target, answers: Sequence[str]) -> list[str]:
        """Return what a host's name was resolved to, or raise EgressRefused.

        One address that may not be called is enough to refuse all: nobody honest mixes them.
        """
        addresses = [_address_of(answer) for answer in answers]
        if not addresses:
            raise EgressRefused(f"{target.host} has no address")
        for address in addresses:
            is_well = target.listed.takes(address) if target.listed else address.is_loopback
            if not is_well:
                raise EgressRefused(f"{target.host} lies at an address that is not called")
        return [str(address) for address in addresses]


def is_host(host: str) -> bool:
    """Return whether a text is a host's name, or an address of the fourth version written plainly.

    A name whose last part is a number is some way of writing an address: 127.1, 0x7f000001.
    """
    if len(host) > LONGEST_HOST or not _HOST.fullmatch(host):
        return False
    if not _NUMBER.fullmatch(host.rsplit(".", 1)[-1]):
        return True
    try:
        return str(ipaddress.IPv4Address(host)) == host
    except ValueError:
        return False


def listed_of(text: str) -> Listed:
    """Read one entry: host, host:port, host=network or host:port=network. Raises Rejected."""
    place, _, network = text.partition("=")
    host, colon, port = place.partition(":")
    try:
        known = ipaddress.ip_network(network) if network else None
        number = int(port) if colon else HTTPS_PORT
    except ValueError as error:
        raise _unreadable(text) from error
    if not is_host(host) or not 0 < number <= 65_535:
        raise _unreadable(text)
    if known and (is_never(known.network_address) or is_never(known.broadcast_address)):
        raise _unreadable(text)
    return Listed(host, number, known)


def _address_of(answer: str) -> Address:
    try:
        return ipaddress.ip_address(answer)
    except ValueError as error:
        raise EgressRefused("a name was resolved to what is no address") from error


def _unreadable(text: str) -> Rejected:
    return Rejected(
        f"“{text[:80]}”读不懂：写成“主机”“主机:端口”或“主机=内网网段”"
        "（如 sso.example=10.1.0.0/16），主机用小写英文；本机、链路本地、组播网段不能列入。",
        f"{text[:80]!r} cannot be read: write host, host:port or host=network (such as "
        "sso.example=10.1.0.0/16), the host in lower case; networks of this machine, of this link "
        "and of groups cannot be listed.",
        field="LINLI_EGRESS_HOSTS",
    )
