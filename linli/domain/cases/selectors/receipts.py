"""What is stored of a resident's receipt code."""

import hashlib

from django.conf import settings

from linli.kernel.ids import normalise_receipt


def receipt_hash(code: str) -> str | None:
    """Return what is stored of a receipt code; the code itself is not."""
    return receipt_hashes(code)[0] if code else None


def receipt_hashes(code: str) -> list[str]:
    """Return all that may be stored of a code: under the secret in force, then former ones.

    A resident keeps a code for longer than an office keeps its secret.
    """
    plain = normalise_receipt(code)
    return [
        hashlib.sha256(f"{secret}|receipt|{plain}".encode()).hexdigest() for secret in secrets()
    ]


def secrets() -> tuple[str, ...]:
    """Return the server's secret and those that it had before."""
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
