"""What every family of algorithms can do."""

import os
from typing import Protocol

from linli.kernel.errors import Unavailable

NONCE_BYTES, TAG_BYTES = 12, 16
BETWEEN = "\x1f"


class SealBroken(Unavailable):
    """A sealed value does not open: it was altered or moved, or the key is another."""

    code = "seal_broken"

    def __init__(self) -> None:
        super().__init__(
            "密文与它所在的位置或密钥对不上，没有打开：它被改动或挪动过，或者密钥不是原来的。"
            "请执行 linli keys check，并报告安全管理员。",
            "A sealed value fits neither its place nor its key and was not opened: it was altered "
            "or moved, or the key is another. Run linli keys check and tell the security "
            "administrator.",
        )


class Suite(Protocol):
    """A family of algorithms; free of side effects, safe in threads.

    A sealed value is `nonce (12 bytes) ‖ ciphertext ‖ tag (16 bytes)`. The nonce is random, so one
    key may seal 2^32 values at most (NIST SP 800-38D, 8.3).
    """

    @property
    def name(self) -> str:
        """How settings and stored rows call it."""

    @property
    def key_bytes(self) -> int:
        """Length of a key that seals, in bytes."""

    def seal(self, key: bytes, plain: bytes, *, bound: bytes) -> bytes:
        """Encrypt and authenticate `plain`; `bound` is authenticated with it and not kept."""

    def open(self, key: bytes, sealed: bytes, *, bound: bytes) -> bytes:
        """Return what was sealed under the same key and bound. Raises SealBroken."""

    def digest(self, data: bytes) -> bytes:
        """Return the hash of data, 32 bytes."""

    def mac(self, key: bytes, data: bytes) -> bytes:
        """Return the keyed hash (HMAC) of data, 32 bytes."""


def new_key(suite: Suite) -> bytes:
    """Return a random key that seals, from the system's generator."""
    return os.urandom(suite.key_bytes)


def new_nonce() -> bytes:
    """Return a random nonce from the system's generator."""
    return os.urandom(NONCE_BYTES)


def derived_key(suite: Suite, root: bytes, purpose: str) -> bytes:
    """Return a key that seals, made of a root key for one purpose alone.

    One block of HKDF-Expand (RFC 5869, 2.3) with the family's own HMAC; the root is random already,
    so nothing needs extracting.
    """
    return suite.mac(root, f"linli {purpose} {suite.name}".encode() + b"\x01")[: suite.key_bytes]


def bound_to(*place: str) -> bytes:
    """Return the place of a sealed value as bytes to bind it to, such as table, row, field.

    No part may hold the sign that stands between them, else two places could read alike.

    >>> bound_to("phone", "case")
    b'phone\\x1fcase'
    """
    if any(BETWEEN in part for part in place):
        raise ValueError("a part of a place may not hold U+001F")
    return BETWEEN.join(place).encode()
