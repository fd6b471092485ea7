"""Special access behind the second wall: asked blindly, given, looked at, and shut by the shield.

Serves: R129 X02 X08.
"""

import pytest

from linli.domain.access.wall import see_as
from linli.domain.audit.selectors import views_of
from linli.domain.cases.models import Case
from linli.domain.cases.selectors import openings_within, waiting_openings
from linli.domain.cases.services import decide_opening, look_at_case
from linli.domain.cases.tests.builders import AT, build_town, new_case
from linli.domain.cases.tests.glass import NOWHERE, SOON, ask
from linli.domain.cases.tests.posted import ELSEWHERE, acting, posted
from linli.kernel.errors import NotFound
from tests.behind import behind_the_wall

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return new_case(build_town())


def test_two_persons_open_a_case_that_the_database_itself_hides(case):
    asker = posted("asker", "clerk", unit="far", area=ELSEWHERE)
    chief = posted("chief", "supervisor")
    with behind_the_wall():
        see_as(acting(asker))
        hidden, absent = ask(asker, case.number), ask(asker, NOWHERE)
        assert not Case.objects.exists()
        see_as(acting(chief))
        assert list(waiting_openings(acting(chief), at=AT)) == [hidden]
        decide_opening(hidden.public_id, granted=True, actor=acting(chief), at=AT)
        with pytest.raises(NotFound):
            decide_opening(absent.public_id, granted=True, actor=acting(chief), at=AT)
        see_as(acting(asker, SOON))
        assert look_at_case(case.public_id, actor=acting(asker, SOON), at=SOON) == case
    assert views_of(case.public_id)[0].opening == hidden.public_id


def test_what_an_auditor_s_own_unit_is_complained_about_for_stays_shut(case):
    opening = ask(posted("asker", "clerk", unit="far", area=ELSEWHERE), case.number)
    watch = posted("watch", "auditor")
    with behind_the_wall():
        see_as(acting(watch))
        assert list(openings_within(acting(watch))) == [opening]
    Case.objects.update(respondent_ids=list(acting(watch).unit_ids()))
    with behind_the_wall():
        see_as(acting(watch))
        assert not openings_within(acting(watch)).exists()
