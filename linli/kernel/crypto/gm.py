"""SM4-GCM (GB/T 32907, RFC 8998), SM3 (GB/T 32905), HMAC with SM3 (RFC 2104)."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.hmac import HMAC

from linli.kernel.crypto.suite import NONCE_BYTES, TAG_BYTES, SealBroken, Suite, new_nonce


class GmSuite:
    """The family of China's commercial algorithms."""

    name = "gm"
    key_bytes = 16

    def seal(self, key: bytes, plain: bytes, *, bound: bytes) -> bytes:
        """Encrypt and authenticate `plain`; `bound` is authenticated with it and not kept."""
        nonce = new_nonce()
        cipher = Cipher(SM4(key), GCM(nonce)).encryptor()
        cipher.authenticate_additional_data(bound)
        return nonce + cipher.update(plain) + cipher.finalize() + cipher.tag

    def open(self, key: bytes, sealed: bytes, *, bound: bytes) -> bytes:
        """Return what was sealed under the same key and bound. Raises SealBroken."""
        if len(sealed) < NONCE_BYTES + TAG_BYTES:
            raise SealBroken
        nonce, body, tag = (
            sealed[:NONCE_BYTES],
            sealed[NONCE_BYTES:-TAG_BYTES],
            sealed[-TAG_BYTES:],
        )
        cipher = Cipher(SM4(key), GCM(nonce, tag)).decryptor()
        cipher.authenticate_additional_data(bound)
        try:
            return cipher.update(body) + cipher.finalize()
        except InvalidTag as error:
            raise SealBroken from error

    def digest(self, data: bytes) -> bytes:
        """Return the SM3 of data, 32 bytes."""
        hasher = hashes.Hash(hashes.SM3())
        hasher.update(data)
        return hasher.finalize()

    def mac(self, key: bytes, data: bytes) -> bytes:
        """Return the HMAC-SM3 of data, 32 bytes."""
        hasher = HMAC(key, hashes.SM3())
        hasher.update(data)
        return hasher.finalize()


GM: Suite = GmSuite()
