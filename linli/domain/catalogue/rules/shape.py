"""From a file's values to typed objects, every fault turned into a problem with its line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from linli.domain.catalogue.rules.problems import Problem, problem
from linli.domain.catalogue.rules.yaml_tree import Path, Plain, Tree

Shape = TypeVar("Shape", bound=BaseModel)

_EXPECTED: Mapping[str, tuple[str, str]] = {
    "string_type": ("文字", "text"),
    "int_type": ("整数", "a whole number"),
    "int_from_float": ("整数", "a whole number"),
    "float_type": ("数", "a number"),
    "float_parsing": ("数", "a number"),
    "finite_number": ("有限的数", "a finite number"),
    "bool_type": ("true 或 false", "true or false"),
    "tuple_type": ("列表", "a list"),
    "dict_type": ("键和值", "keys with values"),
    "model_type": ("键和值", "keys with values"),
    "date_type": ("日期，如 2026-01-31", "a date such as 2026-01-31"),
    "date_parsing": ("日期，如 2026-01-31", "a date such as 2026-01-31"),
    "date_from_datetime_parsing": ("日期，如 2026-01-31", "a date such as 2026-01-31"),
    "date_from_datetime_inexact": ("日期，如 2026-01-31", "a date such as 2026-01-31"),
    "value_error": ("日期，如 2026-01-31", "a date such as 2026-01-31"),
}
_BOUNDS = {
    "greater_than": ("gt", ">"),
    "greater_than_equal": ("ge", "≥"),
    "less_than": ("lt", "<"),
    "less_than_equal": ("le", "≤"),
}


@dataclass(frozen=True)
class Placed(Generic[Shape]):
    """A typed object and the path in its file at which it stands."""

    item: Shape
    path: Path


def read_one(shape: type[Shape], tree: Tree) -> tuple[list[Placed[Shape]], list[Problem]]:
    """Read a file that is one entry."""
    return _read(shape, tree, tree.data, ())


def read_list(shape: type[Shape], tree: Tree) -> tuple[list[Placed[Shape]], list[Problem]]:
    """Read a file that is a list; sound entries are kept though others are not."""
    if not isinstance(tree.data, list):
        return [], [problem("not_a_list", tree.file, tree.line(()))]
    placed: list[Placed[Shape]] = []
    problems: list[Problem] = []
    for index, entry in enumerate(tree.data):
        found, faults = _read(shape, tree, entry, (index,))
        placed += found
        problems += faults
    return placed, problems


def _read(
    shape: type[Shape], tree: Tree, data: Plain, path: Path
) -> tuple[list[Placed[Shape]], list[Problem]]:
    try:
        return [Placed(shape.model_validate(data), path)], []
    except ValidationError as error:
        return [], [_problem(tree, path, details) for details in error.errors(include_url=False)]


def _problem(tree: Tree, start: Path, details: ErrorDetails) -> Problem:
    path = (*start, *details["loc"])
    kind, context = details["type"], details.get("ctx", {})
    where, line = _where(tree, path), tree.line(path)
    given = _say(details["input"])
    if kind == "missing":
        whole = _where(tree, path[:-1])
        return problem("missing", tree.file, line, key=path[-1], where=whole)
    if kind == "extra_forbidden":
        whole = _where(tree, path[:-1])
        return problem("unknown_key", tree.file, line, key=path[-1], where=whole)
    if kind in _EXPECTED:
        zh, en = _EXPECTED[kind]
        return problem(
            "wrong_type", tree.file, line, where=where, given=given, expected_zh=zh, expected_en=en
        )
    if kind in ("literal_error", "enum"):
        choices = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")
        return problem("not_allowed", tree.file, line, where=where, given=given, choices=choices)
    if kind == "string_pattern_mismatch":
        pattern = context.get("pattern", "")
        return problem("bad_pattern", tree.file, line, where=where, given=given, pattern=pattern)
    if kind in _BOUNDS:
        name, sign = _BOUNDS[kind]
        bound = f"{sign} {context.get(name)}"
        return problem("out_of_range", tree.file, line, where=where, given=given, bound=bound)
    if kind in ("too_short", "string_too_short"):
        return problem("too_short", tree.file, line, where=where)
    if kind in ("too_long", "string_too_long"):
        bound = context.get("max_length", "")
        return problem("too_long", tree.file, line, where=where, bound=bound)
    return problem(
        "not_acceptable", tree.file, line, where=where, given=given, detail=details["msg"]
    )


def _where(tree: Tree, path: Path) -> str:
    """Say a path as people read it: `stages[2].limit`; steps of unions are left out."""
    said = ""
    known: Path = ()
    for step in path:
        if isinstance(step, str) and (*known, step) not in tree.lines and said:
            continue
        known = (*known, step)
        said += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if said else step
    return said or tree.file


def _say(value: object) -> str:
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list | tuple):
        return "[…]"
    return "null" if value is None else str(value)
