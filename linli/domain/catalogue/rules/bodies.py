"""Standards and ledgers as stored: one canonical form, one hash, parsed once."""

import hashlib
import json
from collections.abc import Callable, Mapping

from linli.domain.catalogue.rules.ledger import LedgerDef
from linli.domain.catalogue.rules.standard import StandardDef

_PARSED: dict[str, StandardDef] = {}
_LEDGERS: dict[str, LedgerDef] = {}


def canonical(content: object) -> str:
    """Return the one JSON text of a content: sorted keys, no blanks, no escapes."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_of(content: object) -> str:
    """Hash of the canonical text; comments and layout of a file do not change it."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def parsed_standard(sha256: str, read: Callable[[], Mapping[str, object]]) -> StandardDef:
    """Return a stored body as typed objects, read and parsed once for each hash."""
    found = _PARSED.get(sha256)
    if found is None:
        found = _PARSED[sha256] = StandardDef.model_validate(read())
    return found


def parsed_ledger(sha256: str, read: Callable[[], Mapping[str, object]]) -> LedgerDef:
    """Return a stored ledger as typed objects, read and parsed once for each hash."""
    found = _LEDGERS.get(sha256)
    if found is None:
        found = _LEDGERS[sha256] = LedgerDef.model_validate(read())
    return found
