"""What a person asked is done, in the transaction in which it is said to be done.

Serves: X01.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from linli.domain.access import wall
from linli.domain.access.selectors import SYSTEM_ACTOR, Actor, Level
from linli.domain.access.services import require
from linli.domain.audit.services import record
from linli.domain.cases.models import Case
from linli.domain.cases.services import classify_case, fulfil_case
from linli.domain.cases.services.steps import lock_case
from linli.domain.privacy.events import PersonalRequestFulfilled
from linli.domain.privacy.models import Amendment, PersonalRequest
from linli.domain.privacy.rules.retention import Verdict, verdict_on
from linli.domain.privacy.selectors.lengths import REQUEST_FILE, end_of
from linli.domain.privacy.selectors.standing import duties_of
from linli.domain.privacy.services.deleting import delete_for_request
from linli.domain.vault.selectors import NAME, PHONE, keeping_of
from linli.domain.vault.services import lock_person, open_fields, seal_person
from linli.kernel.errors import NotFound

Kind = PersonalRequest.Kind
ERASURES = frozenset({Kind.DELETE, Kind.WITHDRAW})
FORMER = {NAME: "former_name", PHONE: "former_phone"}


@transaction.atomic
def fulfil_request(
    ref: str, *, words: str, actor: Actor, at: datetime, key: str
) -> PersonalRequest:
    """Do what a person asked, and tell them so: a copy, a correction, an explanation, a deletion.

    A deletion against which a duty to keep stands shuts the data instead, until the duty is over.
    Sent twice it is done once.

    Parameters
    ----------
    ref : public id or number of the request's case.
    words : what the person is told.

    Records ItemCompleted, CaseClosed, PersonalRequestFulfilled and what the deed records. Raises
    NotFound, NotPermitted, CaseIsElsewhere, ReasonMissing, SamePerson, PersonLocked, PersonErased.
    """
    request = PersonalRequest.objects.select_related("case").filter(case=lock_case(ref)).first()
    if request is None:
        raise NotFound
    wall.hold([request.about_id])
    about = lock_case(request.about.public_id)
    if request.kind in ERASURES:
        require(actor, "person.erase", about)
    if fulfil_case(ref, words=words, actor=actor, at=at, key=key) is None:
        return request
    request.fulfilled_at = at
    DEEDS[Kind(request.kind)](request, about, actor, at)
    request.save()
    fact = PersonalRequestFulfilled(
        about.public_id, request.case.public_id, request.kind, list(request.duties)
    )
    record(fact, actor=actor, at=at)
    return request


def carry_out_erasure(request: PersonalRequest, about: Case, *, at: datetime) -> Verdict:
    """Erase what may go, shut what must stay; also when looked at again later. Not public.

    Records PersonErased, PersonLocked, WordsDeleted, RecordsDeleted as far as each is done.
    """
    duties = duties_of(about, at=at, besides=request)
    verdict = verdict_on(duties, with_words=request.kind == Kind.DELETE)
    delete_for_request(about, person=verdict.is_person_now, words=verdict.is_words_now, at=at)
    if not verdict.is_person_now:
        lock_person(about.public_id, actor=SYSTEM_ACTOR, at=at)
    request.duties = list(verdict.duties)
    request.erase_after = verdict.after
    request.erased_at = None if verdict.duties else at
    return verdict


def _copy(request: PersonalRequest, about: Case, actor: Actor, at: datetime) -> None:
    request.fetch_until = end_of(REQUEST_FILE, at, at)


def _correct(request: PersonalRequest, about: Case, actor: Actor, at: datetime) -> None:
    """Put what is right in place; what stood there before stays, under names that say so."""
    own = request.case.public_id
    given = (NAME, PHONE) if keeping_of(own) == "kept" else ()
    right = open_fields(own, given, actor=actor, reason="correct", at=at) if given else {}
    if right:
        ref = about.public_id
        before = open_fields(ref, tuple(right), actor=actor, reason="correct", at=at)
        former = {FORMER[name]: value for name, value in before.items()}
        seal_person(ref, {**right, **former}, at=at)
    if request.words:
        Amendment.objects.create(case=about, request=request, text=request.words, at=at)


def _erase(request: PersonalRequest, about: Case, actor: Actor, at: datetime) -> None:
    verdict = carry_out_erasure(request, about, at=at)
    is_shut = about.confidentiality == Level.SEALED or about.closed_at is None
    if request.kind == Kind.DELETE and not verdict.is_words_now and not is_shut:
        classify_case(
            about.public_id,
            level=Level.SEALED,
            reason=request.case.number,
            actor=SYSTEM_ACTOR,
            at=at,
            key=f"erase:{request.case.public_id}",
        )


DEEDS: dict[Kind, Callable[[PersonalRequest, Case, Actor, datetime], None]] = {
    Kind.COPY: _copy,
    Kind.EXPLAIN: _copy,
    Kind.CORRECT: _correct,
    Kind.DELETE: _erase,
    Kind.WITHDRAW: _erase,
}
