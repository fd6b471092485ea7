"""What a unit complained about is told, written by one person and approved by another.

Serves: X08 R129.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from linli.domain.access import wall
from linli.domain.access.selectors import Actor
from linli.domain.audit.services import record
from linli.domain.cases.errors import (
    CaseIsClosed,
    GivesAway,
    NotComplainedAbout,
    RenditionElsewhere,
    RenditionUnderWay,
    SamePerson,
    TooLong,
)
from linli.domain.cases.events import (
    RenditionAnswered,
    RenditionApproved,
    RenditionRead,
    RenditionSent,
    RenditionWritten,
)
from linli.domain.cases.models import Case, Rendition
from linli.domain.cases.rules.renditions import Finding
from linli.domain.cases.selectors.reckoning import calendar_for
from linli.domain.cases.selectors.renditions import Asked, findings_for, rendition_for
from linli.domain.cases.services.steps import (
    is_repeat,
    lock_case,
    lock_for,
    require_open_words,
    require_words,
    write,
)
from linli.domain.cases.services.withdrawing import open_renditions, withdraw
from linli.domain.catalogue.selectors import parameter
from linli.domain.organisations.selectors import Unit, unit_by_code
from linli.kernel.errors import NotFound, Rejected, RejectedTogether, WrongState
from linli.kernel.ids import public_id
from linli.kernel.units import Limit, LimitUnit
from linli.methods.normalise import clean

State, Why = Rendition.State, Rendition.Why


@transaction.atomic
def write_rendition(
    ref: str, *, unit: str, text: str, reason: str = "", actor: Actor, at: datetime, key: str
) -> Rendition | None:
    """Write for a unit complained about, in own words, what it is to answer; another approves.

    One that waits to be approved or sent is replaced. `reason` says why soft findings may stay.
    Returns None for a repeated command. Records RenditionWritten. Raises NotFound, NotPermitted,
    CaseIsClosed, NotComplainedAbout, RenditionUnderWay, RejectedTogether naming each finding,
    TooLong, SecretMarked.
    """
    case = lock_for(ref, act="rendition.write", actor=actor)
    if is_repeat(case, key):
        return None
    named = unit_by_code(unit)
    _require_open(case, named)
    kept = _words(text, "rendition.text_max", field="text", at=at)
    why = _words(reason, "desk.reason_max", field="reason", at=at, may_be_empty=True)
    findings = findings_for(case, kept, at=at)
    _require_shielding(findings, why)
    for other in open_renditions(case).filter(unit=named):
        if other.state == State.SENT:
            raise RenditionUnderWay(named.name)
        withdraw(case, other, why=Why.REPLACED, actor=actor, at=at)
    rendition = Rendition.objects.create(
        public_id=public_id(),
        case=case,
        unit=named,
        text=kept,
        findings=_stored(findings),
        reason=why,
        written_at=at,
        written_by=actor.user_id,
        written_by_name=actor.name,
    )
    fact = RenditionWritten(case.public_id, rendition.public_id, named.code, _codes(findings))
    write(case, fact, actor=actor, at=at, key=key, unit=named)
    return rendition


@transaction.atomic
def approve_rendition(
    ref: str, rendition: str, *, reason: str = "", actor: Actor, at: datetime, key: str
) -> Case:
    """Approve, as a second person, what is to be sent; it is held against the original again.

    Records RenditionApproved. Raises NotFound, NotPermitted, CaseIsClosed, RenditionElsewhere,
    SamePerson, RejectedTogether where something gives away or a finding has no reason.
    """
    case = lock_for(ref, act="rendition.approve", actor=actor)
    if is_repeat(case, key):
        return case
    found = _in_state(case, rendition, State.DRAFT)
    _require_open(case, found.unit)
    if actor.user_id == found.written_by:
        raise SamePerson
    why = _words(reason, "desk.reason_max", field="reason", at=at, may_be_empty=True)
    findings = findings_for(case, found.text, at=at)
    _require_shielding(findings, why)
    found.state = State.APPROVED
    found.approved_at, found.approved_by = at, actor.user_id
    found.approved_by_name, found.approval_reason = actor.name, why
    found.findings = _stored(findings)
    found.save(
        update_fields=["state", "approved_at", "approved_by", "approved_by_name"]
        + ["approval_reason", "findings"]
    )
    fact = RenditionApproved(case.public_id, rendition, found.unit.code, _codes(findings))
    write(case, fact, actor=actor, at=at, key=key, unit=found.unit)
    return case


@transaction.atomic
def send_rendition(ref: str, rendition: str, *, actor: Actor, at: datetime, key: str) -> Case:
    """Let the unit complained about read what was approved; its time to answer begins.

    Records RenditionSent. Raises NotFound, NotPermitted, CaseIsClosed, RenditionElsewhere.
    """
    case = lock_for(ref, act="rendition.write", actor=actor)
    if is_repeat(case, key):
        return case
    found = _in_state(case, rendition, State.APPROVED)
    _require_open(case, found.unit)
    limit = parameter("rendition.answer_limit", at)
    due = calendar_for(case, at).add(at, Limit(int(limit.value), LimitUnit(limit.unit)))
    found.state = State.SENT
    found.sent_at, found.due_at, found.due_is_provisional = at, due.at, due.provisional
    found.save(update_fields=["state", "sent_at", "due_at", "due_is_provisional"])
    fact = RenditionSent(case.public_id, rendition, found.unit.code, due.at.isoformat())
    write(case, fact, actor=actor, at=at, key=key, unit=found.unit)
    return case


@transaction.atomic
def withdraw_rendition(ref: str, rendition: str, *, actor: Actor, at: datetime, key: str) -> Case:
    """Take back what nobody has answered; the unit can read it no more.

    Records RenditionWithdrawn. Raises NotFound, NotPermitted, RenditionElsewhere.
    """
    case = lock_for(ref, act="rendition.write", actor=actor)
    if is_repeat(case, key):
        return case
    found = _in_state(case, rendition, State.DRAFT, State.APPROVED, State.SENT)
    withdraw(case, found, why=Why.BY_HAND, actor=actor, at=at, key=key)
    return case


@transaction.atomic
def answer_rendition(rendition: str, *, reply: str, actor: Actor, at: datetime, key: str) -> Asked:
    """Say, for the unit complained about, what it has to say; the case shows it.

    Records RenditionAnswered on the case, which the actor does not see. Raises NotFound,
    RenditionElsewhere, ReasonMissing, TooLong, SecretMarked.
    """
    asked = rendition_for(actor, rendition)
    said = _words(reply, "rendition.reply_max", field="reply", at=at)
    case = _lock_case_of(asked.ref)
    if is_repeat(case, key):
        return rendition_for(actor, rendition)
    found = _in_state(case, rendition, State.SENT)
    found.state, found.reply = State.ANSWERED, said
    found.answered_at, found.answered_by_name = at, actor.name
    found.save(update_fields=["state", "reply", "answered_at", "answered_by_name"])
    fact = RenditionAnswered(case.public_id, rendition, found.unit.code)
    write(case, fact, actor=actor, at=at, key=key, unit=found.unit)
    return rendition_for(actor, rendition)


@transaction.atomic
def read_rendition(rendition: str, *, actor: Actor, at: datetime) -> Asked:
    """Return what a unit was asked, and write down who read it. Raises NotFound.

    Records RenditionRead, about the rendition and not the case: who looked at the case is
    another question.
    """
    asked = rendition_for(actor, rendition)
    record(RenditionRead(rendition, asked.state), actor=actor, at=at)
    return asked


def _require_open(case: Case, unit: Unit) -> None:
    """Raise CaseIsClosed, or NotComplainedAbout where the case does not complain about a unit."""
    if case.status == Case.Status.CLOSED:
        raise CaseIsClosed(case.number)
    if unit.pk not in case.respondent_ids:
        raise NotComplainedAbout(unit.name)


def _lock_case_of(rendition: str) -> Case:
    """Lock the case of a rendition. Raises WrongState where it was merged in that moment."""
    rows = Rendition.objects.filter(public_id=rendition).values_list("case_id", flat=True)
    with wall.wider("answering"):
        ref = Case.objects.values_list("public_id", flat=True).get(pk=rows.get())
    wall.hold(rows)
    case = lock_case(ref)
    if rows.get() != case.pk:
        raise WrongState(
            "转述件刚刚有改动，说明没有保存。请再提交一次。",
            "The rendition has just been changed, so the reply was not kept. Send it once more.",
        )
    return case


def _in_state(case: Case, rendition: str, *states: Rendition.State) -> Rendition:
    """A rendition of a locked case, in one of the states. Says nothing of the case itself."""
    rows = Rendition.objects.filter(case=case).select_related("unit")
    found = None if "\0" in rendition else rows.filter(public_id=rendition).first()
    if found is None:
        raise NotFound
    if found.state not in states:
        raise RenditionElsewhere
    return found


def _words(text: str, most: str, *, field: str, at: datetime, may_be_empty: bool = False) -> str:
    """Return a text as it is kept. Raises TooLong, ReasonMissing, SecretMarked."""
    longest = int(parameter(most, at).value)
    if len(text) > longest:
        raise TooLong(longest, len(text), field=field)
    if not may_be_empty:
        require_words(text)
    require_open_words(text)
    return clean(text)


def _require_shielding(findings: Sequence[Finding], reason: str) -> None:
    """Raise RejectedTogether where something gives the complainant away."""
    faults: list[Rejected] = [
        GivesAway(one.message(), one.message("en"), field="text" if one.is_hard else "reason")
        for one in findings
        if one.is_hard or not reason
    ]
    if faults:
        raise RejectedTogether(faults)


def _codes(findings: Sequence[Finding]) -> list[str | int]:
    return [*dict.fromkeys(one.code for one in findings)]


def _stored(findings: Sequence[Finding]) -> list[dict[str, str]]:
    return [{"code": one.code, "said": one.said} for one in findings]
