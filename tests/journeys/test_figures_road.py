"""Figures on their way to the public: prepared, looked over by another, published, read.

Serves: R129 X01.
"""

import re

import pytest
from django.db import transaction
from django.test import Client

from linli.domain.figures.models import Release
from linli.domain.figures.tests.builders import Office, fill
from linli.kernel.clock import utc_now
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db
FULL = [[40, 30, 0], [25, 50, 0], [20, 45, 4]]


@pytest.fixture(scope="module")
def desks(django_db_setup, django_db_blocker):
    """The people of figures, each at a desk."""
    with django_db_blocker.unblock(), transaction.atomic():
        office = Office()
        fill(office, FULL)
        names = ("analyst", "leader", "street_analyst")
        found = {name: signed_in(office, name) for name in names}
        found["clerk"] = signed_in(office.town, "clerk")
        yield found
        transaction.set_rollback(True)


def test_one_prepares_another_publishes_and_everybody_reads(desks):
    """Serves: R039 R129."""
    page = desks["analyst"].get("/desk/figures/")
    assert '<option value="2026-10">' in page.content.decode()
    made = desks["analyst"].post("/desk/figures/", {"period": "2026-10"}, follow=True)
    preview = made.content.decode()
    address = made.redirect_chain[-1][0]
    assert "须由另一位负责人公布" in preview
    assert Client().get("/figures/1/").status_code == 404

    looked = desks["leader"].get(address).content.decode()
    assert "公布数据" in looked
    published = desks["leader"].post(address, follow=True)

    assert published.redirect_chain[-1][0] == "/figures/1/"
    told = Client().get("/figures/1/").content.decode()
    assert "214" in told
    assert "不公布" in told
    assert "2026-10" in Client().get("/figures/").content.decode()
    assert Client().get("/api/v1/figures").json()[0]["period"] == "2026-10"
    assert desks["leader"].get(address).status_code == 404


def test_who_prepared_cannot_publish_by_posting(desks):
    made = desks["leader"].post("/desk/figures/", {"period": "2026-10"}, follow=True)
    address = made.redirect_chain[-1][0]

    refused = desks["leader"].post(address)

    assert refused.status_code in (403, 404)
    assert Release.objects.get().state == "prepared"


@pytest.mark.parametrize("who", ["clerk"])
def test_others_find_nothing(desks, who):
    assert desks[who].get("/desk/figures/").status_code == 404
    assert desks[who].post("/desk/figures/", {"period": "2026-10"}).status_code == 404


def test_who_sees_a_part_of_the_area_prepares_nothing(desks):
    refused = desks["street_analyst"].post("/desk/figures/", {"period": "2026-10"})

    assert refused.status_code == 404
    assert not Release.objects.exists()


def test_a_period_that_is_not_due_is_no_choice(desks):
    this_month = f"{utc_now():%Y-%m}"

    answer = desks["analyst"].post("/desk/figures/", {"period": this_month})

    assert answer.status_code == 422
    assert not Release.objects.exists()


def test_the_public_page_is_in_english_too(desks):
    made = desks["analyst"].post("/desk/figures/", {"period": "2026-10"}, follow=True)
    desks["leader"].post(made.redirect_chain[-1][0])

    told = Client().get("/figures/1/", headers={"Accept-Language": "en"}).content.decode()

    assert "Counts below 10 are not published" in told
    assert "Cases by area" in told
    # Names of areas and units are as they are; all that the page itself says is in English.
    own = re.sub(r"<t[hd].*?</t[hd]>|<dd.*?</dd>", "", told, flags=re.DOTALL)
    assert "公布" not in own
