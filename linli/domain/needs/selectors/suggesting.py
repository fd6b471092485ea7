"""What the machine makes of a text: matter, place, urgency, likely duplicates, with reasons.

Serves: R049.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from linli.domain.access.selectors import Actor
from linli.domain.needs.ports import MatterReading, Reader
from linli.domain.needs.rules.intake import NewMessage
from linli.domain.needs.rules.petition import petition_type_of
from linli.domain.needs.rules.places import (
    PlaceGuess,
    code_at_end,
    place_from_names,
    stated_place,
)
from linli.domain.needs.rules.reading import Sentence, TextReading, abstains
from linli.domain.needs.rules.reasons import (
    duplicate_reasons,
    matter_reason,
    place_reason,
    urgency_reason,
)
from linli.domain.needs.rules.urgency import UrgencyFinding, UrgencyList
from linli.domain.needs.selectors.ground import Ground
from linli.domain.needs.selectors.likeness import (
    JustRead,
    Row,
    Search,
    earlier_cases,
    likely_duplicates,
    search_for,
)
from linli.domain.needs.selectors.reader import current_reader
from linli.domain.needs.selectors.standing import Standing, standing
from linli.domain.places.selectors import area_at

TOP = 3


@dataclass(frozen=True)
class Look:
    """What was found in a message by itself, before others are looked at."""

    version: str
    read: MatterReading
    place: PlaceGuess | None
    urgency: UrgencyFinding
    petition_type: str
    search: Search


def suggest(
    new: NewMessage, *, at: datetime, within: tuple[Actor, str] | None = None
) -> TextReading:
    """Read a message; suggestions only, a person decides.

    Parameters
    ----------
    within : who looks and for which act, so that duplicates out of reach are not shown.
    """
    known = standing(at)
    look = look_at(new, known=known, reader=current_reader(), at=at)
    earlier = earlier_cases(look.search, within=within)
    return reading_from(look, earlier, known=known)


def urgency_list(at: datetime) -> UrgencyList:
    """Return the words in force that make a message urgent; for whoever looks at many."""
    return standing(at).urgency


def look_at(new: NewMessage, *, known: Standing, reader: Reader | None, at: datetime) -> Look:
    """Read a message by itself, by what is in force; `reader` is None where none is learnt."""
    text = f"{new.title}\n{new.body}"
    version, read = _read(text, reader, known)
    place = place_of(new, known.ground)
    types = known.petition_types(new.matter or chosen_matter(read, known))
    return Look(
        version=version,
        read=read,
        place=place,
        urgency=known.urgency.find(text),
        petition_type=petition_type_of(text, known=types),
        search=_search(new, read, place, known=known, at=at),
    )


def reading_from(
    look: Look, earlier: Sequence[Row], *, known: Standing, beside: Sequence[JustRead] = ()
) -> TextReading:
    """Make the reading of a message from a look at it and the cases that may be the same thing.

    Parameters
    ----------
    earlier : what a search for the like of it found.
    beside : cases that are stored together with this message's, before it.
    """
    least = known.bounds.least_probability
    unsure = abstains(look.read.matters, least=least)
    duplicates = likely_duplicates(look.search, earlier, known.bounds, beside=beside)
    reasons: Iterable[Sentence | None] = (
        matter_reason(look.read, abstained=unsure, least=least, names=known.matters.names),
        place_reason(look.place, names=known.ground.titles),
        urgency_reason(look.urgency),
        *duplicate_reasons(duplicates),
    )
    return TextReading(
        model=look.version,
        matters=look.read.matters,
        wider=look.read.wider,
        abstained=unsure,
        place=look.place,
        urgency=look.urgency,
        petition_type=look.petition_type,
        duplicates=duplicates,
        reasons=tuple(reason for reason in reasons if reason is not None),
    )


def chosen_matter(read: MatterReading | TextReading, known: Standing) -> str:
    """The matter under which a case is opened until a person confirms: the likeliest, or other."""
    return read.matters[0].code if read.matters else known.matters.unknown


def place_of(new: NewMessage, ground: Ground) -> PlaceGuess | None:
    """Where a message is about: as stated, by its point, by the names in it, else the home area.

    The address is looked at before the text, which may name other places on its way. A stated
    area stands; where the names lie elsewhere is kept beside it.
    """
    if new.area:
        return stated_place(new.area, _named_place(new, ground), ground.paths)
    if new.lng is not None and new.lat is not None:
        found = area_at(new.lng, new.lat)
        if found is not None:
            return PlaceGuess(found.code, "point")
    named = _named_place(new, ground)
    if named is not None:
        return named
    return PlaceGuess(code_at_end(ground.home), "home") if ground.home else None


def _named_place(new: NewMessage, ground: Ground) -> PlaceGuess | None:
    for text in (new.address, f"{new.title}\n{new.body}"):
        named = place_from_names(ground.names.hits(text), ground.paths, within=ground.home)
        if named is not None:
            return named
    return None


def _read(text: str, reader: Reader | None, known: Standing) -> tuple[str, MatterReading]:
    """Ask the reader; matters that no pack holds any more are left out."""
    if reader is None:
        return "", MatterReading()
    read, ids = reader.read(text, top=TOP), known.matters.ids
    matters = tuple(guess for guess in read.matters if guess.code in ids)
    wider = read.wider if read.wider and read.wider.code in ids else None
    return reader.version, MatterReading(matters, wider)


def _search(
    new: NewMessage,
    read: MatterReading,
    place: PlaceGuess | None,
    *,
    known: Standing,
    at: datetime,
) -> Search:
    """Look among the classes of the likeliest matters, in the neighbourhood of the place."""
    codes = [new.matter] if new.matter else [guess.code for guess in read.matters]
    is_placed = place is not None and place.origin != "home"
    return search_for(
        f"{new.title}\n{new.body}",
        matters=known.matters.in_classes_of(codes),
        area=place.code if place is not None and is_placed else "",
        point=(new.lng, new.lat) if new.lng is not None and new.lat is not None else None,
        known=known,
        at=new.received_at or at,
    )
