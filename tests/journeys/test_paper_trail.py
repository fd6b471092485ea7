"""What guides a person at a case, and what is written down of what they do."""

import pytest

from linli.domain.audit.models import Journal
from linli.domain.audit.selectors import verify_chain
from linli.domain.cases.tests.builders import Town, build_town, new_case
from linli.domain.catalogue.selectors import StandardDef
from linli.kernel.units import Limit
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return build_town()


def test_the_card_of_the_stage_says_what_is_done_where_and_in_what_time(town):
    """Serves: R015 R105 R107 R108."""
    case = new_case(town)
    standard: StandardDef = case.standard.definition
    stage = standard.first_stage

    page = signed_in(town, "clerk").get(f"/desk/cases/{case.public_id}/").content.decode()

    assert stage.own_limit is not None
    limit: Limit = stage.own_limit.limit
    for words in (stage.title, stage.place, limit.text(), *(line.text for line in stage.content)):
        assert words in page


def test_a_list_that_leaves_is_written_down_with_its_size_its_question_and_whose_it_is(town):
    """Serves: X10 X02."""
    for number in range(3):
        new_case(town, key=f"k{number}")
    clerk = signed_in(town, "clerk")

    b"".join(clerk.get("/desk/cases/export/?q=施工"))

    row = Journal.objects.get(event="rows_exported")
    assert '"rows":3' in row.payload
    assert "q=" in row.payload
    assert row.actor_id == town.clerk.user_id
    assert verify_chain().is_whole


def test_a_list_that_is_refused_leaves_nothing_and_is_not_written_down(town):
    """Serves: X10."""
    new_case(town)

    answer = signed_in(town, "handler").get("/desk/cases/export/")

    assert answer.status_code == 404
    assert not Journal.objects.filter(event="rows_exported").exists()


def test_every_look_at_a_persons_data_is_written_down(town):
    """Serves: X02 R109."""
    case = new_case(town)

    signed_in(town, "clerk").post(f"/desk/cases/{case.public_id}/person/", {"reason": "contact"})

    row = Journal.objects.get(event="personal_data_viewed")
    assert (row.subject_id, row.actor_id) == (case.public_id, town.clerk.user_id)
    assert "reporter_phone" in row.payload
    assert '"purpose":"contact"' in row.payload
