"""YAML read event by event into plain values, with the line of every value remembered.

The event stream is used rather than PyYAML's loaders because those read a bare `on:` as true and
`13:30` as 810, keep the last of two equal keys, expand aliases, and forget lines.
"""

import datetime as dt
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from linli.domain.catalogue.rules.problems import Problem, problem
from linli.kernel.bounds import MOST_FAULTS, MOST_NODES, MOST_UNCLEAR

Scalar = str | int | float | bool | None | dt.date
Plain = Scalar | list["Plain"] | dict[str, "Plain"]
Path = tuple[str | int, ...]

MOST_BYTES = 4_000_000
MOST_DEPTH = 24

_INT = re.compile(r"-?(0|[1-9][0-9]{0,14})\Z")
_FLOAT = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_UNCLEAR = re.compile(
    r"(?i:on|off|yes|no|\.nan|[-+]?\.inf)\Z"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?\Z"
    r"|[-+]?0(?:x[0-9a-fA-F_]+|b[01_]+|o[0-7_]+)\Z"
    r"|[-+]?(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?\Z"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*\Z"
)
_WORDS: Mapping[str, Scalar] = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(frozen=True)
class Tree:
    """A file's values and where each stands.

    Parameters
    ----------
    file : path inside the pack.
    data : the value of the whole file.
    lines : line from 1 of each path of keys and indices; of a key's value, the key's line.
    """

    file: str
    data: Plain
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """Line of a path, or of the nearest thing that stands above it."""
        known: Path = ()
        for step in path:
            if (*known, step) in self.lines:
                known = (*known, step)
        return self.lines.get(known, 1)

    def mappings(self) -> Iterator[tuple[Path, dict[str, Plain]]]:
        """Every mapping of the file with its path, outermost first."""
        waiting: deque[tuple[Path, Plain]] = deque([((), self.data)])
        while waiting:
            path, here = waiting.popleft()
            if isinstance(here, dict):
                yield path, here
                waiting += [((*path, key), value) for key, value in here.items()]
            elif isinstance(here, list):
                waiting += [((*path, index), value) for index, value in enumerate(here)]


@dataclass
class _Open:
    """A list or mapping whose end has not been read yet."""

    path: Path
    items: list[Plain] | dict[str, Plain]
    key: str | None = None


@dataclass
class _Builder:
    file: str
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    data: Plain = None
    documents: int = 0

    def refuse(self, kind: str, line: int, **facts: object) -> None:
        self.problems.append(problem(kind, self.file, line, **facts))

    def take(self, event: yaml.Event) -> bool:
        """Take one event; False when reading on makes no sense."""
        line = event.start_mark.line + 1 if event.start_mark else 1
        if len(self.problems) >= MOST_FAULTS:
            return False
        if len(self.lines) >= MOST_NODES:
            self.refuse("too_many_values", line, most=MOST_NODES)
            return False
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.refuse("second_document", line)
                return False
        elif isinstance(event, yaml.AliasEvent):
            self.refuse("anchor", line)
            self.put(None, line)
        elif isinstance(event, yaml.NodeEvent):
            return self.node(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
        return True

    def node(self, event: yaml.NodeEvent, line: int) -> bool:
        if event.anchor:
            self.refuse("anchor", line)
        if isinstance(event, yaml.ScalarEvent):
            self.scalar(event, line)
            return True
        if isinstance(event, yaml.CollectionStartEvent) and event.tag:
            self.refuse("tag", line, tag=event.tag)
        items: list[Plain] | dict[str, Plain]
        items = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        if len(self.open) >= MOST_DEPTH:
            self.refuse("too_deep", line, most=MOST_DEPTH)
            return False
        path = self.put(items, line)
        self.open.append(_Open(path, items))
        return True

    def scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        top = self.open[-1] if self.open else None
        if event.tag and event.tag != "!":
            self.refuse("tag", line, tag=event.tag)
        plain = event.implicit[0] and not event.tag
        if top and isinstance(top.items, dict) and top.key is None:
            self.key(top, event.value, plain, line)
        else:
            self.put(self.resolve(event.value, line) if plain else event.value, line)

    def key(self, top: _Open, text: str, plain: bool, line: int) -> None:
        if plain and _is_unclear(text):
            self.refuse("ambiguous", line, text=text)
        path = (*top.path, text)
        if isinstance(top.items, dict) and text in top.items:
            self.refuse("duplicate_key", line, key=text, first=self.lines[path])
        self.lines[path] = line
        top.key = text

    def resolve(self, text: str, line: int) -> Scalar:
        if text in _WORDS:
            return _WORDS[text]
        if _INT.match(text):
            return int(text)
        if _FLOAT.match(text):
            return float(text)
        if _DATE.match(text):
            try:
                return dt.date.fromisoformat(text)
            except ValueError:
                self.refuse("bad_date", line, text=text)
                return None
        if _is_unclear(text):
            self.refuse("ambiguous", line, text=text)
        return text

    def put(self, value: Plain, line: int) -> Path:
        if not self.open:
            self.data = value
            self.lines[()] = line
            return ()
        top = self.open[-1]
        if isinstance(top.items, list):
            path = (*top.path, len(top.items))
            self.lines[path] = line
            top.items.append(value)
            return path
        if top.key is None:
            self.refuse("key_not_text", line)
            top.key = f"?{line}"
            return (*top.path, top.key)
        path = (*top.path, top.key)
        top.items[top.key] = value
        top.key = None
        return path


def _is_unclear(text: str) -> bool:
    """Whether readers differ on a text; of digits without end the pattern would never be done."""
    return len(text) <= MOST_UNCLEAR and _UNCLEAR.match(text) is not None


def read_tree(file: str, raw: bytes) -> tuple[Tree | None, list[Problem]]:
    """Read one pack file; the tree is None where it cannot be read to its end.

    Parameters
    ----------
    file : path inside the pack, for messages.
    raw : the bytes of the file; UTF-8 with or without a mark.
    """
    if len(raw) > MOST_BYTES:
        return None, [problem("too_large", file, 1, size=len(raw), most=MOST_BYTES)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return None, [problem("not_utf8", file, line)]
    builder = _Builder(file)
    try:
        whole = all(builder.take(event) for event in yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError as error:
        return None, [*builder.problems, _syntax(file, text, error)]
    if not whole:
        return None, builder.problems
    if builder.data is None and not builder.problems:
        return None, [problem("empty_file", file, 1)]
    return Tree(file, builder.data, builder.lines), builder.problems


def _syntax(file: str, text: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    detail = getattr(error, "problem", None) or getattr(error, "reason", None) or "YAML"
    line = mark.line + 1 if mark else text[: getattr(error, "position", 0) or 0].count("\n") + 1
    return problem("yaml_syntax", file, min(line, text.count("\n") + 1), detail=detail)
