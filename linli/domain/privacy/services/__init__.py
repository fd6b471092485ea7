"""Public verbs: what persons ask about their own data, holds, and deleting in time."""

from linli.domain.privacy.services.asking import Asked, ask_by_receipt, ask_for_erasure
from linli.domain.privacy.services.fetching import OwnData, fetch_own_data
from linli.domain.privacy.services.granting import fulfil_request
from linli.domain.privacy.services.holding import lift_hold, set_hold
from linli.domain.privacy.services.retaining import run_retention

__all__ = [
    "Asked",
    "OwnData",
    "ask_by_receipt",
    "ask_for_erasure",
    "fetch_own_data",
    "fulfil_request",
    "lift_hold",
    "run_retention",
    "set_hold",
]
