"""The catalogue of data: of every column why, on what basis, how personal, how long, who sees it.

A table gives what holds for most of its columns; what differs stands under `but`. Every column is
named, so that a new one cannot slip in unsaid.

Serves: X01.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from linli.domain.access.policy import ACTS

Level = Literal["none", "general", "sensitive"]
DataClass = Literal["general", "important"]


def _split(value: object) -> object:
    return tuple(value.split()) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_split)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Named(_Strict):
    """Something with a name in both languages."""

    zh: str
    en: str

    def name(self, lang: str = "zh-hans") -> str:
        """Return the name in the language asked for; Chinese unless English is."""
        return self.en if lang.startswith("en") else self.zh


class Keep(Named):
    """How long something is kept: by a parameter of the packs since a moment, or as it says."""

    parameter: str = ""
    since: str = ""


class Group(Named):
    """What residents and staff are told of together, and why it is kept."""

    why_zh: str
    why_en: str

    def why(self, lang: str = "zh-hans") -> str:
        """Say what it is kept for."""
        return self.why_en if lang.startswith("en") else self.why_zh


class Terms(_Strict):
    """The words in which the catalogue speaks."""

    purposes: dict[str, Named]
    bases: dict[str, Named]
    levels: dict[Level, Named]
    classes: dict[DataClass, Named]
    keep: dict[str, Keep]
    since: dict[str, Named]
    viewers: dict[str, Named]
    outs: dict[str, Named]
    groups: dict[str, Group]


class _Said(_Strict):
    """What may be said of columns; what is left out holds as for the table."""

    fields: Words
    purpose: str | None = None
    basis: str | None = None
    person: Level | None = None
    data: DataClass | None = None
    keep: str | None = None
    seen: Words | None = None
    out: Words | None = None
    group: str | None = None
    left: str = ""


class TableEntry(_Said):
    """A table: names, what holds for its columns, and those that differ.

    Parameters
    ----------
    reach : columns from a row to its case, parted by dots; "" where words of it are not deleted.
    """

    zh: str
    en: str
    reach: str = ""
    but: tuple[_Said, ...] = ()

    @model_validator(mode="after")
    def _says_the_needful(self) -> Self:
        missing = [name for name in ("purpose", "basis", "keep", "seen") if not getattr(self, name)]
        if missing:
            raise ValueError(f"{self.en}: {', '.join(missing)} not said")
        return self


@dataclass(frozen=True)
class Column:
    """What the catalogue says of one column; codes of `Terms`.

    Parameters
    ----------
    seen : acts of the policy table, or viewers. out : where it leaves the tables.
    left : what stands in its place once the words were deleted; "" for nothing.
    """

    table: str
    name: str
    purpose: str
    basis: str
    person: Level
    data: DataClass
    keep: str
    seen: tuple[str, ...]
    out: tuple[str, ...]
    group: str
    left: str


@dataclass(frozen=True)
class Catalogue:
    """All tables with all their columns, and the words used of them."""

    terms: Terms
    tables: Mapping[str, TableEntry]
    columns: tuple[Column, ...]

    def of(self, table: str) -> list[Column]:
        """Return the columns of a table, in the order in which they are said."""
        return [one for one in self.columns if one.table == table]


def read_catalogue(terms: str, files: Sequence[str]) -> Catalogue:
    """Read the catalogue from its terms and its files.

    Raises ValueError where a word is unknown, a table or column stands twice, a personal column
    has no group, or one that is not personal has one.
    """
    words = Terms.model_validate(yaml.safe_load(terms))
    tables: dict[str, TableEntry] = {}
    for text in files:
        for table, entry in yaml.safe_load(text).items():
            if table in tables:
                raise ValueError(f"{table} stands twice")
            tables[table] = TableEntry.model_validate(entry)
    columns = tuple(column for table, entry in tables.items() for column in _columns(table, entry))
    if wrong := [fault for column in columns for fault in _faults(column, words)]:
        raise ValueError("; ".join(wrong))
    if twice := _twice([f"{one.table}.{one.name}" for one in columns]):
        raise ValueError(f"stands twice: {', '.join(twice)}")
    return Catalogue(words, tables, columns)


def gaps(known: Catalogue, found: Mapping[str, Sequence[str]]) -> list[str]:
    """Return each table or column that the database has and the catalogue not, or the other way.

    Parameters
    ----------
    found : columns of each table of the database.
    """
    said = {(one.table, one.name) for one in known.columns}
    there = {(table, name) for table, names in found.items() for name in names}
    missing = [f"{table}.{name}: not in the catalogue" for table, name in sorted(there - said)]
    stale = [f"{table}.{name}: not in the database" for table, name in sorted(said - there)]
    return missing + stale


def _columns(table: str, entry: TableEntry) -> Iterator[Column]:
    plain = _Said(fields=entry.fields)
    for said in (plain, *entry.but):
        for name in said.fields:
            yield Column(
                table=table,
                name=name,
                purpose=said.purpose or entry.purpose or "",
                basis=said.basis or entry.basis or "",
                person=said.person or entry.person or "none",
                data=said.data or entry.data or "general",
                keep=said.keep or entry.keep or "",
                seen=entry.seen or () if said.seen is None else said.seen,
                out=entry.out or () if said.out is None else said.out,
                group=said.group or entry.group or "",
                left=said.left,
            )


def _faults(column: Column, words: Terms) -> Iterator[str]:
    where = f"{column.table}.{column.name}"
    used: tuple[tuple[str, Mapping[str, object]], ...] = (
        (column.purpose, words.purposes),
        (column.basis, words.bases),
        (column.keep, words.keep),
        *((one, words.outs) for one in column.out),
    )
    yield from (f"{where}: {word} is not a term" for word, known in used if word not in known)
    unknown = set(column.seen) - ACTS - words.viewers.keys()
    yield from (f"{where}: nobody is called {word}" for word in sorted(unknown))
    if (column.person == "none") != (column.group not in words.groups):
        yield f"{where}: what is personal, and nothing else, belongs to a group"
    if column.person != "none" and column.basis == "nobody":
        yield f"{where}: what is personal needs a basis"


def _twice(names: Sequence[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})
