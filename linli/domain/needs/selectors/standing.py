"""What stands between publications and is asked for with every message: kept in the process.

Each value hangs on the state of what it is made from, so that a new pack or a new import of
places shows at once in every process.
"""

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
    published_state,
    sources,
    standard_for,
    urgency_words,
)
from linli.domain.needs.rules.intake import TITLE_CHARS, IntakeLimits
from linli.domain.needs.rules.places import common_area
from linli.domain.needs.rules.urgency import UrgencyList, UrgentWord
from linli.domain.places.selectors import (
    AreaKind,
    areas_under,
    gazetteer,
    paths_above,
    places_version,
)
from linli.methods.gazetteer import Gazetteer
from linli.methods.text import class_of

SECRECY_SOURCE = "law-state-secrets"
_SECRECY_LAW = ("《中华人民共和国保守国家秘密法》", "the Law on Guarding State Secrets")


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
class Ground:
    """The names of all places and the tree that they stand in.

    Parameters
    ----------
    names : every name people may use, ready to be looked for.
    paths, titles : code -> path and name of every area.
    home : path of the area served: the deepest that holds every grid.
    communities : paths of all communities.
    """

    names: Gazetteer
    paths: Mapping[str, str]
    titles: Mapping[str, str]
    home: str
    communities: frozenset[str]

    def neighbourhood(self, code: str) -> str:
        """Path of the community in which an area lies; the area's own where it is wider."""
        path = self.paths.get(code, "")
        return next((above for above in paths_above(path) if above in self.communities), path)


@dataclass(frozen=True)
class MatterNames:
    """The matters in force: names in both languages, and what stands first and below.

    Parameters
    ----------
    names : code -> (Chinese, English).
    ids : code -> row id.
    leaves : codes that have none below them, in order.
    """

    names: Mapping[str, tuple[str, str]]
    ids: Mapping[str, int]
    leaves: tuple[str, ...]

    def in_classes_of(self, codes: Collection[str]) -> list[int]:
        """Row ids of all matters in the classes of some matters, those themselves among them."""
        classes = {class_of(code) for code in codes}
        return [pk for code, pk in self.ids.items() if class_of(code) in classes]


def intake_limits(at: datetime) -> IntakeLimits:
    """The bounds of a message by the packs in force. Raises NoParameter."""
    return _limits(published_state(), timezone.localdate(at))


def thresholds(at: datetime) -> Thresholds:
    """The bounds of suggestions by the packs in force. Raises NoParameter."""
    return _thresholds(published_state(), timezone.localdate(at))


def urgency_list() -> UrgencyList:
    """The urgency words in force, ready to be looked for."""
    return _urgency(published_state())


def matter_names() -> MatterNames:
    """The matters in force."""
    return _matters(published_state())


def petition_types(matter: str, at: datetime) -> tuple[str, ...]:
    """Codes of the petition types of a matter's standard, in its order."""
    return _petition_types(published_state(), matter, timezone.localdate(at))


def ground() -> Ground:
    """All places by name, as of the newest import."""
    return _ground(places_version())


@lru_cache(maxsize=8)
def _limits(state: str, on: date) -> IntakeLimits:
    at = _noon(on)
    return IntakeLimits(
        body_chars=int(parameter("intake.body_max", at).value),
        title_chars=min(int(parameter("intake.title_max", at).value), TITLE_CHARS),
        future=timedelta(minutes=parameter("intake.future_tolerance", at).value),
        zone=settings.TIME_ZONE,
        secrecy_basis=_secrecy_basis(),
    )


@lru_cache(maxsize=8)
def _thresholds(state: str, on: date) -> Thresholds:
    at = _noon(on)
    return Thresholds(
        least_probability=parameter("reading.least_probability", at).value,
        similar_text=parameter("duplicates.similar_text", at).value,
        near_m=parameter("duplicates.near_distance", at).value,
        look_back=timedelta(days=parameter("duplicates.look_back", at).value),
        most_duplicates=int(parameter("duplicates.most_shown", at).value),
    )


@lru_cache(maxsize=2)
def _urgency(state: str) -> UrgencyList:
    return UrgencyList(
        UrgentWord(row.word, cast(Literal["urgent", "emergency"], row.level), row.kind)
        for row in urgency_words()
    )


@lru_cache(maxsize=2)
def _matters(state: str) -> MatterNames:
    tree = matter_tree()
    parents = {matter.parent_id for matter in tree}
    return MatterNames(
        names={matter.code: (matter.name, matter.name_en) for matter in tree},
        ids={matter.code: matter.pk for matter in tree},
        leaves=tuple(matter.code for matter in tree if matter.pk not in parents),
    )


@lru_cache(maxsize=1024)
def _petition_types(state: str, matter: str, on: date) -> tuple[str, ...]:
    definition = standard_for(matter, _noon(on)).definition
    return tuple(kind.code for kind in definition.petition_types)


@lru_cache(maxsize=2)
def _ground(version: int) -> Ground:
    rows = list(areas_under().values_list("code", "path", "name", "kind"))
    for kind in (AreaKind.GRID, AreaKind.COMMUNITY, None):
        home = common_area([path for _, path, _, own in rows if kind in (None, own)])
        if home:
            break
    return Ground(
        names=Gazetteer(gazetteer(home)),
        paths={code: path for code, path, _, _ in rows},
        titles={code: name for code, _, name, _ in rows},
        home=home,
        communities=frozenset(path for _, path, _, kind in rows if kind == AreaKind.COMMUNITY),
    )


def _secrecy_basis() -> tuple[str, str]:
    """The law on state secrets, with its article where a pack in force cites it."""
    zh, en = _SECRECY_LAW
    article = next((row.article for row in sources() if row.code == SECRECY_SOURCE), "")
    return f"{zh}{article}", f"{en} {article}".strip()


def _noon(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 12, tzinfo=timezone.get_default_timezone())
