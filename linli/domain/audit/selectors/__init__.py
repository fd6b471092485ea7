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
from linli.domain.audit.selectors.verifying import VerifyReport, verify_chain, verify_journal

__all__ = [
    "Fact",
    "Fault",
    "LastSeal",
    "Seal",
    "VerifyReport",
    "anchor_store",
    "effect_count",
    "fact",
    "facts_about",
    "last_seal",
    "outbox_size",
    "seal_keys",
    "verify_chain",
    "verify_journal",
]
