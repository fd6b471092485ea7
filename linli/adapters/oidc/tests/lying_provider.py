"""A whole identity provider in one process, that lies as its address asks: /FAULT/….

Run as a program; prints the port that it listens on. Checks PKCE, the client and the one-time
code as an honest one does; what it signs may be wrong in one way.
"""

import base64
import hashlib
import hmac
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEY, STRANGER = (rsa.generate_private_key(65537, 2048) for _ in range(2))
PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
CODES: dict[str, dict[str, str]] = {}
CLIENT, SECRET = "linli", "a-secret-of-the-client"


def claims_of(fault: str, issuer: str, asked: dict[str, str]) -> dict[str, object]:
    now = int(time.time())
    claims: dict[str, object] = {
        "iss": issuer,
        "sub": "subject-1",
        "aud": CLIENT,
        "iat": now,
        "exp": now + 300,
        "nonce": asked["nonce"],
        "preferred_username": "lan",
        "name": "王岚",
        "roles": ["admin", "security_admin"],
    }
    lies: dict[str, dict[str, object]] = {
        "issuer": {"iss": "https://elsewhere.example"},
        "audience": {"aud": "another-client"},
        "shared": {"aud": [CLIENT, "another-client"], "azp": "another-client"},
        "nonce": {"nonce": "of-another-sign-in"},
        "expired": {"iat": now - 900, "exp": now - 600},
        "early": {"nbf": now + 900},
        "nobody": {"sub": ""},
        "stranger_name": {"sub": "subject-2"},
        "unknown": {"preferred_username": "nobody", "sub": "subject-3"},
    }
    claims |= lies.get(fault, {})
    if fault.startswith("no_"):
        claims.pop(fault.removeprefix("no_"), None)
    return claims


def token_of(fault: str, claims: dict[str, object]) -> str:
    if fault == "unsigned":
        return jwt.encode(claims, "", algorithm="none", headers={"kid": "one"})
    if fault in ("hmac_secret", "hmac_public"):
        secret = SECRET.encode() if fault == "hmac_secret" else PEM
        return signed_by_hand(claims, secret)
    key = STRANGER if fault == "stranger_key" else KEY
    kid = "other" if fault == "unknown_key" else "one"
    token = jwt.encode(claims, key, algorithm="RS256", headers={"kid": kid})
    if fault == "altered":
        head, body, signature = token.split(".")
        changed = json.loads(base64.urlsafe_b64decode(body + "==")) | {"sub": "subject-9"}
        body = base64.urlsafe_b64encode(json.dumps(changed).encode()).decode().rstrip("=")
        token = f"{head}.{body}.{signature}"
    return token


def signed_by_hand(claims: dict[str, object], secret: bytes) -> str:
    """HS256 over what only looks like a key; the library refuses to write it, an attacker not."""
    head = {"alg": "HS256", "typ": "JWT", "kid": "one"}
    parts = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
        for part in (head, claims)
    ]
    digest = hmac.digest(secret, ".".join(parts).encode(), "sha256")
    return ".".join([*parts, base64.urlsafe_b64encode(digest).decode().rstrip("=")])


class Provider(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        url = urlsplit(self.path)
        fault, _, rest = url.path.strip("/").partition("/")
        issuer = f"http://127.0.0.1:{self.connection.getsockname()[1]}/{fault}"
        if rest == ".well-known/openid-configuration":
            self.say(
                {
                    "issuer": "http://127.0.0.1/other" if fault == "other_self" else issuer,
                    "authorization_endpoint": f"{issuer}/authorize",
                    "token_endpoint": f"{issuer}/token",
                    "jwks_uri": f"{issuer}/jwks",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif rest == "jwks":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            self.say({"keys": [public | {"kid": "one", "use": "sig", "alg": "RS256"}]})
        elif rest == "authorize":
            asked = {name: values[0] for name, values in parse_qs(url.query).items()}
            code = secrets.token_urlsafe(16)
            CODES[code] = asked
            answer = {"code": code, "state": asked["state"]}
            if fault == "mixed_up":
                answer["iss"] = "https://elsewhere.example"
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(answer)}")
            self.end_headers()

    def do_POST(self) -> None:
        fault = self.path.strip("/").partition("/")[0]
        issuer = f"http://127.0.0.1:{self.connection.getsockname()[1]}/{fault}"
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        asked = CODES.pop(sent.get("code", ""), None)
        challenge = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        is_right = (
            asked is not None
            and asked.get("code_challenge_method") == "S256"
            and base64.urlsafe_b64encode(challenge).decode().rstrip("=") == asked["code_challenge"]
            and (sent.get("client_id"), sent.get("client_secret")) == (CLIENT, SECRET)
        )
        if asked is None or not is_right:
            self.say({"error": "invalid_grant"}, status=400)
            return
        answer: dict[str, object] = {"access_token": "access", "token_type": "Bearer"}
        if fault != "no_token":
            answer["id_token"] = token_of(fault, claims_of(fault, issuer, asked))
        self.say(answer)

    def say(self, answer: dict[str, object], *, status: int = 200) -> None:
        data = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        """Say nothing: standard output tells the port."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()
