"""Signatures: Ed25519 (RFC 8032), and SM2 (GB/T 32918) where its package is installed."""

import secrets
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from linli.kernel.errors import Unavailable

try:
    from gmssl import sm2
except ImportError:  # an extra: most installations sign with Ed25519
    sm2 = None


HALF = 32


class Signer(Protocol):
    """Signs by a private key of 32 bytes that it holds; whoever has the public key can verify."""

    @property
    def name(self) -> str:
        """Name of the algorithm, kept beside each signature."""

    @property
    def public_key(self) -> bytes:
        """What others verify with."""

    def sign(self, data: bytes) -> bytes:
        """Return a signature of data, 64 bytes."""

    def verify(self, data: bytes, signature: bytes) -> bool:
        """Whether a signature of data was made with this private key."""


class Ed25519Signer:
    """Signs by Ed25519."""

    name = "ed25519"

    def __init__(self, private_key: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(private_key)
        self.public_key = self._private.public_key().public_bytes_raw()

    def sign(self, data: bytes) -> bytes:
        """Return a signature of data, 64 bytes."""
        return self._private.sign(data)

    def verify(self, data: bytes, signature: bytes) -> bool:
        """Whether a signature of data was made with this private key."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(signature, data)
        except InvalidSignature:
            return False
        return True


class Sm2Signer:
    """Signs by SM2 with SM3, for seals on a host of our own.

    In plain Python and not in constant time: whoever can measure this host may learn the key.
    """

    name = "sm2"

    def __init__(self, private_key: bytes) -> None:
        if sm2 is None:
            raise _sm2_is_missing()
        self._pair = sm2.CryptSM2(private_key=private_key.hex(), public_key="")
        self._order = int(self._pair.ecc_table["n"], 16)
        # Set afterwards: the package's own reading of it eats leading zeros and fours.
        point: str = self._pair._kg(int(private_key.hex(), 16), self._pair.ecc_table["g"])
        self._pair.public_key = point
        self.public_key = bytes.fromhex(point)

    def sign(self, data: bytes) -> bytes:
        """Return a signature of data, 64 bytes."""
        chance = secrets.randbelow(self._order - 1) + 1
        return bytes.fromhex(self._pair.sign_with_sm3(data, f"{chance:064x}"))

    def verify(self, data: bytes, signature: bytes) -> bool:
        """Whether a signature of data was made with this private key."""
        return _fits(self._pair, data, signature)


def verifies(name: str, public_key: bytes, data: bytes, signature: bytes) -> bool:
    """Whether a signature of data fits a public key, for whoever does not hold the private one.

    False for keys that are none; raises Unavailable where the algorithm is not installed.
    """
    if name == Ed25519Signer.name:
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(signature, data)
        except (InvalidSignature, ValueError):
            return False
        return True
    if name == Sm2Signer.name:
        if sm2 is None:
            raise _sm2_is_missing()
        pair = sm2.CryptSM2(private_key="", public_key="")
        pair.public_key = public_key.hex()
        return len(public_key) == 2 * HALF and _fits(pair, data, signature)
    return False


def _fits(pair: "sm2.CryptSM2", data: bytes, signature: bytes) -> bool:
    order = int(pair.ecc_table["n"], 16)
    r, s = (int.from_bytes(half) for half in (signature[:HALF], signature[HALF:]))
    # The package does not look whether the numbers are in range (GB/T 32918.2, 7.1).
    if len(signature) != 2 * HALF or not (0 < r < order and 0 < s < order):
        return False
    return bool(pair.verify_with_sm3(signature.hex(), data))


def _sm2_is_missing() -> Unavailable:
    return Unavailable(
        "没有安装 SM2 签名所需的组件。请执行 pip install gmssl，或改用 ed25519。",
        "What signs by SM2 is not installed. Run pip install gmssl, or use ed25519.",
    )
