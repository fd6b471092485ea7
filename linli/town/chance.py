"""Where all chance in the town comes from: one seed, split by the name of the use."""

from collections.abc import Mapping
from random import Random
from typing import TypeVar

Choice = TypeVar("Choice")


def chance_for(seed: int, *uses: str) -> Random:
    """Return a source of chance that depends on the seed and on the use's name alone.

    A change in one part of the town then leaves the other parts as they were.
    """
    return Random(":".join([str(seed), *uses]))  # noqa: S311  # a play town, not a secret


def weighted(rng: Random, weights: Mapping[Choice, float]) -> Choice:
    """Return one key, drawn in proportion to its weight."""
    return rng.choices(list(weights), weights=list(weights.values()))[0]
