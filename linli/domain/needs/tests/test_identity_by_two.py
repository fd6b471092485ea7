"""Where a reporter is to be protected, one person's reason is not enough to see who it is.

Serves: R109 R129 X02 X08.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from linli.domain.access.models import Opening, User
from linli.domain.access.rules.openings import OPENINGS
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.audit.models import Journal
from linli.domain.audit.selectors import views_of
from linli.domain.cases.models import Case
from linli.domain.cases.selectors import (
    asked_person,
    looks_at,
    needs_two_persons,
    told_state_of,
    waiting_openings,
)
from linli.domain.cases.services import (
    ask_glass,
    ask_person,
    decide_opening,
    end_opening,
    name_respondent,
)
from linli.domain.cases.tests.builders import AT
from linli.domain.cases.tests.posted import ELSEWHERE, acting, posted
from linli.domain.needs.services import open_reporter
from linli.domain.needs.tests.builders import ReadTown, build_read_town, receive, said
from linli.kernel.errors import NotFound, NotPermitted, Rejected, WrongState

pytestmark = pytest.mark.django_db
NAME, PHONE = "林小满", "10000000000"
SOON = AT + timedelta(minutes=5)
OPEN = timedelta(minutes=OPENINGS.numbers.person_open.value)


@pytest.fixture
def town() -> ReadTown:
    return build_read_town()


@pytest.fixture
def case(town: ReadTown) -> Case:
    asked = replace(said(), reporter_name=NAME, reporter_phone=PHONE)
    case = receive(asked).case
    Case.objects.filter(pk=case.pk).update(confidentiality="sensitive")
    case.refresh_from_db()
    return case


@pytest.fixture
def clerk(town: ReadTown) -> User:
    return posted("clerk_of_two", "clerk")


@pytest.fixture
def chief(town: ReadTown) -> User:
    return posted("chief", "supervisor")


def ask(user: User, case: Case, *, at=AT) -> Opening:
    words = "约定今天下午回电"
    return ask_person(case.public_id, reason="contact", words=words, actor=acting(user, at), at=at)


def opened(user: User, case: Case, *, at=SOON) -> str:
    actor = acting(user, at)
    return open_reporter(case.public_id, actor=actor, reason="reply", at=at).name


def agreed(clerk: User, chief: User, case: Case) -> Opening:
    ref = ask(clerk, case).public_id
    return decide_opening(ref, granted=True, actor=acting(chief), at=AT)


def test_a_reason_alone_opens_nothing_and_leaves_no_look(case, clerk):
    with pytest.raises(NotPermitted, match="另一人批准"):
        opened(clerk, case)
    ask(clerk, case)
    with pytest.raises(NotPermitted):
        opened(clerk, case)
    assert views_of(case.public_id) == []


def test_once_another_has_agreed_it_is_open_to_one_person_for_one_case_and_a_while(
    case, clerk, chief
):
    opening = agreed(clerk, chief, case)
    other = new_case_like(case)

    assert opened(clerk, case) == NAME
    view = views_of(case.public_id)[0]
    assert (view.purpose, view.opening) == ("contact", opening.public_id)
    assert (looks_at(case)[0].is_of_person, looks_at(case)[0].is_by_two) == (True, True)
    for user, where, at in (
        (clerk, case, AT + OPEN),
        (chief, case, SOON),
        (posted("colleague", "clerk"), case, SOON),
        (clerk, other, SOON),
    ):
        with pytest.raises(NotPermitted):
            opened(user, where, at=at)


def new_case_like(case: Case) -> Case:
    asked = replace(said("另一处工地夜里施工"), reporter_name="王一", reporter_phone=PHONE)
    other = receive(asked, key="k2").case
    Case.objects.filter(pk=other.pk).update(confidentiality="sensitive")
    return other


def test_the_identity_never_reaches_the_journal(case, clerk, chief):
    agreed(clerk, chief, case)
    opened(clerk, case)
    written = "".join(Journal.objects.values_list("payload", flat=True))
    assert NAME not in written
    assert PHONE not in written
    assert "约定今天下午" not in written
    assert Journal.objects.filter(event__startswith="opening_").count() == 2


def test_an_ordinary_case_opens_for_a_reason_as_before_until_a_unit_is_complained_about(
    case, clerk
):
    Case.objects.filter(pk=case.pk).update(confidentiality="ordinary")
    case.refresh_from_db()
    assert not needs_two_persons(case)
    assert opened(clerk, case) == NAME
    with pytest.raises(WrongState, match="不用第二人"):
        ask(clerk, case)
    name_respondent(case.public_id, unit="works", reason="投诉", actor=SYSTEM_ACTOR, at=AT, key="r")
    with pytest.raises(NotPermitted):
        opened(clerk, case)


def test_neither_who_asked_nor_a_clerk_nor_the_complained_about_agrees(case, clerk, chief):
    own = ask(chief, case)
    with pytest.raises(NotPermitted, match="自己"):
        decide_opening(own.public_id, granted=True, actor=acting(chief), at=AT)
    assert not waiting_openings(acting(chief), at=AT).exists()
    stranger = posted("elsewhere", "supervisor", unit="far", area=ELSEWHERE)
    blamed = posted("blamed", "leader", unit="works")
    name_respondent(case.public_id, unit="works", reason="投诉", actor=SYSTEM_ACTOR, at=AT, key="r")
    for user in (clerk, stranger, blamed):
        with pytest.raises(NotFound):
            decide_opening(own.public_id, granted=True, actor=acting(user), at=AT)
    leader = posted("leader", "leader")
    assert decide_opening(own.public_id, granted=True, actor=acting(leader), at=AT)


def test_it_ends_when_the_right_to_look_does(case, clerk, chief):
    waiting, opening = ask(posted("other", "clerk"), case), agreed(clerk, chief, case)
    Case.objects.filter(pk=case.pk).update(respondent_ids=[acting(clerk).unit_ids()[0]])
    with pytest.raises(NotFound):
        opened(clerk, case)
    Case.objects.filter(pk=case.pk).update(respondent_ids=[], status="closed", closed_at=SOON)
    with pytest.raises(NotPermitted):  # clerks look while the case is open
        opened(clerk, case)
    with pytest.raises(WrongState, match="岗位"):
        decide_opening(waiting.public_id, granted=True, actor=acting(chief), at=SOON)
    Case.objects.filter(pk=case.pk).update(status="open", closed_at=None)
    end_opening(opening.public_id, actor=acting(chief), at=SOON)
    with pytest.raises(NotPermitted):
        opened(clerk, case)


def test_it_is_asked_for_once_at_a_time_and_a_refusal_is_told(case, clerk, chief):
    first = ask(clerk, case)
    assert asked_person(case, acting(clerk), at=AT) == first
    with pytest.raises(WrongState, match="已申请"):
        ask(clerk, case)
    with pytest.raises(Rejected):
        ask_person(case.public_id, reason="joy", words="x", actor=acting(clerk), at=AT)
    first = decide_opening(first.public_id, granted=False, actor=acting(chief), at=AT)
    assert told_state_of(first, at=SOON) == "refused"
    assert ask(clerk, case)


def test_emergency_access_shows_nobody_s_name(case, clerk, chief):
    asker = posted("asker", "clerk", unit="far", area=ELSEWHERE)
    actor = acting(asker)
    ref = ask_glass(case.number, reason="cover", words="替班", actor=actor, at=AT).public_id
    decide_opening(ref, granted=True, actor=acting(chief), at=AT)
    for level in ("sensitive", "ordinary"):
        Case.objects.filter(pk=case.pk).update(confidentiality=level)
        with pytest.raises(NotPermitted):
            opened(asker, case)
        with pytest.raises(NotPermitted):
            ask(asker, case, at=SOON)
