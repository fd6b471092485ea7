"""A part of an entry: where it lies, what shape it has, and the entry with it changed."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from linli.kernel.errors import NotFound
from linli.web.desk.drafting.slots import Shape, Slot, slots_of

Plain = Any


@dataclass(frozen=True)
class Node:
    """A part of an entry.

    Parameters
    ----------
    steps : keys and places that lead to it from the entry.
    value : what is written there.
    slot : the key that holds it; None for the entry itself.
    """

    shape: Shape
    steps: tuple[str, ...]
    value: dict[str, Plain]
    slot: Slot | None = None


def node_at(shape: Shape, entry: dict[str, Plain], steps: Sequence[str]) -> Node:
    """Return the part of an entry that steps lead to. Raises NotFound."""
    node, rest = Node(shape, (), entry), list(steps)
    while rest:
        name = rest.pop(0)
        slot = next((one for one in slots_of(node.shape) if one.name == name), None)
        if slot is None or slot.kind not in ("list", "map", "node"):
            raise NotFound
        taken: tuple[str, ...] = (name,)
        value = node.value.get(name)
        if slot.kind != "node":
            if not rest:
                raise NotFound
            key = rest.pop(0)
            taken, value = (name, key), _part(value, key)
        if not isinstance(value, dict):
            raise NotFound
        node = Node(slot.shape, (*node.steps, *taken), value, slot)
    return node


def with_value(entry: dict[str, Plain], steps: Sequence[str], value: Plain) -> dict[str, Plain]:
    """Return an entry in which the part that steps lead to is another; None takes it out."""
    new = deepcopy(entry)
    if not steps:
        return deepcopy(value)
    here: Plain = new
    for step in steps[:-1]:
        here = here[int(step)] if isinstance(here, list) else here.setdefault(step, {})
    last = steps[-1]
    if isinstance(here, list):
        if value is None:
            del here[int(last)]
        elif int(last) == len(here):
            here.append(value)
        else:
            here[int(last)] = value
    elif value is None:
        here.pop(last, None)
    else:
        here[last] = value
    return new


def moved_up(entry: dict[str, Plain], steps: Sequence[str]) -> dict[str, Plain]:
    """Return an entry in which a part of a list stands one place earlier."""
    new, place = deepcopy(entry), int(steps[-1])
    here: Plain = new
    for step in steps[:-1]:
        here = here[int(step)] if isinstance(here, list) else here[step]
    if 0 < place < len(here):
        here[place - 1], here[place] = here[place], here[place - 1]
    return new


def _part(value: Plain, key: str) -> Plain:
    if isinstance(value, list) and key.isdecimal() and int(key) < len(value):
        return value[int(key)]
    return value.get(key) if isinstance(value, dict) else None
