"""What is stored of a resident's receipt code."""

import hashlib

from django.conf import settings

from linli.kernel.ids import normalise_receipt


def receipt_hash(code: str) -> str | None:
    """Return what is stored of a receipt code; the code itself is not."""
    if not code:
        return None
    salted = f"{settings.SECRET_KEY}|receipt|{normalise_receipt(code)}"
    return hashlib.sha256(salted.encode()).hexdigest()
