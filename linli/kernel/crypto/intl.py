"""AES-256-GCM (NIST SP 800-38D), SHA-256 (FIPS 180-4), HMAC (RFC 2104)."""

import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from linli.kernel.crypto.suite import NONCE_BYTES, TAG_BYTES, SealBroken, Suite, new_nonce


class IntlSuite:
    """The family that most machines speed up in hardware."""

    name = "intl"
    key_bytes = 32

    def seal(self, key: bytes, plain: bytes, *, bound: bytes) -> bytes:
        """Encrypt and authenticate `plain`; `bound` is authenticated with it and not kept."""
        nonce = new_nonce()
        return nonce + AESGCM(key).encrypt(nonce, plain, bound)

    def open(self, key: bytes, sealed: bytes, *, bound: bytes) -> bytes:
        """Return what was sealed under the same key and bound. Raises SealBroken."""
        if len(sealed) < NONCE_BYTES + TAG_BYTES:
            raise SealBroken
        try:
            return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound)
        except InvalidTag as error:
            raise SealBroken from error

    def digest(self, data: bytes) -> bytes:
        """Return the SHA-256 of data, 32 bytes."""
        return hashlib.sha256(data).digest()

    def mac(self, key: bytes, data: bytes) -> bytes:
        """Return the HMAC-SHA-256 of data, 32 bytes."""
        return hmac.digest(key, data, hashlib.sha256)


INTL: Suite = IntlSuite()
