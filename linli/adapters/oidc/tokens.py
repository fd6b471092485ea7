"""Checking an ID token: who signed it, for whom, for which sign-in, and until when.

After OpenID Connect Core 1.0, section 3.1.3.7, and stricter where it leaves a choice: the
signature is always checked, with a key of the provider and an asymmetric algorithm.

Serves: R109.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import jwt

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
REQUIRED = ["iss", "sub", "aud", "exp", "iat", "nonce"]
LEEWAY_S = 60

Claims = Mapping[str, object]


class TokenRefused(Exception):
    """An ID token that cannot be believed; the words are for the log, never for the visitor."""


@dataclass(frozen=True)
class Expected:
    """What the token of one sign-in must say."""

    issuer: str
    client_id: str
    nonce: str


def verified_claims(token: str, *, keys: Mapping[str, object], expected: Expected) -> Claims:
    """Return the claims of an ID token that holds for this sign-in.

    Parameters
    ----------
    token : compact JWS as the token endpoint sent it.
    keys : JSON Web Key Set of the provider.
    expected : issuer, client and nonce of this sign-in.

    Raises TokenRefused.
    """
    try:
        header = jwt.get_unverified_header(token)
        algorithm = str(header.get("alg", ""))
        if algorithm not in ALGORITHMS:
            raise TokenRefused(f"algorithm {algorithm[:20]!r} is not taken")
        claims = cast(
            Claims,
            jwt.decode(
                token,
                key=_key(keys, kid=header.get("kid"), algorithm=algorithm),
                algorithms=[algorithm],
                issuer=expected.issuer,
                audience=expected.client_id,
                leeway=LEEWAY_S,
                options={"require": REQUIRED},
            ),
        )
    except jwt.PyJWTError as error:
        raise TokenRefused(f"{type(error).__name__}: {error}") from error
    if not hmac.compare_digest(str(claims["nonce"]).encode(), expected.nonce.encode()):
        raise TokenRefused("the nonce is another sign-in's")
    audience = claims["aud"]
    is_shared = isinstance(audience, list) and len(audience) > 1
    if (is_shared or "azp" in claims) and claims.get("azp") != expected.client_id:
        raise TokenRefused("the token was made for another client")
    if not isinstance(claims["sub"], str) or not claims["sub"]:
        raise TokenRefused("the token names nobody")
    return claims


def _key(keys: Mapping[str, object], *, kid: object, algorithm: str) -> jwt.PyJWK:
    """The key that must have signed; one that is of another kind than the algorithm is refused."""
    listed = keys.get("keys")
    found = [
        key
        for key in (listed if isinstance(listed, list) else [])
        if isinstance(key, dict)
        and key.get("use", "sig") == "sig"
        and (kid is None or key.get("kid") == kid)
        and key.get("alg", algorithm) == algorithm
        and key.get("kty") in ("RSA", "EC", "OKP")
    ]
    if len(found) != 1:
        raise TokenRefused(f"{len(found)} keys of the provider fit the token")
    return jwt.PyJWK.from_json(json.dumps(found[0]), algorithm=algorithm)
