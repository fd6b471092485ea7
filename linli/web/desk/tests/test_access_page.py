"""The access page shows the table that is in force, and what one's own posts give.

Serves: R033 R129.
"""

import pytest

from linli.domain.cases.tests.builders import Town, build_town
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db
URL = "/desk/access/"


@pytest.fixture
def town() -> Town:
    return build_town()


def test_it_tells_a_handler_what_the_handlers_row_says(town):
    page = signed_in(town, "handler").get(URL).content.decode()

    assert "本单位经办 · 至封存" in page
    assert page.count("督办与催办") == 1  # in the table of all, not among one's own
    assert page.count("承办答复") == 2


def test_it_stands_in_english(town):
    client = signed_in(town, "handler")
    client.post("/-/i18n/setlang/", {"language": "en"})
    page = client.get(URL).content.decode()

    assert "handle and answer" in page
    assert "own unit&#x27;s work · up to Sealed" in page
    assert "承办答复" not in page


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client):
    assert client.get(URL).status_code == 302
