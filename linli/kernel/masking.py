"""What of a person's data may stand where nobody needs all of it.

Serves: X01.
"""

import re

HIDDEN = "*"
PHONE_HEAD, PHONE_TAIL, PHONE_HIDDEN = 3, 4, 4
ID_HEAD, ID_TAIL = 1, 1
_COUNTRY = re.compile(r"^(?:\+|00)86")
_NOT_DIGITS = re.compile(r"\D+")


def masked_phone(text: str) -> str:
    """Return a telephone number with its middle hidden; what is too short shows nothing.

    >>> masked_phone("13812341234"), masked_phone("027-65551234"), masked_phone("12345")
    ('138****1234', '027****1234', '*****')
    """
    digits = _NOT_DIGITS.sub("", _COUNTRY.sub("", text.strip()))
    if len(digits) < PHONE_HEAD + PHONE_TAIL + PHONE_HIDDEN:
        return HIDDEN * len(text.strip())
    return digits[:PHONE_HEAD] + HIDDEN * PHONE_HIDDEN + digits[-PHONE_TAIL:]


def masked_name(text: str) -> str:
    """Return a name with all but its first sign hidden; how long it is stays unsaid.

    >>> masked_name("林小满"), masked_name("林"), masked_name("")
    ('林**', '**', '')
    """
    name = text.strip()
    if not name:
        return ""
    return f"{name[0]}{HIDDEN * 2}" if len(name) > 1 else HIDDEN * 2


def masked_id(text: str) -> str:
    """Return an identity number of which the first and the last sign are left.

    >>> masked_id("110101199003071234")
    '1****************4'
    """
    number = text.strip()
    if len(number) <= 2 * (ID_HEAD + ID_TAIL):
        return HIDDEN * len(number)
    hidden = HIDDEN * (len(number) - ID_HEAD - ID_TAIL)
    return number[:ID_HEAD] + hidden + number[-ID_TAIL:]
