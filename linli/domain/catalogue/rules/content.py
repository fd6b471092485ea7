"""What a sound pack says, ready to be stored, hashed and compared."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from linli.domain.catalogue.rules.bodies import sha256_of
from linli.domain.catalogue.rules.files import (
    CalendarDef,
    ExampleDef,
    HoursDef,
    MatterDef,
    PackHead,
    ParameterDef,
    SourceDef,
    UrgencyDef,
)
from linli.domain.catalogue.rules.ledger import LedgerDef
from linli.domain.catalogue.rules.standard import StandardDef
from linli.domain.catalogue.rules.templates import TemplateDef
from linli.domain.catalogue.rules.terms import PackModel
from linli.domain.catalogue.rules.worked import WorkedDef
from linli.domain.catalogue.rules.yaml_tree import Plain

Json = dict[str, Plain]


@dataclass(frozen=True)
class FlatMatter:
    """A matter taken out of the tree, with standard and clock inherited from above.

    Parameters
    ----------
    path : codes from the root down, each ending in a slash.
    level : 1 at the root.
    position : place in the tree, parents before children, from 0.
    """

    code: str
    parent: str | None
    path: str
    level: int
    position: int
    name: str
    name_en: str
    standard: str
    clock: str
    synonyms: tuple[str, ...]
    source: str
    valid_from: dt.date
    valid_to: dt.date | None


@dataclass(frozen=True)
class PackContent:
    """Everything of one pack, typed; a content exists only where no fault was found."""

    head: PackHead
    sources: tuple[SourceDef, ...] = ()
    matters: tuple[MatterDef, ...] = ()
    examples: tuple[ExampleDef, ...] = ()
    urgency: tuple[UrgencyDef, ...] = ()
    years: tuple[CalendarDef, ...] = ()
    hours: HoursDef | None = None
    parameters: tuple[ParameterDef, ...] = ()
    standards: tuple[StandardDef, ...] = ()
    ledgers: tuple[LedgerDef, ...] = ()
    worked: tuple[WorkedDef, ...] = ()
    templates: tuple[TemplateDef, ...] = ()

    @cached_property
    def body(self) -> Json:
        """The content as JSON values, in an order that no editing of layout changes."""
        body: Json = {
            "pack": body_of(self.head),
            "sources": [body_of(source) for source in sorted(self.sources, key=lambda s: s.id)],
            "matters": [body_of(matter) for matter in self.matters],
            "examples": [body_of(entry) for entry in self.examples],
            "urgency": [body_of(word) for word in sorted(self.urgency, key=lambda w: w.word)],
            "years": [body_of(year) for year in sorted(self.years, key=lambda y: y.year)],
            "hours": body_of(self.hours) if self.hours else None,
            "parameters": [body_of(p) for p in sorted(self.parameters, key=_by_code_and_day)],
            "standards": [body_of(s) for s in sorted(self.standards, key=lambda s: s.standard)],
        }
        if self.ledgers:  # a pack without any keeps the hash that it had
            body["ledgers"] = [body_of(x) for x in sorted(self.ledgers, key=lambda x: x.ledger)]
        if self.worked:
            body["worked"] = [body_of(x) for x in sorted(self.worked, key=lambda x: x.worked)]
        if self.templates:
            templates = sorted(self.templates, key=lambda x: x.template)
            body["templates"] = [body_of(x) for x in templates]
        return body

    @cached_property
    def sha256(self) -> str:
        """Hash of the body."""
        return sha256_of(self.body)

    @cached_property
    def standards_by_code(self) -> dict[str, StandardDef]:
        """Its standards, by code."""
        return {standard.standard: standard for standard in self.standards}

    @cached_property
    def ledgers_by_code(self) -> dict[str, LedgerDef]:
        """Its ledgers, by code."""
        return {ledger.ledger: ledger for ledger in self.ledgers}

    @cached_property
    def flat_matters(self) -> tuple[FlatMatter, ...]:
        """All matters, parents before children."""
        return tuple(flatten(self.matters))


def body_of(item: PackModel) -> Json:
    """Return a part of a pack as JSON values, under the names that its file uses.

    What stands at its default is left out: a new key changes no pack that does not use it.
    """
    return item.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def flatten(roots: Sequence[MatterDef]) -> Iterator[FlatMatter]:
    """Take the tree apart, parents before children, passing standard and clock down."""
    waiting: list[tuple[MatterDef, FlatMatter | None]] = [(root, None) for root in reversed(roots)]
    position = 0
    while waiting:
        matter, above = waiting.pop()
        flat = _flat(matter, above, position)
        position += 1
        yield flat
        waiting += [(child, flat) for child in reversed(matter.children)]


def _flat(matter: MatterDef, above: FlatMatter | None, position: int) -> FlatMatter:
    return FlatMatter(
        code=matter.code,
        parent=above.code if above else None,
        path=f"{above.path if above else ''}{matter.code.rsplit('.', 1)[-1]}/",
        level=above.level + 1 if above else 1,
        position=position,
        name=matter.name,
        name_en=matter.name_en,
        standard=matter.standard or (above.standard if above else ""),
        clock=matter.clock or (above.clock if above else ""),
        synonyms=matter.synonyms,
        source=matter.source,
        valid_from=matter.valid_from,
        valid_to=matter.valid_to,
    )


def _by_code_and_day(entry: ParameterDef) -> tuple[str, dt.date]:
    return entry.code, entry.valid_from
