"""Whoever is told of a matter takes it down, wherever it lies.

Serves: R041.
"""

from dataclasses import replace

import pytest

from linli.domain.cases.selectors import Case
from linli.domain.needs.tests.builders import build_read_town
from linli.web.desk.tests.builders import signed_in
from linli.web.desk.tests.test_intake import URL, call

pytestmark = pytest.mark.django_db


def test_a_clerk_of_another_place_takes_it_down_and_is_told_who_goes_on():
    cast = build_read_town().cast
    elsewhere = replace(cast.outsider.holdings[0], role="clerk")
    cast = replace(cast, outsider=replace(cast.outsider, holdings=(elsewhere,)))
    away, here = signed_in(cast, "outsider"), signed_in(cast, "clerk")
    done = away.get(away.post(URL, call())["Location"]).content.decode()
    case = Case.objects.get()
    link = f"/desk/cases/{case.public_id}/"

    assert case.number in done
    assert "已转给当地的受理员" in done
    assert link not in done
    assert (away.get(link).status_code, here.get(link).status_code) == (404, 200)


def test_a_clerk_of_the_place_finds_the_way_to_the_case():
    clerk = signed_in(build_read_town().cast, "clerk")
    done = clerk.get(clerk.post(URL, call())["Location"]).content.decode()

    assert f"/desk/cases/{Case.objects.get().public_id}/" in done
