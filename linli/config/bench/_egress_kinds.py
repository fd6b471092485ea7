"""Addresses that nobody honest gives, made by code: each would reach what is not for everybody."""

import ipaddress
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urlsplit

GOOD, PUBLIC = "id.example", "93.184.216.34"
PRIVATE_4 = (
    *("127.0.0.1", "127.7.7.7", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254"),
    *("192.168.0.1", "169.254.169.254", "169.254.0.23", "100.64.0.1", "100.100.100.200"),
    "0.0.0.0",  # noqa: S104  # called, not listened on
    *("168.63.129.16", "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.7"),
    *("203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.88.99.1"),
)
PRIVATE_6 = (
    *("::1", "::", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1", "64:ff9b::7f00:1"),
    *("64:ff9b:1::a00:1", "2002:7f00:1::1", "2002:a9fe:a9fe::1", "2001:0:7f00:1::1"),
    *("fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%lo", "fec0::1", "ff02::1", "2001:db8::1"),
    *("2606:4700::5efe:7f00:1", "2606:4700::200:5efe:a00:1", "100::1", "3fff::1", "5f00::1"),
)
SCHEMES = (
    *("file", "ftp", "gopher", "dict", "ldap", "tftp", "jar", "http+unix", "unix", "data"),
    *("javascript", "netdoc", "sftp", "ws", "wss", "HTTPS", "https+http", "http"),
)
NAMES = (
    *("localhost", "LOCALHOST", "localhost.", "localhost.localdomain", "ip6-localhost"),
    *("metadata.google.internal", "metadata", "kubernetes.default.svc", "127.0.0.1.at.example"),
    *("0x7f000001.", "127.0.0.1.", "db.local", "host.docker.internal", "1.0.0.127.in-addr.arpa"),
)
SPOILS = ("\r\n", "\n", "\t", " ", "\0", "\\", "%00", "%2e", "%40", "\u00ad", "\u200b", "\u3002")
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
CIRCLED = str.maketrans("123456789", "①②③④⑤⑥⑦⑧⑨")


@dataclass(frozen=True)
class Kind:
    """One attempt.

    Parameters
    ----------
    name : its family.
    url : what is called.
    answers : what the name server says at each question; the last is said again and again. Empty:
        what a C library makes of the host as a number.
    leads_to : where a provider that is called honestly sends one on to; "" for the others.
    network : the office's own network with which the host is listed, "" for none.
    """

    name: str
    url: str
    answers: Sequence[Sequence[str]] = field(default=())
    leads_to: str = ""
    network: str = ""


def kinds(count: int, *, seed: int, trap: int) -> list[Kind]:
    """Return so many kinds, every family among them; `trap` is a port of this machine."""
    rng = random.Random(seed)  # noqa: S311  # no secret
    families = [list(family) for family in _families(rng, trap)]
    for family in families:
        rng.shuffle(family)
    turns = max(map(len, families))
    mixed = [family[turn] for turn in range(turns) for family in families if turn < len(family)]
    return list(islice(mixed, count))


def careless_host(url: str) -> tuple[str, int] | None:
    """Return the host and port that a lenient reader finds: an administrator may have listed it."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").lower(), parts.port or 443
    except ValueError:
        return None


def _families(rng: random.Random, trap: int) -> Iterator[Iterator[Kind]]:
    yield (Kind("number", f"https://{host}/", ()) for host in _numbers())
    yield (Kind("number and port", f"https://{host}:{trap}/") for host in _numbers())
    yield (Kind("sixth version", f"https://[{host}]/", ()) for host in PRIVATE_6)
    yield _users(trap)
    yield (Kind("letters", f"https://{host}/") for host in _letters())
    yield (Kind("name", f"https://{name}/", (("127.0.0.1",),)) for name in NAMES)
    yield _ports()
    yield _answers()
    yield _rebinding(rng)
    yield _redirects(trap)
    yield (Kind("scheme", f"{scheme}://{GOOD}/", (("10.0.0.1",),)) for scheme in SCHEMES)
    yield _spoilt()
    yield _own_network()


def _numbers() -> Iterator[str]:
    for text in ("127.0.0.1", "169.254.169.254", "10.0.0.1", "192.168.1.1", "100.100.100.200"):
        number = int(ipaddress.IPv4Address(text))
        a, b, c, d = (number >> shift & 255 for shift in (24, 16, 8, 0))
        yield from (text, str(number), hex(number), f"0{number:o}", f"{text}.")
        yield from (f"{a}.{b << 16 | c << 8 | d}", f"{a}.{b}.{c << 8 | d}", f"0{a:o}.{b}.{c}.{d}")
        yield from (f"{a:#x}.{b:#x}.{c:#x}.{d:#x}", f"0{a:o}.0{b:o}.0{c:o}.0{d:o}")
        yield from (f"{a:03}.{b:03}.{c:03}.{d:03}", f"{a:#x}.{b}.{c:#o}.{d}", f"{a:#X}.{b}.{c}.{d}")
        yield str(number + (1 << 32))


def _users(trap: int) -> Iterator[Kind]:
    for bad in ("127.0.0.1", f"127.0.0.1:{trap}", "10.0.0.1", "[::1]", "169.254.169.254"):
        shapes = (
            *(f"https://{GOOD}@{bad}/", f"https://{GOOD}:443@{bad}/", f"https://{bad}#@{GOOD}/"),
            *(f"https://{bad}\\@{GOOD}/", f"https://{GOOD}\\@{bad}/", f"https://{bad}?@{GOOD}/"),
            *(f"https://a:b@{bad}@{GOOD}/", f"https:///{bad}/", f"https:{bad}/", f"//{bad}/"),
            *(f"https://{GOOD}%2f@{bad}/", f"https://{GOOD} @{bad}/", f"https://@{bad}/"),
        )
        yield from (Kind("user", shape, (("10.0.0.1",),)) for shape in shapes)


def _letters() -> Iterator[str]:
    for text in ("127.0.0.1", "169.254.169.254", "10.0.0.1", "192.168.1.1"):
        yield from (text.translate(FULL_WIDTH), text.translate(CIRCLED), text.replace(".", "。"))
        yield from (text.replace(".", "．"), text.replace(".", "%2e"), f"{text[:-1]}%3{text[-1]}")
        yield from (f"\u200b{text}", text.replace("1", "١"))
    yield from ("ｌｏｃａｌｈｏｓｔ", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "loc\u00adalhost", "localhoſt", "xn--localhost-")


def _ports() -> Iterator[Kind]:
    for port in ("0", "00443", "22", "25", "80", "3306", "5432", "6379", "65536", "443.0", "+443"):
        yield Kind("port", f"https://{GOOD}:{port}/", (("10.0.0.1",),))
    yield Kind("port", f"https://{GOOD}:/", (("10.0.0.1",),))
    yield Kind("port", f"https://{GOOD}:４４３/", (("10.0.0.1",),))


def _answers() -> Iterator[Kind]:
    url = f"https://{GOOD}/.well-known/openid-configuration"
    for bad in PRIVATE_4 + PRIVATE_6:
        yield Kind("answer", url, ((bad,),))
        yield Kind("answer among others", url, ((PUBLIC, bad),))
        yield Kind("answer before others", url, ((bad, PUBLIC),))
    yield Kind("no answer", url, ((),))
    yield Kind("odd answer", url, (("localhost",),))


def _rebinding(rng: random.Random) -> Iterator[Kind]:
    for number in range(40):
        bad = rng.choice(PRIVATE_4 + PRIVATE_6)
        before = [(PUBLIC,)] * rng.randint(1, 2)
        yield Kind("rebinding", f"https://{GOOD}/{number}", (*before, (bad,)))


def _redirects(trap: int) -> Iterator[Kind]:
    targets = (
        *(f"http://127.0.0.1:{trap}/", f"//127.0.0.1:{trap}/", f"http://localhost:{trap}/"),
        *(f"http://[::1]:{trap}/", f"http://2130706433:{trap}/", "http://169.254.169.254/latest/"),
        *(f"http://127.1:{trap}/", f"https://{GOOD}/", "http://10.0.0.1/", "file:///etc/passwd"),
        *(f"gopher://127.0.0.1:{trap}/_x", f"http://a@127.0.0.1:{trap}/", f"\\\\127.0.0.1:{trap}/"),
    )
    for number, target in enumerate(targets):
        status = (301, 302, 303, 307, 308)[number % 5]
        yield Kind("redirect", f"provider://{status}", (("127.0.0.1",),), leads_to=target)


def _spoilt() -> Iterator[Kind]:
    for spoil in SPOILS:
        yield Kind("spoilt host", f"https://{GOOD}{spoil}.10.0.0.1/", (("10.0.0.1",),))
        yield Kind("spoilt host", f"https://{spoil}127.0.0.1/", (("127.0.0.1",),))
    for spoil in SPOILS[:5]:
        bad = f"https://{GOOD}/a{spoil}Host: 127.0.0.1{spoil}"
        yield Kind("spoilt path", bad, (("127.0.0.1",),))
    yield Kind("long", f"https://{'a.' * 200}example/", (("10.0.0.1",),))
    yield Kind("long", f"https://{GOOD}/{'a' * 5000}", (("10.0.0.1",),))


def _own_network() -> Iterator[Kind]:
    """The host is listed with the office's network, and the name server names another place."""
    for bad in ("10.9.0.1", PUBLIC, "127.0.0.1", "169.254.169.254", "::ffff:10.1.0.1", "fe80::1"):
        yield Kind("own network", f"https://{GOOD}/", ((bad,),), network="10.1.0.0/16")
    for bad in ("100.100.100.200", "100.1.1.1"):
        yield Kind("own network", f"https://{GOOD}/", ((bad,),), network="100.64.0.0/10")
