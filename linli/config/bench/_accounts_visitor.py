"""Whoever comes to the sign-in pages over HTTP, with cookies of their own."""

import base64
import hmac
import http.client
import re
import struct
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

SIGN_IN = "/accounts/login/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
SECRET = re.compile(r"\b[A-Z2-7]{32}\b")
TOO_MANY = ("次数过多", "Too many")
STEP_S = 30


@dataclass(frozen=True)
class Said:
    """What a sign-in was answered with."""

    is_in: bool
    was_hashed: bool


@dataclass
class CodeKey:
    """An authenticator application: RFC 6238 with SHA-1, 30 seconds, 6 digits."""

    secret: str = ""
    used: str = ""

    def shown(self, *, minutes: int = 0) -> str:
        """Return what it shows now, or did some minutes ago."""
        step = (int(time.time()) + 60 * minutes) // STEP_S
        digest = hmac.digest(base64.b32decode(self.secret), struct.pack(">Q", step), "sha1")
        start = digest[-1] & 15
        number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
        return f"{number % 10**6:06d}"


@dataclass
class Visitor:
    """A client that keeps cookies and says from which address it comes."""

    bind: str
    cookies: dict[str, str] = field(default_factory=dict)
    address: str = "198.19.0.1"

    def sign_in(self, name: str, password: str, *, address: str) -> Said:
        """Give a name and a password."""
        self.address = address
        status, where, page = self.post(SIGN_IN, {"login": name, "password": password})
        is_in = status == 302 and not where.startswith(SIGN_IN) and "authenticate" not in where
        is_limited = status == 429 or any(words in page for words in TOO_MANY)
        return Said(is_in, not is_limited)

    def enrol(self, key: CodeKey, *, password: str) -> None:
        """Turn an authenticator on and sign out."""
        self.post("/accounts/reauthenticate/", {"password": password})
        found = SECRET.search(self.read("/accounts/2fa/totp/activate/"))
        if found is None:
            raise RuntimeError(f"the page of {self.address} shows no secret")
        key.secret = found[0]
        key.used = key.shown()
        self.post("/accounts/2fa/totp/activate/", {"code": key.used})
        self.post("/accounts/logout/", {})

    def opens(self, path: str) -> bool:
        """Whether a page of the signed-in is answered with itself."""
        return self._ask("GET", path)[0] == 200

    def read(self, path: str) -> str:
        """Return a page, after at most one redirect."""
        status, where, page = self._ask("GET", path)
        return self._ask("GET", where)[2] if status == 302 else page

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, str, str]:
        """Send a form with the token that a page of this site carries."""
        token = TOKEN.search(self._ask("GET", SIGN_IN)[2])
        sent = {**fields, "csrfmiddlewaretoken": token[1] if token else self._token()}
        return self._ask("POST", path, urlencode(sent))

    def _token(self) -> str:
        return self.cookies.get("csrftoken", "")

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection(self.bind, timeout=60)
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-Forwarded-For": self.address,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            page = answer.read().decode(errors="replace")
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer.status, answer.headers.get("Location", ""), page
