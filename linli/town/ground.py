"""Finds what is reported in a month and where such a thing can happen."""

from datetime import date
from itertools import accumulate
from random import Random

from linli.town.geography import Geography, Spot
from linli.town.rhythm import season_weight
from linli.town.topics import Topic

UNEVEN = 0.9  # spread of how often places are named: few are named much, most little


class SpotFinder:
    """Draws topics by season and places by kind; some places draw far more than others."""

    def __init__(self, geography: Geography, topics: tuple[Topic, ...], *, rng: Random) -> None:
        types = {area.code: area.community_type for area in geography.communities}
        heat = {id(spot): rng.lognormvariate(0, UNEVEN) for spot in geography.spots}
        self._topics = topics
        self._by_month = {
            month: list(accumulate(t.weight * season_weight(t.season, month) for t in topics))
            for month in range(1, 13)
        }
        self._spots: dict[tuple[str, str], tuple[list[Spot], list[float]]] = {}
        for topic in topics:
            spots = [
                spot
                for spot in geography.spots
                if spot.kind in topic.kinds
                and (not topic.communities or types[spot.community_code] in topic.communities)
            ]
            weights = list(accumulate(heat[id(spot)] for spot in spots))
            self._spots[topic.matter, topic.subject] = (spots, weights)

    def topic(self, day: date, rng: Random) -> Topic:
        """Return what somebody reports on that day."""
        return rng.choices(self._topics, cum_weights=self._by_month[day.month])[0]

    def spot(self, topic: Topic, rng: Random) -> Spot:
        """Return where it happens."""
        spots, weights = self._spots[topic.matter, topic.subject]
        return rng.choices(spots, cum_weights=weights)[0]
