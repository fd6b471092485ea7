"""What the care team writes down and why it may be opened, read from `kinds.yaml`.

Serves: R129.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from linli.domain.access.policy import Named, Strict
from linli.domain.care.errors import UnknownKind, WordsMissing, WordsTooLong
from linli.kernel.errors import Rejected

FILE = Path(__file__).with_name("kinds.yaml")
CONSENT, SESSION, CARD = "consent", "session", "card"


class CareField(Named):
    """A field of a record."""

    required: bool = False


class CareKind(Named):
    """A kind of record; `lasts` names the parameter of the packs by which it runs out."""

    fields: dict[str, CareField]
    lasts: str = ""
    alone: bool = False


class CareNumber(Strict):
    """A number with its unit and where it is from."""

    value: int
    unit: str
    valid_from: object
    source: str
    confidence: str


class CareTerms(Strict):
    """Kinds of records, reasons to look, numbers."""

    kinds: dict[str, CareKind]
    reasons: dict[str, Named]
    numbers: dict[str, CareNumber]


CARE = CareTerms.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
MOST = CARE.numbers["most_characters"].value


def kind_of(code: str) -> CareKind:
    """Return a kind of record. Raises UnknownKind."""
    if code not in CARE.kinds:
        raise UnknownKind("kind")
    return CARE.kinds[code]


def require_reason(code: str) -> str:
    """Return a reason of the list. Raises UnknownKind."""
    if code not in CARE.reasons:
        raise UnknownKind("reason")
    return code


def faults_in(kind: CareKind, words: Mapping[str, str]) -> Iterator[Rejected]:
    """Yield what is wrong with the words of a record, field by field."""
    for name in words:
        if name not in kind.fields:
            yield UnknownKind(name)
    for name, field in kind.fields.items():
        said = words.get(name, "").strip()
        if field.required and not said:
            yield WordsMissing(name, field.zh, field.en)
        elif len(said) > MOST:
            yield WordsTooLong(name, field.zh, field.en, MOST)


def subject_of(case_ref: str, number: int) -> str:
    """Return under which name the vault keeps the key of a record: each has its own."""
    return f"care:{case_ref}:{number}"
