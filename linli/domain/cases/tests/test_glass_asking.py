"""Emergency access: asked for blindly, and given by another who sees the case.

Serves: R129 X02 X08.
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from linli.domain.access.models import Opening
from linli.domain.access.rules.openings import OPENINGS, read_openings
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.cases.models import Case
from linli.domain.cases.selectors import (
    state_of,
    told_state_of,
    waiting_counts,
    waiting_openings,
)
from linli.domain.cases.services import (
    ask_glass,
    decide_opening,
    name_respondent,
)
from linli.domain.cases.tests.builders import AT
from linli.domain.cases.tests.glass import NOWHERE, OPEN, SOON, WAIT, ask, granted, sees
from linli.domain.cases.tests.posted import ELSEWHERE, acting, posted
from linli.domain.organisations.models import Member
from linli.kernel.errors import NotFound, NotPermitted, Rejected, WrongState
from linli.kernel.ids import case_number

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("reason", ["cover", "danger"])
def test_a_number_that_no_case_bears_is_taken_like_one_that_is_hidden(case, asker, reason):
    """What a refusal, or a missing case, would tell of is the same to whoever asked."""
    shut = name_respondent(
        case.public_id, unit="far", reason="投诉", actor=SYSTEM_ACTOR, at=AT, key="r"
    )
    other = posted("other", "clerk", unit="far", area=ELSEWHERE)
    hidden, absent = ask(asker, shut.number, reason=reason), ask(other, NOWHERE, reason=reason)

    told = ("state", "is_urgent", "reason", "asked_at", "decide_by", "starts_at", "ends_at")
    assert [getattr(hidden, f) for f in told] == [getattr(absent, f) for f in told]
    for at in (SOON, AT + WAIT):
        assert told_state_of(hidden, at=at) == told_state_of(absent, at=at)


def test_a_refusal_looks_like_an_ask_that_nobody_decides_on(case, asker, chief):
    hidden, absent = ask(asker, case.number), ask(asker, NOWHERE)
    hidden = decide_opening(hidden.public_id, granted=False, actor=acting(chief), at=AT)

    for at, word in ((SOON, "waiting"), (AT + WAIT, "lapsed")):
        assert told_state_of(hidden, at=at) == told_state_of(absent, at=at) == word
    assert state_of(hidden, at=SOON) == "refused"
    for number in (case.number, NOWHERE):
        with pytest.raises(Rejected, match="正在等待审批"):
            ask(asker, number, at=SOON)


def test_a_text_that_is_no_number_a_foreign_reason_and_no_words_are_refused(case, asker):
    for changed in ({"number": "王某"}, {"reason": "curious"}, {"words": " "}):
        said = {"number": case.number, "reason": "cover", "words": "替班", **changed}
        number = said.pop("number")
        with pytest.raises(Rejected):
            ask_glass(number, **said, actor=acting(asker), at=AT)


def test_nobody_asks_for_what_is_in_reach_or_without_a_post_that_may(case, chief, town):
    with pytest.raises(Rejected, match="现在就能打开"):
        ask(chief, case.number)
    for user in (posted("analyst", "analyst", area=ELSEWHERE), posted("boss", "admin")):
        with pytest.raises(NotPermitted):
            ask(user, case.number)
    with pytest.raises(NotPermitted):
        ask_glass(case.number, reason="cover", words="x", actor=SYSTEM_ACTOR, at=AT)


def test_one_person_has_few_asks_waiting_whether_or_not_there_are_such_cases(asker):
    most = OPENINGS.numbers.most_waiting.value
    for serial in range(most):
        ask(asker, case_number(AT.date(), 800 + serial))
    with pytest.raises(WrongState, match="上限"):
        ask(asker, NOWHERE)
    assert ask(asker, NOWHERE, at=AT + WAIT)


def test_a_day_has_an_end_of_asking(asker):
    most, at = OPENINGS.numbers.most_a_day.value, AT
    rows = [
        Opening(kind="glass", user=asker, number=f"{n}", asked_at=at, decide_by=at)
        for n in range(most)
    ]
    Opening.objects.bulk_create(rows)
    with pytest.raises(WrongState):
        ask(asker, NOWHERE, at=SOON)
    assert ask(asker, NOWHERE, at=AT + timedelta(days=1))


def test_only_another_who_sees_the_case_by_post_decides(case, asker, chief):
    opening = ask(asker, case.number)
    strangers = [
        posted("far_chief", "supervisor", unit="far", area=ELSEWHERE),
        posted("colleague", "clerk"),
        posted("auditor", "auditor"),
        asker,
    ]
    for user in strangers:
        with pytest.raises(NotFound):
            decide_opening(opening.public_id, granted=True, actor=acting(user), at=AT)
        assert not waiting_openings(acting(user), at=AT).exists()
    with pytest.raises(NotPermitted):
        decide_opening(opening.public_id, granted=True, actor=SYSTEM_ACTOR, at=AT)
    assert list(waiting_openings(acting(chief), at=AT)) == [opening]
    assert waiting_counts(acting(chief), ["openings"], at=AT)["openings"] == 1


def test_who_got_in_by_emergency_access_lets_nobody_else_in(case, asker, chief):
    two_posts = posted("two", "supervisor", unit="far", area=ELSEWHERE)
    granted(two_posts, chief, case)
    opening = ask(asker, case.number)
    assert sees(two_posts, case)
    with pytest.raises(NotFound):
        decide_opening(opening.public_id, granted=True, actor=acting(two_posts, SOON), at=SOON)


def test_a_supervisor_whose_level_is_too_low_decides_nothing(case, asker, chief):
    opening = ask(asker, case.number)
    Case.objects.filter(pk=case.pk).update(confidentiality="sealed")
    with pytest.raises(NotFound):
        decide_opening(opening.public_id, granted=True, actor=acting(chief), at=AT)


def test_whoever_asked_never_decides_even_with_a_post_that_reaches_the_case_since(case, asker):
    opening = ask(asker, case.number)
    seat = posted("borrowed", "supervisor")
    Member.objects.filter(user=seat).update(user=asker)
    with pytest.raises(NotPermitted, match="自己"):
        decide_opening(opening.public_id, granted=True, actor=acting(asker), at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.update(state="granted", decided_by=asker)


def test_it_is_decided_once_and_not_after_its_time(case, asker, chief):
    first, late = granted(asker, chief, case), ask(asker, NOWHERE)
    Opening.objects.filter(pk=late.pk).update(case_ref=case.public_id)
    for ref, at in ((first.public_id, SOON), (late.public_id, AT + WAIT)):
        with pytest.raises(WrongState):
            decide_opening(ref, granted=True, actor=acting(chief, at), at=at)
    assert Opening.objects.get(pk=first.pk).ends_at == AT + OPEN


def test_the_rules_refuse_an_urgent_reason_that_is_none_and_a_length_of_nothing():
    whole = OPENINGS.model_dump(mode="json")
    joyful = {**whole, "glass": {**whole["glass"], "urgent": ["joy"]}}
    for faulty in (joyful, {**whole, "numbers": {}}):
        with pytest.raises(ValueError, match="urgent|required"):
            read_openings(str(faulty))
