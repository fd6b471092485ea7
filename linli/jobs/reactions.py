"""Fact → what follows: the one table.

A reaction runs at least once, in one transaction with the key (fact, reaction), so that its
effect is there once. Whoever calls somebody outside passes the same key on.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from linli.domain.attachments.services import erase_photos
from linli.domain.audit.selectors import Fact
from linli.domain.cases import events as cases
from linli.domain.cases.services import (
    advance_wholes,
    notify,
    notify_role,
    propose_from_ruling,
    recompute_clocks,
)
from linli.domain.catalogue.events import PackPublished
from linli.domain.ledgers.services import realign_records
from linli.domain.needs.services import learn_to_read
from linli.domain.vault.events import PersonErased
from linli.kernel.events import Event


@dataclass(frozen=True)
class Reaction:
    """What is done about a fact.

    Parameters
    ----------
    name : part of the key in the database; a new name would let old facts take effect again.
    do : called with the fact and the present moment.
    in_parts : `do` commits as it goes and does no harm when repeated; its key is set at the end.
    """

    name: str
    do: Callable[[Fact, datetime], object]
    in_parts: bool = False


def tell_holders(fact: Fact, at: datetime) -> int:
    """Leave a notice for whoever had the open work of the fact's case when it came to be."""
    return notify(fact.subject_id, kind=fact.event, at=at, since=fact.at)


def tell_supervisors(fact: Fact, at: datetime) -> int:
    """Leave a notice for the supervisors of the place: something waits for a second person."""
    return notify_role(fact.subject_id, role="supervisor", kind=fact.event, at=at)


def tell_clerks(fact: Fact, at: datetime) -> int:
    """Leave a notice for the clerks of the place."""
    return notify_role(fact.subject_id, role="clerk", kind=fact.event, at=at)


def let_calendar_count(_: Fact, at: datetime) -> int:
    """Derive the running clocks anew under the pack that was published."""
    return recompute_clocks(at=at)


def teach_duty_list(fact: Fact, at: datetime) -> bool:
    """Suggest for the duty list what a ruling decided and the list does not say."""
    outcome, unit = str(fact.data.get("outcome", "")), str(fact.data.get("unit", ""))
    return propose_from_ruling(fact.subject_id, outcome=outcome, unit=unit, at=at)


def let_wholes_go_on(fact: Fact, at: datetime) -> int:
    """Let the wholes go on that waited for this part."""
    return advance_wholes(fact.subject_id, at=at)


def learn_from_packs(_: Fact, at: datetime) -> bool:
    """Learn the reader anew from the packs that are in force now."""
    return learn_to_read(at=at)


def realign_ledgers(_: Fact, at: datetime) -> int:
    """Let records be seen by whom the ledgers now in force say."""
    return realign_records(at=at)


def take_photos_away(fact: Fact, at: datetime) -> int:
    """Delete what a person has shown who was erased: it may show the person."""
    return erase_photos(fact.subject_id, at=at)


TELL_HOLDERS = Reaction("tell_holders", tell_holders)
TELL_SUPERVISORS = Reaction("tell_supervisors", tell_supervisors)
TELL_CLERKS = Reaction("tell_clerks", tell_clerks)
LET_CALENDAR_COUNT = Reaction("let_calendar_count", let_calendar_count, in_parts=True)
REALIGN_LEDGERS = Reaction("realign_ledgers", realign_ledgers)
LEARN_TO_READ = Reaction("learn_to_read", learn_from_packs)
TAKE_PHOTOS_AWAY = Reaction("take_photos_away", take_photos_away)

TEACH_DUTY_LIST = Reaction("teach_duty_list", teach_duty_list)
ADVANCE_WHOLES = Reaction("advance_wholes", let_wholes_go_on)

Reactions = Mapping[type[Event], tuple[Reaction, ...]]

REACTIONS: Reactions = {
    cases.CaseDispatched: (TELL_HOLDERS,),
    cases.CaseReturned: (TELL_HOLDERS,),
    cases.ObjectionRuled: (TELL_HOLDERS, TEACH_DUTY_LIST),
    cases.CaseReopened: (TELL_HOLDERS,),
    cases.CaseUrged: (TELL_HOLDERS,),
    cases.ExtensionDecided: (TELL_HOLDERS,),
    cases.TimerFired: (TELL_HOLDERS,),
    cases.SupervisionLifted: (TELL_HOLDERS,),
    cases.SupervisionRaised: (TELL_HOLDERS,),
    cases.DeferralRequested: (TELL_SUPERVISORS,),
    cases.DeferralDecided: (TELL_HOLDERS,),
    cases.CaseClosed: (ADVANCE_WHOLES,),
    cases.RenditionWritten: (TELL_SUPERVISORS,),
    cases.RenditionApproved: (TELL_CLERKS,),
    cases.RenditionAnswered: (TELL_HOLDERS, TELL_CLERKS),
    PackPublished: (LET_CALENDAR_COUNT, LEARN_TO_READ, REALIGN_LEDGERS),
    PersonErased: (TAKE_PHOTOS_AWAY,),
}


def reactions_to(event: str, *, table: Reactions) -> Iterator[Reaction]:
    """Yield what follows from a fact, by the name of its event."""
    for known, reactions in table.items():
        if known.name == event:
            yield from reactions


def reaction_named(name: str, *, table: Reactions) -> Reaction:
    """Return a reaction of the table; raises LookupError for one that is not there any more."""
    for reactions in table.values():
        for reaction in reactions:
            if reaction.name == name:
                return reaction
    raise LookupError(f"no reaction is named {name}")
