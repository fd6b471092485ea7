"""Entries of a file of units or duties: plain texts with the line on which each stands."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from linli.domain.catalogue.rules.yaml_tree import Path, Plain, Tree, read_tree
from linli.domain.organisations.errors import OrganisationRowRejected
from linli.kernel.bounds import MOST_FAULTS

Row = TypeVar("Row")


@dataclass(frozen=True)
class Shape:
    """Which keys an entry may have.

    Parameters
    ----------
    texts : keys that hold one value.
    lists : keys that hold several values.
    parts : keys that hold entries of their own.
    """

    texts: tuple[str, ...]
    lists: tuple[str, ...] = ()
    parts: Mapping[str, "Shape"] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """One unit, post or duty as a file states it.

    Parameters
    ----------
    line : line or row in the file, counted from 1.
    texts, lists, parts : what the keys of the shape hold; absent means empty.
    """

    line: int
    texts: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parts: Mapping[str, tuple["Entry", ...]] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """Return one value, "" where the file gives none."""
        return self.texts.get(key, "")

    def needed(self, key: str) -> str:
        """Return one value; raises OrganisationRowRejected where the file gives none."""
        if not self.text(key):
            raise self.fault(key, f"缺少“{key}”，请补上。", f"{key} is missing; fill it in.")
        return self.text(key)

    def day(self, key: str) -> date | None:
        """Return a day written 2026-01-31, None where the file gives none."""
        try:
            return date.fromisoformat(self.text(key)) if self.text(key) else None
        except ValueError as error:
            raise self.fault(
                key,
                f"“{key}”的“{self.text(key)}”不是日期，请写成 2026-01-31 的样子。",
                f"{self.text(key)!r} in {key} is no day; write it like 2026-01-31.",
            ) from error

    def fault(self, key: str, zh: str, en: str) -> OrganisationRowRejected:
        """Make the error that names this entry's line and a key."""
        return OrganisationRowRejected(zh, en, field=key, row=self.line)


Read = tuple[list[Entry], list[OrganisationRowRejected]]


def read_yaml(data: bytes, *, root: str, shape: Shape) -> Read:
    """Read a YAML file whose key `root` lists entries; the second list holds the faults.

    Other keys at the top give a value to every entry that has none of its own. A key that
    the shape does not know is a fault, named by its line.
    """
    tree, problems = read_tree(root, data)
    faults = [
        OrganisationRowRejected(p.message("zh-hans"), p.message("en"), row=p.line) for p in problems
    ]
    if tree is None or faults:
        return [], faults
    top = tree.data
    listed = top.get(root) if isinstance(top, dict) else None
    if not isinstance(top, dict) or not isinstance(listed, list):
        return [], [_no_list(root)]
    general = {key: _text(value) for key, value in top.items() if key != root}
    faults += [_unknown(key, tree.line((key,))) for key in general if key not in shape.texts]
    reader = _Reader(tree, general, faults)
    return list(reader.entries((root,), listed, shape)), faults


def rows_of(
    entries: Iterable[Entry],
    faults: list[OrganisationRowRejected],
    make: Callable[[Entry], Row],
) -> tuple[list[Row], list[OrganisationRowRejected]]:
    """Make a row of each entry; the second list holds `faults` and those met on the way.

    After so many faults nobody reads on; the rows are then not all there.
    """
    rows: list[Row] = []
    for entry in entries:
        if len(faults) >= MOST_FAULTS:
            break
        try:
            rows.append(make(entry))
        except OrganisationRowRejected as fault:
            faults.append(fault)
    return rows, faults


def _no_list(root: str) -> OrganisationRowRejected:
    return OrganisationRowRejected(
        f"文件里没有“{root}:”列表。请按说明写成列表。",
        f"The file has no list called {root}. Write it as the guide shows.",
        field=root,
        row=1,
    )


def _unknown(key: str, line: int) -> OrganisationRowRejected:
    return OrganisationRowRejected(
        f"不认识“{key}”这一项。请核对拼写或删去。",
        f"{key} is not known here. Check the spelling or delete it.",
        field=key,
        row=line,
    )


def _text(value: Plain) -> str:
    return "" if value is None or isinstance(value, list | dict) else str(value).strip()


@dataclass
class _Reader:
    """Turns the values of a tree into entries; what does not fit is added to the faults."""

    tree: Tree
    general: Mapping[str, str]
    faults: list[OrganisationRowRejected]

    def entries(self, path: Path, items: list[Plain], shape: Shape) -> Iterator[Entry]:
        for index, item in enumerate(items):
            here = (*path, index)
            if isinstance(item, dict):
                yield self.entry(here, item, shape)
            else:
                self.refuse(here, str(item))

    def entry(self, path: Path, item: dict[str, Plain], shape: Shape) -> Entry:
        known = {*shape.texts, *shape.lists, *shape.parts}
        for key in item:
            if key not in known:
                self.faults.append(_unknown(key, self.tree.line((*path, key))))
        general = {key: self.general[key] for key in shape.texts if key in self.general}
        texts = {key: self.one(path, key, item) for key in shape.texts if key in item}
        return Entry(
            line=self.tree.line(path),
            texts={**general, **texts},
            lists={key: self.several(path, key, item) for key in shape.lists},
            parts={key: self.inner(path, key, item, shape) for key in shape.parts},
        )

    def one(self, path: Path, key: str, item: dict[str, Plain]) -> str:
        if isinstance(item[key], list | dict):
            self.refuse((*path, key), key)
        return _text(item[key])

    def several(self, path: Path, key: str, item: dict[str, Plain]) -> tuple[str, ...]:
        value = item.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.refuse((*path, key), key)
            return ()
        return tuple(_text(one) for one in value)

    def inner(
        self, path: Path, key: str, item: dict[str, Plain], shape: Shape
    ) -> tuple[Entry, ...]:
        value = item.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.refuse((*path, key), key)
            return ()
        return tuple(
            _Reader(self.tree, {}, self.faults).entries((*path, key), value, shape.parts[key])
        )

    def refuse(self, path: Path, what: str) -> None:
        self.faults.append(
            OrganisationRowRejected(
                f"“{what[:40]}”的写法不对：该写列表的写列表，该写一个值的写一个值。",
                f"{what[:40]} is written the wrong way: a list where one value belongs, or "
                "one value where a list belongs.",
                field=what[:40],
                row=self.tree.line(path),
            )
        )
