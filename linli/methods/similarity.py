"""How likely two messages tell of the same thing: by their words and by how far apart they lie.

References
----------
Ukkonen, E. (1992). Approximate string-matching with q-grams and maximal matches.
Theoretical Computer Science 92(1), 191-211.

Sinnott, R. W. (1984). Virtues of the haversine. Sky and Telescope 68(2), 159.
"""

import math
import re
from collections.abc import Set as AbstractSet

EARTH_RADIUS_M = 6_371_008.8
_NOT_LETTERS = re.compile(r"[^\u3400-\u9fffa-z0-9]+")


def char_pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a text; in Chinese they are near to words.

    Parameters
    ----------
    text : output of `normalise.clean`; signs are left out, so it needs no folding.

    Examples
    --------
    >>> sorted(char_pairs("路灯，坏了"))
    ['坏了', '灯坏', '路灯']
    """
    letters = _NOT_LETTERS.sub("", text.lower())
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1))


def distance_m(lng_a: float, lat_a: float, lng_b: float, lat_b: float) -> float:
    """Return the great-circle distance in metres between two points in degrees.

    Examples
    --------
    >>> round(distance_m(114.0, 30.0, 114.0, 30.01))
    1112
    """
    lat_1, lat_2 = math.radians(lat_a), math.radians(lat_b)
    half_lat = math.sin((lat_2 - lat_1) / 2) ** 2
    half_lng = math.sin(math.radians(lng_b - lng_a) / 2) ** 2
    inner = half_lat + math.cos(lat_1) * math.cos(lat_2) * half_lng
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(inner)))


def nearness(distance: float | None, *, reach_m: float) -> float:
    """Return 1 at the same point, one half at `reach_m`, falling to 0; one half where unknown.

    Parameters
    ----------
    distance : metres, or None where one of the two has no point.
    reach_m : distance in metres at which the place neither speaks for nor against.

    Examples
    --------
    >>> nearness(0.0, reach_m=300.0), nearness(300.0, reach_m=300.0), nearness(None, reach_m=300.0)
    (1.0, 0.5, 0.5)
    """
    if distance is None:
        return 0.5
    return float(2.0 ** -(distance / reach_m))


def duplicate_score(
    one: AbstractSet[str],
    other: AbstractSet[str],
    *,
    distance: float | None,
    reach_m: float,
) -> float:
    """Return how strongly two messages look like one, from their character pairs and distance.

    The words decide; the place can halve or confirm what they say, never make a pair of its own.
    A short report and a long one of the same thing share all that the short one says, so half
    of what the words say is the overlap against the shorter (containment), half that against
    both (Jaccard).

    Parameters
    ----------
    one, other : output of `char_pairs`.
    distance : metres between them, None where unknown.
    reach_m : see `nearness`.

    Returns
    -------
    float in [0, 1] : mean of containment and Jaccard, times (1 + nearness) / 2.

    Examples
    --------
    >>> pairs = char_pairs("小区门口路灯坏了")
    >>> duplicate_score(pairs, pairs, distance=0.0, reach_m=300.0)
    1.0
    """
    shared = len(one & other)
    if not shared:
        return 0.0
    sizes = len(one), len(other)
    worded = (shared / min(sizes) + shared / (sum(sizes) - shared)) / 2
    return worded * (1.0 + nearness(distance, reach_m=reach_m)) / 2
