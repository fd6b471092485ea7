"""Classes of a map by quantiles, with limits that are met exactly. Pure."""

from collections.abc import Iterable, Mapping

CLASSES = 5
NONE = 0


def classes_by(values: Mapping[str, int]) -> dict[str, int]:
    """Return the class of each key: 0 where the value is 0, else 1 (least) to 5 by fifths.

    Equal values share a class, and the greatest value is always in class 5.

    >>> classes_by({"a": 0, "b": 1, "c": 4, "d": 4, "e": 9})
    {'a': 0, 'b': 2, 'c': 4, 'd': 4, 'e': 5}
    """
    ordered = sorted(value for value in values.values() if value > 0)
    at_most = {value: place for place, value in enumerate(ordered, start=1)}
    return {
        key: -(-CLASSES * at_most[value] // len(ordered)) if value > 0 else NONE
        for key, value in values.items()
    }


def limits_of(
    values: Mapping[str, int], classes: Mapping[str, int]
) -> Iterable[tuple[int, int, int]]:
    """Yield (class, least, greatest) of each class that occurs, by the values met in it."""
    for number in sorted(set(classes.values())):
        met = [values[key] for key, own in classes.items() if own == number]
        yield number, min(met), max(met)
