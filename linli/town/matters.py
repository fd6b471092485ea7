"""The leaves of the matter tree, read from the pack's file: what a demand can be about."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, TypeAdapter

MATTERS = Path(__file__).resolve().parents[2] / "packs" / "cn-base" / "matters.yaml"


class MatterNode(BaseModel):
    """One node of the tree; what else the pack says about it is the catalogue's business."""

    code: str
    name: str
    children: list["MatterNode"] = []


@cache
def leaf_matters() -> dict[str, str]:
    """Return the names of the matters that have none below them, by code."""
    nodes = TypeAdapter(list[MatterNode]).validate_python(
        yaml.safe_load(MATTERS.read_text(encoding="utf-8"))
    )
    return {node.code: node.name for node in _leaves(nodes)}


def _leaves(nodes: Iterable[MatterNode]) -> Iterator[MatterNode]:
    for node in nodes:
        if node.children:
            yield from _leaves(node.children)
        else:
            yield node
