"""Public verbs of audit."""

from linli.domain.audit.services.checking import check_journal
from linli.domain.audit.services.effects import once, take_outbox
from linli.domain.audit.services.failing import retry_failed_job, settle_failed_job
from linli.domain.audit.services.journal import (
    lock_streams,
    record,
    record_all,
    record_export,
    record_list,
    record_view,
)
from linli.domain.audit.services.proving import Proof, take_proof
from linli.domain.audit.services.sealing import restart_seals, seal_journal

__all__ = [
    "Proof",
    "check_journal",
    "lock_streams",
    "once",
    "record",
    "record_all",
    "record_export",
    "record_list",
    "record_view",
    "restart_seals",
    "retry_failed_job",
    "seal_journal",
    "settle_failed_job",
    "take_outbox",
    "take_proof",
]
