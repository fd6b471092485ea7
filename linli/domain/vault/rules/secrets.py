"""Sealed text for tables of others that hold text: a mark, the family, then base64."""

import base64

from linli.kernel.crypto import SealBroken

MARK = "linli-sealed"


def written(suite: str, sealed: bytes) -> str:
    """Return sealed bytes as text.

    >>> written("intl", b"abc")
    'linli-sealed:intl:YWJj'
    """
    return f"{MARK}:{suite}:{base64.urlsafe_b64encode(sealed).decode()}"


def is_sealed(text: str) -> bool:
    """Whether a text says that it is sealed; whether it opens is another matter.

    >>> is_sealed("linli-sealed:intl:YWJj"), is_sealed("JBSWY3DP")
    (True, False)
    """
    return text.startswith(f"{MARK}:")


def read_back(text: str) -> tuple[str, bytes]:
    """Return the family and the bytes of a sealed text. Raises SealBroken where it is none."""
    mark, _, rest = text.partition(":")
    suite, _, body = rest.partition(":")
    if mark != MARK:
        raise SealBroken
    try:
        return suite, base64.b64decode(body, altchars=b"-_", validate=True)
    except ValueError as error:  # no base64, or signs that are not even ASCII
        raise SealBroken from error
