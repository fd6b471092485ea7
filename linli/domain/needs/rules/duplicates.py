"""Which earlier cases may tell of the same thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from linli.methods.similarity import char_pairs, distance_m, duplicate_score

# The same cases are candidates again and again; 2,048 of them take some 20 MB.
_pairs = lru_cache(maxsize=2048)(char_pairs)


@dataclass(frozen=True)
class EarlierCase:
    """What is looked at in a case that came in before.

    Parameters
    ----------
    ref, number : public id and number of the case.
    text : title and body.
    lng, lat : degrees, None where it has no point.
    same_area : whether it lies in the very area of the new message.
    """

    ref: str
    number: str
    title: str
    text: str
    lng: float | None
    lat: float | None
    same_area: bool
    received_at: datetime


@dataclass(frozen=True)
class DuplicateGuess:
    """An earlier case that may be the same thing.

    Parameters
    ----------
    ref, number, title : of the earlier case.
    score : in [0, 1], see `linli.methods.similarity.duplicate_score`.
    distance_m : metres between the two, None where one has no point.
    """

    ref: str
    number: str
    title: str
    score: float
    distance_m: float | None


def ranked_duplicates(
    text: str,
    earlier: Iterable[EarlierCase],
    *,
    lng: float | None,
    lat: float | None,
    reach_m: float,
    least: float,
    most: int,
) -> tuple[DuplicateGuess, ...]:
    """Return the earlier cases that look like the same thing, likest first.

    Parameters
    ----------
    text : title and body of the new message.
    earlier : candidates, from the database.
    lng, lat : of the new message.
    reach_m : metres at which nearness is one half; parameter search.near_distance.
    least : lowest score shown, in [0, 1].
    most : how many at most.
    """
    own = _pairs(text)
    guesses = []
    for case in earlier:
        distance = _distance(lng, lat, case)
        score = duplicate_score(
            own, _pairs(case.text), distance=_known(distance, case), reach_m=reach_m
        )
        if score >= least:
            guesses.append(DuplicateGuess(case.ref, case.number, case.title, score, distance))
    return tuple(sorted(guesses, key=lambda guess: (-guess.score, guess.number))[:most])


def _distance(lng: float | None, lat: float | None, case: EarlierCase) -> float | None:
    if lng is None or lat is None or case.lng is None or case.lat is None:
        return None
    return distance_m(lng, lat, case.lng, case.lat)


def _known(distance: float | None, case: EarlierCase) -> float | None:
    """Without points, the same area counts as the same spot."""
    return 0.0 if distance is None and case.same_area else distance
