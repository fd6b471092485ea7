"""A passkey in software: makes and uses a credential as a device would, after WebAuthn Level 2.

Written from the specification (sections 6.1, 6.5.1 and 7), so that the server's checks are held
against something that they were not written with.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.utils import websafe_decode, websafe_encode

USER_PRESENT, USER_VERIFIED, HAS_CREDENTIAL = 0x01, 0x04, 0x40
Options = dict[str, object]


@dataclass
class SoftKey:
    """One device with one credential, for one origin."""

    origin: str = "https://testserver"
    rp_id: str = "testserver"
    is_verified: bool = True
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    user_handle: bytes = b""
    count: int = 0
    _private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def made(self, options: dict[str, Options]) -> str:
        """Answer a request to make a credential; returns what the browser posts."""
        asked = options["publicKey"]
        user = asked["user"]
        assert isinstance(user, dict)
        self.user_handle = websafe_decode(user["id"])
        client = self._client("webauthn.create", str(asked["challenge"]))
        numbers = self._private.public_key().public_numbers()
        cose = {
            1: 2,
            3: -7,
            -1: 1,
            -2: numbers.x.to_bytes(32, "big"),
            -3: numbers.y.to_bytes(32, "big"),
        }
        length = len(self.credential_id).to_bytes(2, "big")
        attested = bytes(16) + length + self.credential_id + cbor.encode(cose)
        data = self._data(HAS_CREDENTIAL) + attested
        statement = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        response = {"clientDataJSON": websafe_encode(client)}
        response["attestationObject"] = websafe_encode(statement)
        return self._posted(response)

    def used(self, options: dict[str, Options]) -> str:
        """Answer a request to sign; returns what the browser posts."""
        self.count += 1
        client = self._client("webauthn.get", str(options["publicKey"]["challenge"]))
        data = self._data(0)
        signed = data + hashlib.sha256(client).digest()
        signature = self._private.sign(signed, ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": websafe_encode(self.user_handle),
        }
        return self._posted(response)

    def _client(self, kind: str, challenge: str) -> bytes:
        words = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(words).encode()

    def _data(self, flags: int) -> bytes:
        flags |= USER_PRESENT | (USER_VERIFIED if self.is_verified else 0)
        head = hashlib.sha256(self.rp_id.encode()).digest() + bytes([flags])
        return head + self.count.to_bytes(4, "big")

    def _posted(self, response: dict[str, str]) -> str:
        name = websafe_encode(self.credential_id)
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "clientExtensionResults": {"credProps": {"rk": True}},
                "response": response,
            }
        )
