"""What the machine makes of a text: matter, place, urgency, likely duplicates, with reasons."""

from collections.abc import Iterable
from datetime import datetime

from linli.domain.access.selectors import Actor
from linli.domain.needs.ports import MatterGuess
from linli.domain.needs.rules.intake import NewMessage
from linli.domain.needs.rules.petition import petition_type_of
from linli.domain.needs.rules.places import PlaceGuess, place_from_names
from linli.domain.needs.rules.reading import Sentence, TextReading, abstains
from linli.domain.needs.rules.reasons import (
    duplicate_reasons,
    matter_reason,
    place_reason,
    urgency_reason,
)
from linli.domain.needs.selectors.likeness import likely_duplicates
from linli.domain.needs.selectors.reader import current_reader
from linli.domain.needs.selectors.standing import (
    ground,
    matter_names,
    petition_types,
    thresholds,
    urgency_list,
)
from linli.domain.places.selectors import area_at

UNKNOWN_MATTER = "other"
TOP = 3


def suggest(
    new: NewMessage, *, at: datetime, within: tuple[Actor, str] | None = None
) -> TextReading:
    """Read a message; suggestions only, a person decides.

    Parameters
    ----------
    within : who looks and for which act, so that duplicates out of reach are not shown.
    """
    text = f"{new.title}\n{new.body}"
    bounds, names = thresholds(at), matter_names()
    reader = current_reader()
    guesses = reader.read(text, top=TOP) if reader else ()
    guesses = tuple(guess for guess in guesses if guess.code in names.ids)
    unsure = abstains(guesses, least=bounds.least_probability)
    place, finding = place_of(new), urgency_list().find(text)
    path = ground().paths.get(place.code, "") if place else ""
    point = (new.lng, new.lat) if new.lng is not None and new.lat is not None else None
    duplicates = likely_duplicates(
        text,
        matters=names.in_class_of(guesses[0].code) if guesses else [],
        area_path=path,
        point=point,
        within=within,
        bounds=bounds,
        at=at,
    )
    reasons: Iterable[Sentence | None] = (
        matter_reason(guesses, abstained=unsure, names=names.names),
        place_reason(place, names=ground().titles),
        urgency_reason(finding),
        *duplicate_reasons(duplicates),
    )
    return TextReading(
        model=reader.version if reader else "",
        matters=guesses,
        abstained=unsure,
        place=place,
        urgency=finding,
        petition_type=petition_type_of(text, known=petition_types(chosen_matter(guesses), at)),
        duplicates=duplicates,
        reasons=tuple(reason for reason in reasons if reason is not None),
    )


def chosen_matter(guesses: tuple[MatterGuess, ...]) -> str:
    """The matter under which a case is opened until a person confirms: the likeliest, or other."""
    return guesses[0].code if guesses else UNKNOWN_MATTER


def place_of(new: NewMessage) -> PlaceGuess | None:
    """Where a message is about: as stated, by its point, by the names in it, else the home area."""
    known = ground()
    if new.area:
        return PlaceGuess(new.area, "stated")
    if new.lng is not None and new.lat is not None:
        found = area_at(new.lng, new.lat)
        if found is not None:
            return PlaceGuess(found.code, "point")
    hits = known.names.hits(f"{new.address}\n{new.title}\n{new.body}")
    named = place_from_names(hits, known.paths, within=known.home)
    if named is not None:
        return named
    return PlaceGuess(known.home.rstrip("/").rpartition("/")[2], "home") if known.home else None
