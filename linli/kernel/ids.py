"""Names that cannot be guessed and numbers that can be read out on the phone."""

import base64
import re
import secrets
from datetime import date

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CASE_NUMBER = re.compile(r"(\d{8})-(\d{6,9})-(\d)")


def public_id() -> str:
    """Return 128 random bits as 26 lower-case letters and digits."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


def check_digit(digits: str) -> int:
    """Return the ISO/IEC 7064 MOD 11,10 check digit of a string of digits.

    It finds every single wrong digit and nearly all swaps of neighbours.
    Source: ISO/IEC 7064:2003, hybrid system MOD 11,10.

    >>> check_digit("0794")
    5
    """
    product = 10
    for digit in digits:
        total = (product + int(digit)) % 10 or 10
        product = (total * 2) % 11
    return (11 - product) % 10


def case_number(day: date, serial: int) -> str:
    """Return the number people quote, such as `20261124-000123-7`.

    Parameters
    ----------
    day : the day on which the case was opened, local.
    serial : running number, ≥ 0; six digits or more.
    """
    head, tail = f"{day:%Y%m%d}", f"{serial:06d}"
    return f"{head}-{tail}-{check_digit(head + tail)}"


def is_case_number(text: str) -> bool:
    """Whether the text has the form of a case number and its check digit is right."""
    found = CASE_NUMBER.fullmatch(text.strip())
    return found is not None and check_digit(found[1] + found[2]) == int(found[3])


def receipt_code() -> str:
    """Return 80 random bits as four groups that hold no letter that looks like a digit."""
    letters = "".join(secrets.choice(CROCKFORD) for _ in range(16))
    return "-".join(letters[i : i + 4] for i in range(0, 16, 4))


def normalise_receipt(text: str) -> str:
    """Read a receipt code as a person types it: any case, spaces, O for 0, I or L for 1.

    >>> normalise_receipt("abcd efgh 1o2l 3456")
    'ABCD-EFGH-1021-3456'
    """
    letters = re.sub(r"[\s\-—–]", "", text).upper().translate(str.maketrans("OIL", "011"))
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))
