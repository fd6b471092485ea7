"""What a shape of a pack file asks, key by key, as a form can ask it.

Serves: R014.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import MaxLen
from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

Kind = Literal[
    "text", "long", "whole", "number", "flag", "choice", "day", "codes",
    "group", "either", "list", "map", "node",
]  # fmt: skip
SCALARS = frozenset({"text", "long", "whole", "number", "flag", "choice", "day", "codes"})
LONG = 1000  # characters from which a text gets a box of several lines
Shape = type[BaseModel]


@dataclass(frozen=True)
class Slot:
    """A key of a shape.

    Parameters
    ----------
    name : the key as files write it.
    kind : scalars; `codes` for several words; `group` for a part of scalars alone, shown in the
        same form; `either` for one of several such parts; `list` and `map` for many parts, `node`
        for one, each on a page of its own.
    is_required : whether it must be there. choices : what it can be; empty where anything.
    shapes : of its parts.
    """

    name: str
    kind: Kind
    is_required: bool
    choices: tuple[str, ...] = ()
    shapes: tuple[Shape, ...] = ()

    @property
    def shape(self) -> Shape:
        """The one shape of its parts."""
        return self.shapes[0]


@lru_cache(maxsize=256)
def slots_of(shape: Shape) -> tuple[Slot, ...]:
    """Return what a shape asks, in its order."""
    return tuple(_slot(field.alias or name, field) for name, field in shape.model_fields.items())


def is_flat(shape: Shape) -> bool:
    """Whether a shape holds scalars alone."""
    return all(slot.kind in SCALARS for slot in slots_of(shape))


def _slot(name: str, field: FieldInfo) -> Slot:
    length = next((m.max_length for m in field.metadata if isinstance(m, MaxLen)), 0)
    kind, choices, shapes = _kind(field.annotation, longest=_longest(field) or length)
    return Slot(name, kind, field.is_required(), choices, shapes)


def _longest(field: FieldInfo) -> int:
    found = (m.max_length for m in field.metadata if isinstance(m, StringConstraints))
    return next((length for length in found if length), 0)


def _kind(annotation: Any, *, longest: int = 0) -> tuple[Kind, tuple[str, ...], tuple[Shape, ...]]:
    for inner in _constraints(annotation):
        longest = longest or inner
    plain = _stripped(annotation)
    origin, args = get_origin(plain), get_args(plain)
    if origin is Literal:
        return "choice", tuple(map(str, args)), ()
    if origin is tuple:
        return _many(args[0])
    if origin is dict:
        return "map", (), (_stripped(args[1]),)
    if origin in (Union, UnionType):
        shapes = tuple(shape for shape in map(_stripped, args) if _is_shape(shape))
        return ("either", (), shapes) if shapes else ("text", (), ())
    if _is_shape(plain):
        return ("group" if is_flat(plain) else "node"), (), (plain,)
    return _scalar(plain, longest)


def _many(inner: Any) -> tuple[Kind, tuple[str, ...], tuple[Shape, ...]]:
    plain = _stripped(inner)
    if _is_shape(plain):
        return "list", (), (plain,)
    return "codes", tuple(map(str, get_args(plain))) if get_origin(plain) is Literal else (), ()


def _scalar(plain: Any, longest: int) -> tuple[Kind, tuple[str, ...], tuple[Shape, ...]]:
    if isinstance(plain, type) and issubclass(plain, Enum):
        return "choice", tuple(str(member.value) for member in plain), ()
    kinds: dict[Any, Kind] = {bool: "flag", int: "whole", float: "number", dt.date: "day"}
    if plain in kinds:
        return kinds[plain], (), ()
    return ("long" if longest >= LONG else "text"), (), ()


def _stripped(annotation: Any) -> Any:
    """Return an annotation without constraints, and without None as one of two."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
            continue
        args = [arg for arg in get_args(annotation) if arg is not type(None)]
        is_union = get_origin(annotation) in (Union, UnionType)
        if not (is_union and len(args) == 1):
            return annotation
        annotation = args[0]


def _constraints(annotation: Any) -> Iterator[int]:
    """Yield the longest texts that the layers of an annotation allow."""
    for arg in (annotation, *get_args(annotation)):
        if get_origin(arg) is Annotated:
            for mark in get_args(arg)[1:]:
                if isinstance(mark, StringConstraints) and mark.max_length:
                    yield mark.max_length


def _is_shape(plain: Any) -> bool:
    return isinstance(plain, type) and issubclass(plain, BaseModel)
