"""What of each field may be shown to whoever has not asked to see it."""

from collections.abc import Callable

from linli.domain.vault.rules.purposes import NAME, PHONE
from linli.kernel.masking import HIDDEN, masked_name, masked_phone

MASKS: dict[str, Callable[[str], str]] = {PHONE: masked_phone, NAME: masked_name}
UNKNOWN_SHOWN = HIDDEN * 4


def masked(field: str, value: str) -> str:
    """Return a value masked as its field has it; of an unknown field nothing is shown.

    >>> masked("reporter_phone", "13800001234"), masked("card", "62220000")
    ('138****1234', '****')
    """
    mask = MASKS.get(field)
    return mask(value) if mask else UNKNOWN_SHOWN
