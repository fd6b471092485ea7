"""The receipt code of a submission: made from its key, so that a repeat answers with the same."""

import hashlib
import hmac

from django.conf import settings

from linli.domain.cases.selectors import Case
from linli.domain.cases.selectors.receipts import receipt_hash
from linli.kernel.ids import CROCKFORD

GROUPS, LETTERS, BITS = 4, 4, 5


def receipt_for(key: str) -> str:
    """Return the receipt code that belongs to a submission key: 80 bits that nobody can guess.

    Only the code's digest is stored. A client whose connection broke sends the same again and
    still gets the code; without the server's secret the key tells nothing about it.
    """
    secret = settings.SECRET_KEY.encode()
    bits = int.from_bytes(hmac.digest(secret, f"receipt of {key}".encode(), hashlib.sha256))
    letters = "".join(
        CROCKFORD[(bits >> (BITS * place)) % len(CROCKFORD)] for place in range(GROUPS * LETTERS)
    )
    return "-".join(letters[at : at + LETTERS] for at in range(0, len(letters), LETTERS))


def receipt_again(case: Case, key: str) -> str:
    """Return the code given out for a key; "" where the resident brought another of their own."""
    code = receipt_for(key)
    return code if receipt_hash(code) == case.receipt_hash else ""
