"""Public verbs of audit."""

from linli.domain.audit.services.effects import once, take_outbox
from linli.domain.audit.services.journal import (
    lock_streams,
    record,
    record_all,
    record_export,
    record_view,
)

__all__ = [
    "lock_streams",
    "once",
    "record",
    "record_all",
    "record_export",
    "record_view",
    "take_outbox",
]
