"""Public verbs of counselling records."""

from linli.domain.care.services.ending import erase_care, expire_cards, withdraw_consent
from linli.domain.care.services.opening import CareWords, open_records
from linli.domain.care.services.writing import write_record

__all__ = [
    "CareWords",
    "erase_care",
    "expire_cards",
    "open_records",
    "withdraw_consent",
    "write_record",
]
