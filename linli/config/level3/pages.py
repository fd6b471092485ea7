"""Every address of the site, asked as a stranger asks: headers, cookies, and what is open."""

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.cookies import SimpleCookie
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.urls import URLPattern, URLResolver, get_resolver

from linli.config.level3.assertion import Assertion

HOLDERS = {"int": "1", "slug": "x", "str": "x", "path": "x", "uuid": "0" * 32}
UNSAFE = ("'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "http:", "*")
# Of what is shut to strangers, the parts that are published on purpose.
OPEN = ("/api/v1/openapi", "/api/v1/docs", "/api/v1/figures")
SHUT = ("/desk/", "/cockpit/", "/-/users/", "/api/v1/")
SHUT_ANSWERS = (301, 302, 401, 403, 404, 405)
REPORTS_FAULTS = 500
TEMPLATE = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    cookies: SimpleCookie


def headers_of_every_page() -> Iterator[Assertion]:
    """What each answer tells the browser."""
    for path in addresses():
        answer = ask(path)
        wrong = ", ".join(_wrong_headers(answer))
        yield Assertion(f"headers {path}", not wrong, wrong, "linli/config/settings.py")


def no_page_breaks() -> Iterator[Assertion]:
    """No address answers a stranger with a fault, and none tells how the program is built."""
    for path in addresses():
        status = ask(path).status
        yield Assertion(f"no fault {path}", status < REPORTS_FAULTS, str(status))


def pages_of_staff_are_shut() -> Iterator[Assertion]:
    """A stranger opens nothing of the desk."""
    for path in addresses():
        if path.startswith(SHUT) and not path.startswith(OPEN):
            status = ask(path).status
            yield Assertion(f"shut {path}", status in SHUT_ANSWERS, str(status))


def admin_and_debug_are_off() -> Iterator[Assertion]:
    """No admin site, no debug pages, no listing of files."""
    yield Assertion("DEBUG", not settings.DEBUG, str(settings.DEBUG), "DEBUG = False")
    absent = "django.contrib.admin" not in settings.INSTALLED_APPS
    yield Assertion("admin site not installed", absent, "", "INSTALLED_APPS")
    for path in ("/admin/", "/admin/login/", "/static/", "/media/", "/.git/config", "/debug/"):
        status = ask(path).status
        yield Assertion(f"absent {path}", status == 404, str(status))


def cookies_are_guarded() -> Iterator[Assertion]:
    """Cookies by their settings, and as the sign-in page sets them."""
    asked = {
        "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SAMESITE": "Lax",
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
    }
    for name, value in asked.items():
        found = getattr(settings, name)
        yield Assertion(name, found == value, str(found), f"{name} = {value}")
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
        yield Assertion(name, bool(getattr(settings, name)), "", "LINLI_ENV=production", True)
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        yield Assertion(
            f"{name} prefix", name.startswith("__Host-"), "", "LINLI_ENV=production", True
        )
    for name, cookie in ask("/accounts/login/").cookies.items():
        well = bool(cookie["httponly"]) and cookie["samesite"] in ("Lax", "Strict")
        yield Assertion(f"cookie {name}", well, cookie.OutputString(["httponly", "samesite"]))


def transport_is_sealed() -> Iterator[Assertion]:
    """Browsers keep to TLS."""
    yield Assertion(
        "SECURE_SSL_REDIRECT", settings.SECURE_SSL_REDIRECT, "", "LINLI_ENV=production", True
    )
    seconds = settings.SECURE_HSTS_SECONDS
    yield Assertion("SECURE_HSTS_SECONDS", seconds >= 31_536_000, str(seconds), "", True)
    yield Assertion("HSTS subdomains", settings.SECURE_HSTS_INCLUDE_SUBDOMAINS, "", "", True)
    named = bool(settings.ALLOWED_HOSTS) and "*" not in settings.ALLOWED_HOSTS
    yield Assertion("LINLI_HOSTS", named, "", "LINLI_HOSTS=town.example")


@cache
def addresses() -> tuple[str, ...]:
    """Return every address that the site knows, with something in each place."""
    return tuple(sorted(set(_walk(get_resolver().url_patterns, "/"))))


@cache
def ask(path: str, said: str = "") -> Answer:
    """Get an address of this installation through all that stands before a page.

    Parameters
    ----------
    said : a form that is posted instead, and also stands behind the address.
    """
    body_sent = said.encode()
    environ: dict[str, object] = {"REQUEST_METHOD": "POST" if said else "GET", "PATH_INFO": path}
    environ |= {"QUERY_STRING": said, "CONTENT_LENGTH": str(len(body_sent))}
    environ |= {"CONTENT_TYPE": "application/x-www-form-urlencoded"}
    environ |= {"SERVER_NAME": "localhost", "wsgi.input": io.BytesIO(body_sent)}
    environ |= {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": _host(), "wsgi.url_scheme": "https"}
    environ["HTTP_X_FORWARDED_PROTO"] = "https"
    setup_testing_defaults(environ)
    told: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], *_: object) -> object:
        told.append((status, headers))
        return None

    with _connection_kept():
        body = _application()(environ, start)
        for _ in body:
            pass
        if hasattr(body, "close"):
            body.close()
    status, headers = told[0]
    cookies: SimpleCookie = SimpleCookie()
    for name, value in headers:
        if name.lower() == "set-cookie":
            cookies.load(value)
    return Answer(int(status[:3]), {name.lower(): value for name, value in headers}, cookies)


@cache
def _application():  # type: ignore[no-untyped-def]  # whatever the framework returns
    return get_wsgi_application()


@contextmanager
def _connection_kept() -> Iterator[None]:
    """The end of a request closes the connection; this one is the doctor's."""
    kinds = (request_started, request_finished)
    for kind in kinds:
        kind.disconnect(close_old_connections)
    try:
        yield
    finally:
        for kind in kinds:
            kind.connect(close_old_connections)


def _host() -> str:
    return settings.ALLOWED_HOSTS[0].lstrip(".") if settings.ALLOWED_HOSTS else "localhost"


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for pattern in patterns:
        here = before + _filled(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, here)
        else:
            yield here


def _filled(route: str) -> str:
    """An address out of a pattern; of a regular expression only its fixed beginning."""
    plain = TEMPLATE.sub(lambda found: HOLDERS.get(found[1] or "str", "x"), route)
    return re.split(r"[\^$(\\?]", plain.lstrip("^"))[0]


def _wrong_headers(answer: Answer) -> Iterator[str]:
    said = answer.headers
    policy = said.get("content-security-policy", "")
    directives = dict(
        part.strip().partition(" ")[::2] for part in policy.split(";") if part.strip()
    )
    if "default-src" not in directives or "frame-ancestors" not in directives:
        yield "content-security-policy"
    if any(word in UNSAFE for value in directives.values() for word in value.split()):
        yield f"unsafe: {policy}"
    if said.get("x-content-type-options") != "nosniff":
        yield "x-content-type-options"
    if said.get("x-frame-options") != "DENY":
        yield "x-frame-options"
    if said.get("referrer-policy", "") not in ("same-origin", "no-referrer"):
        yield "referrer-policy"
    if "permissions-policy" not in said:
        yield "permissions-policy"
    if "server" in said or "x-powered-by" in said:
        yield "tells what serves it"
