"""A record from its entry to a file of many, as people do it on the pages.

Serves: R017 R081.
"""

import csv
import re
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.domain.ledgers.models import Record
from linli.domain.ledgers.tests.builders import build_town
from linli.kernel.tables import open_table
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db
LEDGER = "/desk/ledgers/room/"
GOOD = "名称,区域,座位\n礼堂,9901,60\n会议室,990101,12\n"
BAD = "名称,区域,座位\n礼堂,9901,60\n会议室,990101,很多\n"


def sent(client: Client, path: str, **said: object) -> str:
    answer = client.post(path, said)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def looked_through(client: Client, text: str) -> tuple[int, str]:
    file = SimpleUploadedFile("rooms.csv", text.encode())
    answer = client.post(f"{LEDGER}import/", {"file": file})
    return answer.status_code, answer.content.decode()


def confirmed(client: Client, page: str) -> str:
    hidden = dict(re.findall(r'name="(key|packed|unit)"(?: value="([^"]*)")?', page))
    return client.post(f"{LEDGER}import/", hidden).content.decode()


def test_a_record_is_entered_changed_moved_by_two_and_joined_by_a_file_of_others():
    town = build_town()
    clerk, chief = signed_in(town, "clerk"), signed_in(town, "supervisor")

    room = {"f-title": "礼堂", "f-place": "9901", "f-seats": "40"}
    page = sent(clerk, f"{LEDGER}new/", key="n", **room)
    assert "礼堂" in clerk.get(LEDGER).content.decode()
    sent(clerk, f"{page}edit/", key="e", seen="1", **{**room, "f-seats": "50"})
    sent(clerk, f"{page}move-shut_down/", key="m", reason="装修")
    sent(chief, f"{page}decide/", key="d", granted="yes")
    sent(clerk, f"{page}move-open_again/", key="o")

    status, faulty = looked_through(clerk, BAD)
    assert status == 422
    assert re.search(r">3</th>\s*<td[^>]*>座位（座）</td>", faulty)
    assert Record.objects.count() == 1
    status, clean = looked_through(clerk, GOOD)
    assert (status, "将新增 1 条，更改 1 条" in clean) == (200, True)
    assert Record.objects.count() == 1
    assert "新增 1 条，更改 1 条" in confirmed(clerk, clean)
    assert "没有再导一次" in confirmed(clerk, clean)

    lines = clerk.get(f"{LEDGER}export.csv?order=title").content.decode("utf-8-sig")
    rows = {row["名称"]: row["座位"] for row in csv.DictReader(StringIO(lines))}
    assert rows == {"礼堂": "60", "会议室": "12"}
    sheet = open_table(BytesIO(clerk.get(f"{LEDGER}export.xlsx").content))
    assert [row.cells[1] for row in sheet.rows] == ["会议室", "礼堂"]
    again = looked_through(clerk, lines)[1]
    assert "将新增 0 条，更改 0 条，2 条没有变化" in again
    history = clerk.get(page).content.decode()
    told = re.findall(r'timeline__title">([^<]+)<', history)
    assert told == ["更改", "变更状态", "变更状态", "提出变更，待另一人审批", "更改", "登记"]
