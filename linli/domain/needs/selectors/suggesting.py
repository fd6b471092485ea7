"""What the machine makes of a text: matter, place, urgency, likely duplicates, with reasons."""

from collections.abc import Iterable
from datetime import datetime

from linli.domain.access.selectors import Actor
from linli.domain.needs.ports import MatterReading
from linli.domain.needs.rules.duplicates import DuplicateGuess
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
    version, read = _read(text)
    least = thresholds(at).least_probability
    unsure = abstains(read.matters, least=least)
    place = place_of(new)
    finding = urgency_list().find(text)
    duplicates = _duplicates(new, read, place, at=at, within=within)
    reasons: Iterable[Sentence | None] = (
        matter_reason(read, abstained=unsure, least=least, names=matter_names().names),
        place_reason(place, names=ground().titles),
        urgency_reason(finding),
        *duplicate_reasons(duplicates),
    )
    return TextReading(
        model=version,
        matters=read.matters,
        wider=read.wider,
        abstained=unsure,
        place=place,
        urgency=finding,
        petition_type=petition_type_of(text, known=petition_types(chosen_matter(read), at)),
        duplicates=duplicates,
        reasons=tuple(reason for reason in reasons if reason is not None),
    )


def chosen_matter(read: MatterReading | TextReading) -> str:
    """The matter under which a case is opened until a person confirms: the likeliest, or other."""
    if read.matters:
        return read.matters[0].code
    known = matter_names()
    return UNKNOWN_MATTER if UNKNOWN_MATTER in known.ids else known.leaves[0]


def place_of(new: NewMessage) -> PlaceGuess | None:
    """Where a message is about: as stated, by its point, by the names in it, else the home area.

    The address is looked at before the text, which may name other places on its way.
    """
    known = ground()
    if new.area:
        return PlaceGuess(new.area, "stated")
    if new.lng is not None and new.lat is not None:
        found = area_at(new.lng, new.lat)
        if found is not None:
            return PlaceGuess(found.code, "point")
    for text in (new.address, f"{new.title}\n{new.body}"):
        named = place_from_names(known.names.hits(text), known.paths, within=known.home)
        if named is not None:
            return named
    return PlaceGuess(known.home.rstrip("/").rpartition("/")[2], "home") if known.home else None


def _read(text: str) -> tuple[str, MatterReading]:
    """Ask the reader in force; matters that no pack holds any more are left out."""
    reader = current_reader()
    if reader is None:
        return "", MatterReading()
    read, known = reader.read(text, top=TOP), matter_names().ids
    standing = tuple(guess for guess in read.matters if guess.code in known)
    wider = read.wider if read.wider and read.wider.code in known else None
    return reader.version, MatterReading(standing, wider)


def _duplicates(
    new: NewMessage,
    read: MatterReading,
    place: PlaceGuess | None,
    *,
    at: datetime,
    within: tuple[Actor, str] | None,
) -> tuple[DuplicateGuess, ...]:
    """Look among the classes of the likeliest matters, in the neighbourhood of the place."""
    names = matter_names()
    codes = [new.matter] if new.matter else [guess.code for guess in read.matters]
    is_placed = place is not None and place.origin != "home"
    point = (new.lng, new.lat) if new.lng is not None and new.lat is not None else None
    return likely_duplicates(
        f"{new.title}\n{new.body}",
        matters=names.in_classes_of(codes),
        area=place.code if place is not None and is_placed else "",
        point=point,
        within=within,
        bounds=thresholds(at),
        at=new.received_at or at,
    )
