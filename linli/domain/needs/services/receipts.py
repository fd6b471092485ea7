"""The receipt code of a submission: made from its key, so that a repeat answers with the same."""

import hashlib
import hmac

from linli.domain.cases.selectors import Case
from linli.domain.cases.selectors.receipts import receipt_hashes, secrets
from linli.kernel.ids import CROCKFORD

GROUPS, LETTERS, BITS = 4, 4, 5


def receipt_for(key: str) -> str:
    """Return the receipt code that belongs to a submission key: 80 bits that nobody can guess.

    Only the code's digest is stored. A client whose connection broke sends the same again and
    still gets the code; without the server's secret the key tells nothing about it.
    """
    return _made(key, secrets()[0])


def receipt_again(case: Case, key: str) -> str:
    """Return the code given out for a key; "" where the resident brought another of their own."""
    codes = (_made(key, secret) for secret in secrets())
    return next((code for code in codes if case.receipt_hash in receipt_hashes(code)), "")


def _made(key: str, secret: str) -> str:
    bits = int.from_bytes(
        hmac.digest(secret.encode(), f"receipt of {key}".encode(), hashlib.sha256)
    )
    letters = "".join(
        CROCKFORD[(bits >> (BITS * place)) % len(CROCKFORD)] for place in range(GROUPS * LETTERS)
    )
    return "-".join(letters[at : at + LETTERS] for at in range(0, len(letters), LETTERS))
