"""What stands between publications and is asked for with every message: kept in the process.

It is made anew when a pack is published or places are imported, in every process at once: two
short queries tell.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal, cast

from django.conf import settings
from django.utils import timezone

from linli.domain.catalogue.selectors import (
    matter_tree,
    parameter,
    parameters_in_force,
    published_state,
    secrecy_basis,
    standards_in_force,
    urgency_words,
)
from linli.domain.needs.rules.intake import TITLE_CHARS, IntakeLimits
from linli.domain.needs.rules.urgency import UrgencyList, UrgentWord
from linli.domain.needs.selectors.ground import Ground, ground_of
from linli.domain.places.selectors import places_version
from linli.methods.text import class_of

UNKNOWN_MATTER = "other"


@dataclass(frozen=True)
class Thresholds:
    """Numbers of the packs in force that bound what is suggested.

    Parameters
    ----------
    least_probability : below it the reader abstains.
    similar_text : lowest score of a duplicate shown, in [0, 1].
    near_m : metres at which nearness neither speaks for nor against.
    look_back : how far back duplicates are looked for.
    most_duplicates : how many are shown.
    """

    least_probability: float
    similar_text: float
    near_m: float
    look_back: timedelta
    most_duplicates: int


@dataclass(frozen=True)
class Matters:
    """The matters in force.

    Parameters
    ----------
    names : code -> (Chinese, English).
    ids : code -> row id.
    standards : code -> code of its standard.
    classes : class of matters -> row ids of all in it.
    unknown : code of the matter for what is like none.
    """

    names: Mapping[str, tuple[str, str]]
    ids: Mapping[str, int]
    standards: Mapping[str, str]
    classes: Mapping[str, frozenset[int]]
    unknown: str

    def in_classes_of(self, codes: Collection[str]) -> frozenset[int]:
        """Row ids of all matters in the classes of some matters, those themselves among them."""
        classes = {class_of(code) for code in codes}
        return frozenset().union(*(self.classes.get(name, ()) for name in classes))


@dataclass(frozen=True)
class Standing:
    """All that a message is checked and read by on a day.

    Parameters
    ----------
    types_of_standard : code of a standard -> codes of its petition types, in order.
    """

    urgency: UrgencyList
    matters: Matters
    limits: IntakeLimits
    bounds: Thresholds
    types_of_standard: Mapping[str, tuple[str, ...]]
    ground: Ground

    def petition_types(self, matter: str) -> tuple[str, ...]:
        """Codes of the petition types under which a matter may come in; none where it has none."""
        return self.types_of_standard.get(self.matters.standards.get(matter, ""), ())


def longest_message(at: datetime) -> int:
    """How many characters a message may have, by the packs in force; for forms that count."""
    return standing(at).limits.body_chars


def speaks_of_danger(text: str, *, at: datetime) -> bool:
    """Whether words of the packs in force say that somebody may be in danger now."""
    return standing(at).urgency.find(text).level == "emergency"


def standing(at: datetime) -> Standing:
    """What is in force on a day. Raises NoParameter."""
    state, on = published_state(), timezone.localdate(at)
    urgency, matters = _words(state)
    limits, bounds, types = _numbers(state, on)
    return Standing(urgency, matters, limits, bounds, types, ground_of(places_version()))


@lru_cache(maxsize=2)
def _words(state: str) -> tuple[UrgencyList, Matters]:
    urgency = UrgencyList(
        UrgentWord(row.word, cast(Literal["urgent", "emergency"], row.level), row.kind)
        for row in urgency_words()
    )
    tree = matter_tree()
    codes = [matter.code for matter in tree]
    classes: dict[str, set[int]] = defaultdict(set)
    for matter in tree:
        classes[class_of(matter.code)].add(matter.pk)
    matters = Matters(
        names={matter.code: (matter.name, matter.name_en) for matter in tree},
        ids={matter.code: matter.pk for matter in tree},
        standards={matter.code: matter.standard_code for matter in tree},
        classes={name: frozenset(ids) for name, ids in classes.items()},
        unknown=UNKNOWN_MATTER if UNKNOWN_MATTER in codes else next(iter(codes), ""),
    )
    return urgency, matters


@lru_cache(maxsize=8)
def _numbers(
    state: str, on: date
) -> tuple[IntakeLimits, Thresholds, Mapping[str, tuple[str, ...]]]:
    at = timezone.make_aware(datetime(on.year, on.month, on.day, 12))  # noqa: DTZ001  # made aware
    known = {row.code: row.value for row in parameters_in_force(at)}

    def number(code: str) -> float:
        return known[code] if code in known else parameter(code, at).value

    limits = IntakeLimits(
        body_chars=int(number("intake.body_max")),
        title_chars=min(int(number("intake.title_max")), TITLE_CHARS),
        future=timedelta(minutes=number("intake.future_tolerance")),
        zone=settings.TIME_ZONE,
        secrecy_basis=secrecy_basis(),
    )
    bounds = Thresholds(
        least_probability=number("reading.least_probability"),
        similar_text=number("duplicates.similar_text"),
        near_m=number("duplicates.near_distance"),
        look_back=timedelta(days=number("duplicates.look_back")),
        most_duplicates=int(number("duplicates.most_shown")),
    )
    types = {
        standard.code: tuple(kind.code for kind in standard.definition.petition_types)
        for standard in standards_in_force(at)
    }
    return limits, bounds, types
