"""Public reads of the journal."""

from linli.domain.audit.rules.faults import Fault
from linli.domain.audit.rules.seals import Seal
from linli.domain.audit.selectors.anchoring import LastSeal, anchor_store, last_seal, seal_keys
from linli.domain.audit.selectors.facts import (
    Fact,
    effect_count,
    fact,
    facts_about,
    outbox_size,
)
from linli.domain.audit.selectors.failing import (
    FailedJob,
    count_failed_jobs,
    failed_job,
    failed_jobs,
    failed_jobs_page,
)
from linli.domain.audit.selectors.looking import (
    JournalSearch,
    LastCheck,
    Record,
    View,
    known_acts,
    last_check,
    newest_view,
    search_journal,
    view_counts,
    views_of,
)
from linli.domain.audit.selectors.outliers import UnusualDay, unusual_days
from linli.domain.audit.selectors.verifying import VerifyReport, verify_chain, verify_journal

__all__ = [
    "Fact",
    "FailedJob",
    "Fault",
    "JournalSearch",
    "LastCheck",
    "LastSeal",
    "Record",
    "Seal",
    "UnusualDay",
    "VerifyReport",
    "View",
    "anchor_store",
    "count_failed_jobs",
    "effect_count",
    "fact",
    "facts_about",
    "failed_job",
    "failed_jobs",
    "failed_jobs_page",
    "known_acts",
    "last_check",
    "last_seal",
    "newest_view",
    "outbox_size",
    "search_journal",
    "seal_keys",
    "unusual_days",
    "verify_chain",
    "verify_journal",
    "view_counts",
    "views_of",
]
