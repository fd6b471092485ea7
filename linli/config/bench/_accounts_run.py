"""The accounts bench at work: an attacker over HTTP against the pages as they are served."""

import os
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random

import psutil
from django.contrib.auth.hashers import make_password
from django.db import connection

from linli.config.bench._accounts_visitor import CodeKey, Visitor
from linli.config.bench._answer import Figures, progress
from linli.config.bench._system import System
from linli.config.database.migrating import migrate
from linli.config.preparing import gather_static_files
from linli.domain.access.selectors import SYSTEM_ACTOR, User
from linli.domain.access.services import create_user
from linli.kernel.clock import utc_now
from linli.web.accounts.links import password_link

PASSWORD = "a-long-and-quiet-street"  # noqa: S105  # of the bench's own accounts
NAMES = tuple(f"person{number}" for number in range(20))
COMMON = ("123456789012", "password1234", "linli-demo", "qwertyuiop12", "iloveyou1234", "admin")
LOOKED_AT_MS = 5
TOLD_EACH = 500


@dataclass
class Tally:
    """What the guesses met."""

    opened: int = 0
    hashed_in_minute: Counter[int] = field(default_factory=Counter)

    @property
    def hashed(self) -> int:
        """Guesses for which a password was hashed."""
        return sum(self.hashed_in_minute.values())


def measure(system: System, *, guesses: int, seed: int) -> Figures:
    """Lay out accounts, guess, then try the ways around; returns the figures of the bench."""
    os.environ["LINLI_BEHIND_PROXY"] = "yes"  # so that guesses may come from many addresses
    progress("laying the ground")
    migrate()
    gather_static_files()
    for name in (*NAMES, "guarded"):
        create_user(name, name=name, password=PASSWORD, actor=SYSTEM_ACTOR, at=utc_now())
    hash_ms = _hash_ms()
    links = [password_link(_user(NAMES[0]), actor=SYSTEM_ACTOR, at=utc_now()) for _ in range(2)]
    connection.close()
    with system:
        bypasses = _bypasses(system.bind, links[0])
        before, began = _cpu_s(system), time.monotonic()
        tally = _guess(system.bind, guesses=guesses, rng=Random(seed))  # noqa: S311  # a bench
        took, spent = time.monotonic() - began, _cpu_s(system) - before
        locked_out = _is_held(system.bind)
    busiest = max(tally.hashed_in_minute.values(), default=0)
    return {
        "tried": guesses,
        "failed": tally.opened,
        "seed": seed,
        "hashed": tally.hashed,
        "hash_ms": round(hash_ms, 1),
        "hash_share": round(busiest * hash_ms / 1000 / min(60.0, max(took, 1.0)), 4),
        "web_share": round(spent / took, 4),
        "bypasses_tried": len(bypasses),
        "bypasses_failed": sum(bypasses.values()),
        "got_around": ", ".join(name for name, is_in in bypasses.items() if is_in),
        "locked_out": int(locked_out),
        "seconds": round(took, 1),
    }


def _user(name: str) -> User:
    return User.objects.get(username=name)


def _hash_ms() -> float:
    make_password(PASSWORD)
    began = time.process_time()
    for _ in range(LOOKED_AT_MS):
        make_password(PASSWORD)
    return (time.process_time() - began) * 1000 / LOOKED_AT_MS


def _cpu_s(system: System) -> float:
    web = psutil.Process(system.processes["web"].pid)
    times = [process.cpu_times() for process in (web, *web.children(recursive=True))]
    return float(sum(spent.user + spent.system for spent in times))


def _guess(bind: str, *, guesses: int, rng: Random) -> Tally:
    tally, began = Tally(), time.monotonic()
    visitor = Visitor(bind)
    for number in range(guesses):
        if number % TOLD_EACH == 0:
            progress(f"{number} of {guesses} guesses")
        is_spread = number % 3 != 0
        address = f"198.18.{rng.randrange(256)}.{rng.randrange(1, 255)}" if is_spread else ""
        name = rng.choice(NAMES) if rng.random() < 0.7 else f"nobody{rng.randrange(10_000)}"
        word = rng.choice(COMMON) if rng.random() < 0.5 else f"{rng.getrandbits(60):x}"
        said = visitor.sign_in(name, word, address=address or "198.19.0.1")
        tally.opened += said.is_in
        if said.was_hashed:
            tally.hashed_in_minute[int((time.monotonic() - began) // 60)] += 1
    return tally


def _is_held(bind: str) -> bool:
    """Whether a name that was guessed at waits even with the right password."""
    visitor = Visitor(bind)
    held = [visitor.sign_in(name, PASSWORD, address="198.19.7.7") for name in NAMES[:3]]
    return any(not said.is_in for said in held)


def _bypasses(bind: str, link: str) -> dict[str, bool]:
    """Every way around that is tried, and whether it got in; the password is known each time."""
    progress("ways around the second step")
    owner, key = Visitor(bind), CodeKey()
    owner.sign_in("guarded", PASSWORD, address="198.19.1.1")
    owner.enrol(key, password=PASSWORD)
    _require_that_the_right_way_works(bind, key)
    tried: dict[str, bool] = {}
    half = Visitor(bind)
    half.sign_in("guarded", PASSWORD, address="198.19.1.2")
    for path in ("/desk/", "/desk/cases/", "/accounts/2fa/", "/accounts/sessions/", "/-/users/"):
        tried[f"half-way {path}"] = half.opens(path)
    for path in (
        "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/2fa/recovery-codes/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/password/change/",
        "/accounts/reauthenticate/",
        "/accounts/2fa/reauthenticate/",
    ):
        tried[f"half-way {path}"] = half.opens(path)
    for code in ("", "000000", "0000000", "١٢٣٤٥٦", "' OR 1=1", key.shown(minutes=-10), "12345678"):
        half.post("/accounts/2fa/authenticate/", {"code": code})
        tried[f"code {code!r}"] = half.opens("/accounts/2fa/")
    for sent in ("", "{}", "null", '{"id":"x"}'):
        half.post("/accounts/2fa/authenticate/", {"credential": sent})
        tried[f"passkey {sent!r}"] = half.opens("/accounts/2fa/")
    half.post("/accounts/reauthenticate/", {"password": PASSWORD})
    tried["reauthenticate by password"] = half.opens("/accounts/2fa/")
    half.sign_in("guarded", PASSWORD, address="198.19.1.2")
    tried["the password once more"] = half.opens("/accounts/2fa/")
    used = key.used
    again = Visitor(bind)
    again.sign_in("guarded", PASSWORD, address="198.19.1.3")
    again.post("/accounts/2fa/authenticate/", {"code": used})
    tried["a code that was used"] = again.opens("/accounts/2fa/")
    return tried | _links_and_sessions(bind, link)


def _require_that_the_right_way_works(bind: str, key: CodeKey) -> None:
    """Else every way around would be shut for no reason of ours."""
    while key.shown() == key.used:
        time.sleep(1)
    honest = Visitor(bind)
    honest.sign_in("guarded", PASSWORD, address="198.19.1.9")
    key.used = key.shown()
    honest.post("/accounts/2fa/authenticate/", {"code": key.used})
    if not honest.opens("/accounts/2fa/"):
        raise RuntimeError("the right password and code do not sign in")


def _links_and_sessions(bind: str, link: str) -> dict[str, bool]:
    tried: dict[str, bool] = {}
    forger = Visitor(bind)
    stem, _, key = link.rstrip("/").rpartition("-")
    for name, path in (
        ("another key", f"{stem}-{key[::-1]}/"),
        ("another person", link.replace("/key/", "/key/1")),
        ("no key", "/accounts/password/reset/key/1-set-password/"),
    ):
        tried[f"link: {name}"] = "password1" in forger.read(path)
    fixed = Visitor(bind)
    fixed.cookies["sessionid"] = "fixedfixedfixedfixedfixedfixed12"
    fixed.sign_in(NAMES[1], PASSWORD, address="198.19.2.1")
    thief = Visitor(bind)
    thief.cookies["sessionid"] = "fixedfixedfixedfixedfixedfixed12"
    tried["a session that was set before"] = thief.opens("/accounts/2fa/")
    kept = dict(fixed.cookies)
    fixed.post("/accounts/logout/", {})
    thief.cookies.update(kept)
    tried["a session that was signed out"] = thief.opens("/accounts/2fa/")
    return tried
