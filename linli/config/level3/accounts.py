"""Who may sign in, by what, for how long; and what a guess costs."""

import re
from collections.abc import Iterator
from itertools import combinations

from django.conf import settings
from django.contrib.auth.hashers import get_hasher
from django.contrib.auth.password_validation import get_default_password_validators

from linli.config.level3.assertion import Assertion
from linli.domain.organisations.selectors import StaffMember, all_staff, factor_for
from linli.kernel.clock import utc_now

THREE = ("admin", "security_admin", "auditor")
USUAL = ("admin", "administrator", "root", "test", "guest", "user", "demo", "linli")
LEAST_MEMORY_KIB, LEAST_LENGTH = 19 * 1024, 8  # OWASP: password storage; ASVS 5.0.0, 6.2.1
MOST_TRIES, MOST_SESSION_S = 10, 12 * 3600
RATE = re.compile(r"(\d+)/(\d*)([smh])/(\w+)")
SECONDS = {"s": 1, "m": 60, "h": 3600}


def passwords_are_hard() -> Iterator[Assertion]:
    """How passwords are kept, and which are taken."""
    hasher = get_hasher("default")
    yield Assertion(
        "argon2id", hasher.algorithm == "argon2", str(hasher.algorithm), "PASSWORD_HASHERS"
    )
    memory = int(getattr(hasher, "memory_cost", 0))
    yield Assertion("argon2 memory", memory >= LEAST_MEMORY_KIB, f"{memory} KiB")
    yield Assertion("argon2 passes", int(getattr(hasher, "time_cost", 0)) >= 1)
    yield Assertion("one way to keep passwords", len(settings.PASSWORD_HASHERS) == 1)
    length = settings.LINLI_PASSWORD_LENGTH
    yield Assertion(
        "password length", length >= LEAST_LENGTH, str(length), "LINLI_PASSWORD_LENGTH=12"
    )
    names = {type(one).__name__ for one in get_default_password_validators()}
    for name in ("MinimumLength", "CommonPassword", "NumericPassword", "UserAttributeSimilarity"):
        yield Assertion(
            f"{name}Validator", f"{name}Validator" in names, "", "AUTH_PASSWORD_VALIDATORS"
        )


def accounts_are_personal() -> Iterator[Assertion]:
    """No account that everybody knows, and no password kept in an older way."""
    staff = _active()
    yield Assertion("accounts looked at", True, str(len(staff)))
    well = settings.ALLOW_DEMO_USERS != settings.IS_PRODUCTION
    yield Assertion("demo accounts only outside production", well, settings.LINLI_ENV)
    for one in staff:
        name = one.user.username
        played = one.user.is_demo and settings.ALLOW_DEMO_USERS
        usual = name.lower() in USUAL or one.user.is_demo
        yield Assertion(
            f"account {name} is personal", played or not usual, "", f"users deactivate {name}", True
        )
        kept = one.user.password
        old = one.user.has_usable_password() and not kept.startswith("argon2$argon2id$")
        yield Assertion(f"password of {name}", not old, "", f"linli users reset {name}")


def second_steps_are_taken() -> Iterator[Assertion]:
    """Posts of weight ask for a passkey, which is a cryptographic factor; its holders have one."""
    for role in THREE:
        factor = factor_for({role})
        yield Assertion(
            f"{role}: second step", factor.startswith("passkey"), factor, "weights.yaml"
        )
    for kind in ("totp", "webauthn", "recovery_codes"):
        yield Assertion(f"second step by {kind}", kind in settings.MFA_SUPPORTED_TYPES)
    guard = "linli.config.guarding.AccountGuard" in settings.MIDDLEWARE
    yield Assertion("second step is kept to on every page", guard, "", "MIDDLEWARE")
    sealed = settings.MFA_ADAPTER.endswith("SealingMFAAdapter")
    yield Assertion("secrets of second steps are sealed", sealed, "", "MFA_ADAPTER")
    for one in _active():
        if one.asked:
            name = one.user.username
            yield Assertion(f"{name} has it", one.is_secured, "", "/accounts/2fa/", True)


def three_persons_administer() -> Iterator[Assertion]:
    """System, security and audit are held, and never two of them by one person."""
    staff = _active()
    for role in THREE:
        held = any(role in one.roles for one in staff)
        yield Assertion(f"{role} is held", held, "", "linli organisations appoint", True)
    for first, second in combinations(THREE, 2):
        both = [one.user.username for one in staff if {first, second} <= one.roles]
        yield Assertion(f"{first} is not {second}", not both, ", ".join(both), "dismiss one post")


def guesses_are_counted() -> Iterator[Assertion]:
    """Limits on wrong passwords, by name, by address, and for all together."""
    rates = settings.ACCOUNT_RATE_LIMITS
    for kind, by in (("login", "ip"), ("login_failed", "ip"), ("login_failed", "key")):
        found = [rate for rate in RATE.findall(str(rates.get(kind, ""))) if rate[3] == by]
        yield Assertion(f"limit {kind} by {by}", bool(found), str(rates.get(kind)))
    tries = [int(count) for count, *_, by in RATE.findall(rates["login_failed"]) if by == "key"]
    yield Assertion("tries for a name", bool(tries) and min(tries) <= MOST_TRIES, str(tries))
    everywhere = bool(RATE.fullmatch(settings.LINLI_GUESSES_EVERYWHERE))
    yield Assertion("tries for all together", everywhere, settings.LINLI_GUESSES_EVERYWHERE)
    shared = "DatabaseCache" in str(settings.CACHES["default"])
    yield Assertion("counted for all processes together", shared, "", "CACHES")


def sessions_end() -> Iterator[Assertion]:
    """How long a sign-in holds, and what ends it sooner."""
    age = settings.SESSION_COOKIE_AGE
    yield Assertion("session age", age <= MOST_SESSION_S, f"{age} s", "LINLI_SESSION_MINUTES=480")
    yield Assertion("ends with the browser", settings.SESSION_EXPIRE_AT_BROWSER_CLOSE)
    yield Assertion("never remembered", settings.ACCOUNT_SESSION_REMEMBER is False)
    yield Assertion("asks again for grave acts", settings.ACCOUNT_REAUTHENTICATION_REQUIRED)
    wait = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    yield Assertion("asks again after", wait <= 900, f"{wait} s")
    ours = settings.SESSION_ENGINE == "linli.config.sessions"
    yield Assertion("sessions can be ended at once", ours, settings.SESSION_ENGINE)
    reset = settings.PASSWORD_RESET_TIMEOUT
    yield Assertion("links to set a password", reset <= 24 * 3600, f"{reset} s")


def _active() -> list[StaffMember]:
    return [one for one in all_staff(at=utc_now()) if one.user.is_active]
