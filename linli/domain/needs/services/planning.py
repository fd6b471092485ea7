"""What is to become of messages, before anything is written: refused, known, or a case to open."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Protocol, cast

from linli.domain.cases.services import (
    Archive,
    CaseName,
    Ending,
    NewCase,
    PastCase,
    name_cases,
)
from linli.domain.catalogue.errors import NoStandard
from linli.domain.needs.errors import KeyReused, NoAreas, UnknownArea, UnknownCode
from linli.domain.needs.models import Message
from linli.domain.needs.rules.endings import checked_ending
from linli.domain.needs.rules.intake import NewMessage, checked_message
from linli.domain.needs.rules.reading import TextReading
from linli.domain.needs.rules.urgency import LEVELS, Level
from linli.domain.needs.selectors.likeness import JustRead, Row, earlier_cases_of
from linli.domain.needs.selectors.reader import current_reader
from linli.domain.needs.selectors.readings import messages_by_key, messages_by_source
from linli.domain.needs.selectors.standing import Standing
from linli.domain.needs.selectors.suggesting import Look, chosen_matter, look_at, reading_from
from linli.domain.needs.services.receipts import receipt_for
from linli.domain.vault.selectors import FINGERPRINT
from linli.domain.vault.services import digester
from linli.kernel.errors import LinliError, RejectedTogether, Unavailable

# What does not make another message of it: where it stands in a file, when a clock says it came.
NOT_SAID = frozenset({"receipt", "row", "received_at"})


@dataclass(frozen=True)
class Incoming:
    """A message that is handed in, with the idempotency key of its submission.

    Parameters
    ----------
    ending : how the matter ended elsewhere; None where it is still to be worked on.
    """

    message: NewMessage
    key: str
    ending: Ending | None = None


@dataclass(frozen=True)
class Fresh:
    """A message that has not come in before: read, and the case that it opens or has been.

    Parameters
    ----------
    mark : the keyed digest of what the message says, 64 hexadecimal signs.
    """

    new: NewMessage
    key: str
    mark: str
    receipt: str
    reading: TextReading
    opening: NewCase
    ending: Ending | None = None

    @property
    def past(self) -> PastCase | None:
        """The finished matter that it is; None where it is still to be worked on."""
        return PastCase(self.opening, self.ending, self.new.source) if self.ending else None


@dataclass(frozen=True)
class Repeat:
    """A message that came in before; by its own key, or else by its number in the source."""

    message: Message
    new: NewMessage
    is_same_key: bool


@dataclass(frozen=True)
class RepeatOf:
    """A message that repeats a fresh one of the same batch, which stands at `place` in it."""

    place: int
    new: NewMessage
    is_same_key: bool


Plan = Fresh | Repeat | RepeatOf | LinliError


class NameCases(Protocol):
    """Gives out names for cases."""

    def __call__(self, count: int, *, at: datetime) -> list[CaseName]: ...


def plan_messages(
    batch: Sequence[Incoming], known: Standing, *, at: datetime, is_trial: bool = False
) -> list[Plan]:
    """Decide for each message of a batch what is to become of it; writes nothing.

    Each is read as if those before it had already come in. Raises NoAreas.

    Parameters
    ----------
    is_trial : nothing will come of it, so no case numbers are given out.
    """
    if not known.ground.paths:
        raise NoAreas
    names = _made_up if is_trial else name_cases
    return _Planner(batch, known, names=names, at=at).plans


def fingerprint(new: NewMessage) -> str:
    """Return a digest of what a message says, to tell a repeat from a key used twice.

    Stored under a key only: else whoever knows the words could try out telephone numbers.
    """
    said = {name: str(value) for name, value in vars(new).items() if name not in NOT_SAID}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


class _Planner:
    def __init__(
        self, batch: Sequence[Incoming], known: Standing, *, names: NameCases, at: datetime
    ) -> None:
        self._known = known
        self._at = at
        self._digest = digester(FINGERPRINT, at=at)
        self._endings: dict[int, Ending] = {}
        self._batch = batch
        checked = [self._checked(one) for one in batch]
        sound = [
            (one.key, new)
            for one, new in zip(batch, checked, strict=True)
            if isinstance(new, NewMessage)
        ]
        self._by_key = messages_by_key({key for key, _ in sound})
        self._by_number = messages_by_source({(new.source, new.source_id) for _, new in sound})
        unknown = [new for key, new in sound if self._stored(new, key) is None]
        self._names = names(len(unknown), at=at)
        self._looks = self._look_at(unknown)
        self._beside: list[JustRead] = []
        self._places: dict[str | tuple[str, str], int] = {}
        self.plans: list[Plan] = []
        for one, new in zip(batch, checked, strict=True):
            self.plans.append(self._plan(new, one.key))

    @cached_property
    def _archive(self) -> Archive:
        """What finished matters are checked against; most batches have none."""
        return Archive(matters={one.message.matter for one in self._batch}, at=self._at)

    def _look_at(self, news: Sequence[NewMessage]) -> dict[int, tuple[Look, list[Row]]]:
        """Look at all messages, then for the like of each; by the identity of the message."""
        reader = current_reader()
        looks = {
            id(new): look_at(
                new,
                known=self._known,
                # Of a finished matter whose class is stated nothing is left to be suggested.
                reader=None if id(new) in self._endings and new.matter else reader,
                at=self._at,
            )
            for new in news
        }
        asked = [place for place in looks if place not in self._endings]
        earlier = earlier_cases_of([looks[place].search for place in asked])
        found = dict(zip(asked, earlier, strict=True))
        return {place: (look, found.get(place, [])) for place, look in looks.items()}

    def _checked(self, one: Incoming) -> NewMessage | LinliError:
        limits = self._known.limits
        try:
            checked = checked_message(one.message, limits=limits, at=self._at)
            _refuse_unknown_codes(checked, self._known)
            if one.ending is not None:
                self._endings[id(checked)] = checked_ending(one.ending, limits=limits)
        except LinliError as error:
            return error
        return checked

    def _plan(self, new: NewMessage | LinliError, key: str) -> Plan:
        if isinstance(new, LinliError):
            return new
        found = self._found(new, key)
        if found is not None:
            return found
        try:
            return self._fresh(new, key)
        except Unavailable:
            raise
        except LinliError as error:
            return error

    def _found(self, new: NewMessage, key: str) -> Plan | None:
        stored = self._stored(new, key)
        if stored is not None:
            is_same_key = stored.key == key
            if is_same_key and stored.fingerprint != self._digest(fingerprint(new)):
                return KeyReused()
            return Repeat(stored, new, is_same_key)
        place = self._places.get(key, self._places.get((new.source, new.source_id)))
        first = None if place is None else self.plans[place]
        if place is None or not isinstance(first, Fresh):
            return None
        is_same_key = first.key == key
        if is_same_key and first.mark != self._digest(fingerprint(new)):
            return KeyReused()
        return RepeatOf(place, new, is_same_key)

    def _stored(self, new: NewMessage, key: str) -> Message | None:
        by_number = self._by_number.get((new.source, new.source_id)) if new.source_id else None
        return self._by_key.get(key, by_number)

    def _fresh(self, new: NewMessage, key: str) -> Fresh:
        known, name = self._known, self._names[len(self._beside)]
        look, earlier = self._looks[id(new)]
        ending = self._endings.get(id(new))
        beside = self._beside if ending is None else ()
        reading = reading_from(look, earlier, known=known, beside=beside)
        receipt = new.receipt or receipt_for(key)
        opening = _case_of(new, reading, known, receipt=receipt, name=name, at=self._at)
        mark = self._digest(fingerprint(new))
        fresh = Fresh(new, key, mark, receipt, reading, opening, ending)
        if fresh.past is not None and (faults := self._archive.faults(fresh.past)):
            raise RejectedTogether(faults)
        self._beside.append(_just_read(opening, name, known))
        self._places[key] = len(self.plans)
        if new.source_id:
            self._places[(new.source, new.source_id)] = len(self.plans)
        return fresh


def _made_up(count: int, *, at: datetime) -> list[CaseName]:
    return [CaseName(f"trial {place}", f"{at:%Y%m%d}-{place}") for place in range(count)]


def _refuse_unknown_codes(new: NewMessage, known: Standing) -> None:
    """Refuse what a person or system has chosen where nothing of that code is in force."""
    if new.area and new.area not in known.ground.paths:
        raise UnknownArea(new.area, new.row)
    if new.matter and new.matter not in known.matters.ids:
        raise UnknownCode("matter", ("事项", "matter"), new.matter, new.row)
    if new.urgency and new.urgency not in LEVELS:
        raise UnknownCode("urgency", ("紧急程度", "urgency"), new.urgency, new.row)


def _case_of(
    new: NewMessage,
    reading: TextReading,
    known: Standing,
    *,
    receipt: str,
    name: CaseName,
    at: datetime,
) -> NewCase:
    matter = new.matter or chosen_matter(reading, known)
    if known.matters.standards.get(matter, "") not in known.types_of_standard:
        raise NoStandard(matter, f"{at:%Y-%m-%d}")
    # The types that there are depend on the matter's standard, hence on what was read.
    if new.petition_type and new.petition_type not in known.petition_types(matter):
        names = ("诉求类型", "petition type")
        raise UnknownCode("petition_type", names, new.petition_type, new.row)
    if reading.place is None:
        raise NoAreas
    return NewCase(
        title=new.title,
        body=new.body,
        matter=matter,
        area=reading.place.code,
        petition_type=new.petition_type or reading.petition_type,
        channel=new.channel,
        received_at=new.received_at or at,
        urgency=cast(Level, new.urgency) if new.urgency else reading.urgency.level,
        address=new.address,
        lng=new.lng,
        lat=new.lat,
        receipt=receipt,
        confidentiality="sensitive" if new.is_confidential else "",
        source_number=new.source_id,
        name=name,
    )


def _just_read(case: NewCase, name: CaseName, known: Standing) -> JustRead:
    row = Row(
        public_id=name.ref,
        number=name.number,
        title=case.title,
        body=case.body,
        lng=case.lng,
        lat=case.lat,
        area_path=known.ground.paths[case.area],
        received_at=case.received_at,
    )
    return JustRead(known.matters.ids[case.matter], row)
