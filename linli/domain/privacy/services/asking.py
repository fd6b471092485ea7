"""A person asks about their own data; it becomes a case, with the clocks of its standard.

Serves: X01.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from linli.domain.access import wall
from linli.domain.access.selectors import Actor
from linli.domain.access.services import require
from linli.domain.audit.services import record
from linli.domain.cases.models import Case, CaseEvent
from linli.domain.cases.services import NewCase, open_case
from linli.domain.cases.services.fulfilling import shield_alike
from linli.domain.cases.services.steps import lock_case, require_open_words
from linli.domain.catalogue.selectors import matter_by_code
from linli.domain.privacy.errors import (
    AlreadyAsked,
    NotForRequests,
    NothingHeld,
    NothingToCorrect,
)
from linli.domain.privacy.events import PersonalRequestMade
from linli.domain.privacy.models import PersonalRequest
from linli.domain.vault.selectors import NAME, PHONE, keeping_of
from linli.domain.vault.services import seal_person
from linli.kernel.errors import Rejected
from linli.methods.normalise import clean

Kind = PersonalRequest.Kind
MATTER = "personal_data"


@dataclass(frozen=True)
class Asked:
    """What a person asks.

    Parameters
    ----------
    kind : one of `PersonalRequest.Kind`.
    words : of a correction the right words; else what there is to say, or "".
    name, phone : of a correction, "" where they stay; not printed by accident.
    """

    kind: str
    words: str = ""
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)


def ask_by_receipt(about: Case, asked: Asked, *, actor: Actor, at: datetime, key: str) -> Case:
    """Open a request about a case for whoever holds its receipt code; returns the request's case.

    The caller has found the case by its code. Records CaseOpened, PersonalRequestMade. Raises
    AlreadyAsked, NotForRequests, NothingToCorrect, Rejected, SecretMarked.
    """
    return _ask(about, asked, by="resident", channel="web", actor=actor, at=at, key=key)


@transaction.atomic
def ask_for_erasure(ref: str, *, reason: str, actor: Actor, at: datetime, key: str) -> Case:
    """Ask that the person behind a case be erased; another person decides.

    Records CaseOpened, PersonalRequestMade. Raises NotFound, NotPermitted, NothingHeld,
    AlreadyAsked, NotForRequests.
    """
    about = lock_case(ref)
    require(actor, "person.erase", about)
    if keeping_of(about.public_id) != "kept":
        raise NothingHeld
    asked = Asked(Kind.DELETE, reason)
    return _ask(about, asked, by="staff", channel="window", actor=actor, at=at, key=key)


@transaction.atomic
@wall.wider("requests")
def _ask(
    about: Case, asked: Asked, *, by: str, channel: str, actor: Actor, at: datetime, key: str
) -> Case:
    about = lock_case(about.public_id)
    found = PersonalRequest.objects.filter(about=about).select_related("case")
    before = CaseEvent.objects.filter(key=key, case__personal_request__about=about).first()
    if before is not None:
        return before.case
    _check(about, asked, found.filter(kind=asked.kind, case__status=Case.Status.OPEN).exists())
    matter = matter_by_code(f"{MATTER}.{asked.kind}")
    words = clean(asked.words)
    case = open_case(
        NewCase(
            title=f"{matter.name}（{about.number}）",
            body=words or matter.name,
            matter=matter.code,
            area=about.area.code,
            petition_type=asked.kind,
            channel=channel,
            received_at=at,
            confidentiality="sealed" if about.confidentiality == "sealed" else "",
        ),
        actor=actor,
        at=at,
        key=key,
    )
    shield_alike(case, about)
    PersonalRequest.objects.create(
        case=case, about=about, kind=asked.kind, by=by, words=words, asked_at=at
    )
    corrected = {NAME: asked.name.strip(), PHONE: asked.phone.strip()}
    if asked.kind == Kind.CORRECT and any(corrected.values()):
        seal_person(case.public_id, corrected, at=at)
    made = PersonalRequestMade(about.public_id, case.public_id, asked.kind, by)
    record(made, actor=actor, at=at)
    return case


def _check(about: Case, asked: Asked, is_waiting: bool) -> None:
    if asked.kind not in Kind.values:
        raise Rejected(
            "请从所列的请求中选择一种。",
            "Choose one of the requests that are listed.",
            field="kind",
        )
    if PersonalRequest.objects.filter(case=about).exists():
        raise NotForRequests
    if is_waiting:
        raise AlreadyAsked
    if asked.kind == Kind.CORRECT and not (asked.words.strip() or asked.name or asked.phone):
        raise NothingToCorrect
    require_open_words(asked.words, asked.name)
