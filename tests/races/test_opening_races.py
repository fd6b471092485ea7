"""Two clicks at the same moment on special access: one of them counts.

Serves: R129 X02.
"""

import pytest

from linli.domain.access.models import Opening, User
from linli.domain.audit.selectors import facts_about, verify_chain
from linli.domain.cases.models import Case
from linli.domain.cases.services import decide_opening, end_opening
from linli.domain.cases.tests.builders import AT, build_town, new_case
from linli.domain.cases.tests.glass import SOON, ask, granted
from linli.domain.cases.tests.posted import ELSEWHERE, acting, posted
from tests.races.racing import race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case() -> Case:
    return new_case(build_town())


@pytest.fixture
def asker(case: Case) -> User:
    return posted("asker", "clerk", unit="far", area=ELSEWHERE)


def test_of_two_asks_for_one_number_at_once_one_is_kept(case, asker):
    came = race(*[lambda: ask(asker, case.number)] * 2)

    assert sorted(came) == ["Rejected", "done"]
    assert Opening.objects.count() == 1


def test_of_decisions_at_once_one_stands(case, asker):
    chiefs = [acting(posted(f"chief{n}", "supervisor")) for n in range(2)]
    ref = ask(asker, case.number).public_id

    came = race(
        *[
            lambda by=by, yes=yes: decide_opening(ref, granted=yes, actor=by, at=AT)
            for by, yes in zip(chiefs, (True, False), strict=True)
        ]
    )

    assert sorted(came) == ["WrongState", "done"]
    assert len(facts_about("opening", ref)) == 2
    assert verify_chain().is_whole


def test_of_two_who_shut_it_at_once_one_did(case, asker):
    chief = posted("chief", "supervisor")
    ref = granted(asker, chief, case).public_id

    by = acting(chief, SOON)
    came = race(*[lambda: end_opening(ref, actor=by, at=SOON)] * 2)

    assert sorted(came) == ["WrongState", "done"]
