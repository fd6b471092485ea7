"""Asking for a way in that takes a second person: a case beyond reach, or the identity behind one.

Whoever asks for a case beyond reach learns nothing from the answer: a number that no case bears is
taken like any other, and waits until nobody has decided.

Serves: R109 R129 X02 X08.
"""

from datetime import datetime, timedelta

from django.db import transaction

from linli.domain.access import wall
from linli.domain.access.events import OpeningAsked
from linli.domain.access.models import Opening, User
from linli.domain.access.rules.openings import (
    BREAK,
    GLASS,
    OPENINGS,
    PERSON,
    reasons_for,
    spans_of,
)
from linli.domain.access.selectors import Actor, is_open_at, is_shielded_from, may_on
from linli.domain.access.services import require, require_act
from linli.domain.audit.services import record
from linli.domain.cases.models import Case
from linli.domain.cases.selectors import case_for, needs_two_persons
from linli.domain.cases.services.steps import require_open_words, require_words
from linli.kernel.errors import NotPermitted, Rejected, WrongState
from linli.kernel.ids import is_case_number
from linli.methods.normalise import clean

State = Opening.State


@transaction.atomic
def ask_glass(number: str, *, reason: str, words: str, actor: Actor, at: datetime) -> Opening:
    """Ask for emergency access to one case by its number; answers alike whether there is one.

    For an urgent reason it stands open at once, and a second person confirms. Records OpeningAsked.
    Raises NotPermitted without `glass.break`, Rejected, ReasonMissing, and WrongState where too
    many asks wait.
    """
    require_act(actor, BREAK)
    asker = _locked_asker(actor)
    named = number.strip()
    if not is_case_number(named):
        raise Rejected(
            "工单编号的格式不对，形如 20261124-000123-7。请核对。",
            "This is no case number; one looks like 20261124-000123-7. Check it.",
            field="number",
        )
    _require_reason(GLASS, reason, words)
    with wall.wider("glass"):
        case = Case.objects.filter(number=named).first()
    if case is not None and may_on(actor, "case.view", case):
        raise Rejected(
            "这件工单您现在就能打开，不用申请。",
            "You can open this case as it is; there is nothing to ask for.",
            field="number",
        )
    is_urgent = reason in OPENINGS.glass.urgent
    _require_room(asker, named, is_urgent=is_urgent, at=at)
    is_given = is_urgent and case is not None and not is_shielded_from(actor, case)
    return _asked(
        Opening(
            kind=GLASS,
            user=asker,
            office=_office(actor, BREAK),
            number=named,
            case_ref=case.public_id if case else "",
            reason=reason,
            words=clean(words),
            is_urgent=is_urgent,
        ),
        is_given=is_given,
        actor=actor,
        at=at,
    )


@transaction.atomic
def ask_person(ref: str, *, reason: str, words: str, actor: Actor, at: datetime) -> Opening:
    """Ask to see who complains, where that takes a second person. Records OpeningAsked.

    Raises NotFound, NotPermitted, Rejected, ReasonMissing, and WrongState where one person is
    enough, or where it is open or asked for already.
    """
    case = case_for(actor, ref)
    require(actor, "person.view", case)
    asker = _locked_asker(actor)
    _require_reason(PERSON, reason, words)
    if not needs_two_persons(case):
        raise WrongState(
            "这件工单写明理由即可查看联系方式，不用第二人批准。",
            "In this case a reason is enough to see who it is; no second person is needed.",
        )
    mine = Opening.objects.filter(user=asker, kind=PERSON, case_ref=case.public_id)
    if (
        mine.filter(state=State.ASKED, decide_by__gt=at).exists()
        or mine.filter(is_open_at(at)).exists()
    ):
        raise WrongState(
            "您已申请查看这件工单的身份，正在等待审批或已经开启。请刷新页面。",
            "You have asked for this identity already: it waits, or stands open. Reload the page.",
        )
    opening = Opening(
        kind=PERSON,
        user=asker,
        office=_office(actor, "person.view"),
        number=case.number,
        case_ref=case.public_id,
        reason=reason,
        words=clean(words),
    )
    return _asked(opening, is_given=False, actor=actor, at=at)


def _locked_asker(actor: Actor) -> User:
    """Lock the account, so that two clicks at once are asked one after the other."""
    if actor.user_id is None:
        raise NotPermitted("特别查阅只能由工作人员本人申请。", "Only a member of staff may ask.")
    return User.objects.select_for_update().get(pk=actor.user_id)


def _require_reason(kind: str, reason: str, words: str) -> None:
    if reason not in reasons_for(kind):
        raise Rejected(
            "请从列表中选择一项理由。", "Choose one of the listed reasons.", field="reason"
        )
    require_words(words)
    require_open_words(words)


def _require_room(asker: User, number: str, *, is_urgent: bool, at: datetime) -> None:
    """Refuse too many asks, by what the asker knows: a refused one still counts as waiting."""
    asked = Opening.objects.filter(user=asker, kind=GLASS)
    waiting = list(asked.filter(decide_by__gt=at).exclude(state=State.GRANTED))
    if any(one.number == number for one in waiting):
        raise Rejected(
            "这个编号您已申请过，正在等待审批。",
            "You have asked for this number already; it waits for a decision.",
            field="number",
        )
    numbers = OPENINGS.numbers
    today = asked.filter(asked_at__gt=at - timedelta(days=1)).count()
    if (
        len(waiting) >= numbers.most_waiting.value
        or today >= numbers.most_a_day.value
        or (is_urgent and any(one.is_urgent for one in waiting))
    ):
        raise WrongState(
            "您等待审批的应急查阅申请，或今天的申请次数，已达上限。请等已有的申请办完。",
            "Too many of your asks wait, or were made today. Wait until those are decided.",
        )


def _asked(opening: Opening, *, is_given: bool, actor: Actor, at: datetime) -> Opening:
    spans = spans_of(opening.kind, is_urgent=opening.is_urgent)
    opening.asked_at, opening.decide_by = at, at + spans.wait
    if is_given:
        opening.starts_at, opening.ends_at = at, at + spans.open
    opening.save(force_insert=True)
    fact = OpeningAsked(
        opening=opening.public_id,
        kind=opening.kind,
        number=opening.number,
        case_ref=opening.case_ref,
        reason=opening.reason,
        is_urgent=opening.is_urgent,
        is_given=is_given,
    )
    record(fact, actor=actor, at=at)
    return opening


def _office(actor: Actor, act: str) -> str:
    return next((holding.unit_code for _, holding in actor.reaches(act)), "")
