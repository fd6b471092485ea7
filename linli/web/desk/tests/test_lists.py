"""What waits stands in the order in which it must be done, and says why it waits.

Serves: R020 R129.
"""

import csv
import io
import re

import pytest

from linli.domain.cases.services import dispatch_case, fire_timers
from linli.domain.cases.tests.builders import AT, Town, build_town, later, new_case
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return build_town()


def titles(page: str) -> list[str]:
    return [title for title in re.findall(r"第[一二三]件", page) if title]


def test_the_most_urgent_stands_first_though_others_are_due_before_it(town):
    new_case(town, key="1", title="第一件")
    new_case(town, key="2", title="第二件", received_at=later(hours=3), urgency="emergency")
    new_case(town, key="3", title="第三件")

    page = signed_in(town, "clerk").get("/desk/").content.decode()

    assert titles(page)[0] == "第二件"


def test_what_is_supervised_shows_the_limit_of_its_case_and_why_it_waits(town):
    case = new_case(town)
    dispatch_case(case.public_id, to="works", actor=town.clerk, at=later(minutes=5), key="d")
    fire_timers(at=later(days=30))

    page = signed_in(town, "supervisor").get("/desk/").content.decode()

    row = page[page.index(case.title) :]
    assert "督办" in row
    assert "剩余" in row


def test_the_export_speaks_the_language_of_the_page_and_local_time(town):
    case = new_case(town)
    clerk = signed_in(town, "clerk")
    answer = clerk.get("/desk/cases/export/")
    text = b"".join(answer).decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(text)))

    assert row["工单编号"] == case.number
    assert row["环节"] == "受理派单"
    assert row["受理时间"].endswith(f"{AT.hour + 8}:00")
    assert re.search(r'filename="cases-[0-9]{8}-L[0-9]+-[0-9]\.csv"', answer["Content-Disposition"])
    clerk.post("/-/i18n/setlang/", {"language": "en"})
    english = b"".join(clerk.get("/desk/cases/export/")).decode("utf-8-sig")
    assert english.startswith("Case number,Title,Matter,Area,Lead unit,Stage,Received,Limit")
