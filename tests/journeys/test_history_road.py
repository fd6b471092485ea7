"""Years past: a file with finished matters comes in by `linli import` and is like any other.

Serves: R014 R045 R081.
"""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import connection
from django.utils import timezone

from linli.config.cli.import_ import command
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.cases.models import Case
from linli.domain.cases.selectors import three_rates
from linli.domain.cases.tests.builders import Town, build_town, leaf_matter
from linli.web.desk.tests.builders import signed_in

MAPPING = """
source: old
columns: {source_id: 编号, body: 内容, received_at: 受理, area: 区域, matter: 事项}
outcome:
  columns: {unit: 主办, contacted_at: 联系, answered_at: 答复, closed_at: 办结, solved: 解决}
  solved: {是: solved, 否: unsolved}
"""
HEAD = ["编号", "内容", "受理", "区域", "事项", "主办", "联系", "答复", "办结", "解决"]


@pytest.fixture(autouse=True)
def town(db, monkeypatch) -> Town:
    monkeypatch.setenv("LINLI_DATABASE_URL", f"postgresql:///{connection.settings_dict['NAME']}")
    monkeypatch.setenv("LINLI_ROLE", "owner")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    return build_town()


def take(folder: Path, *rows: tuple[str, ...]) -> Result:
    (folder / "m.yaml").write_text(MAPPING, encoding="utf-8")
    with (folder / "years.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    called = [str(folder / "years.csv"), "--mapping", str(folder / "m.yaml")]
    return CliRunner().invoke(command, called, catch_exceptions=False)


def row(number: str, *, unit: str = "works", closed: str = "2025-03-07") -> tuple[str, ...]:
    place, solved = "990101001001", "是" if closed else ""
    begun = ("2025-03-03 09:00", place, leaf_matter())
    return (number, f"半夜打桩{number}", *begun, unit, "2025-03-03 10:00", closed, closed, solved)


def test_finished_rows_are_history_and_the_rest_waits(tmp_path):
    said = take(tmp_path, row("1"), row("2", closed=""), row("3", unit="nobody"))

    assert "3 rows read: 2 taken, 0 already known, 1 refused" in said.output
    assert "row 4 主办: There is no unit nobody" in said.output
    assert sorted(Case.objects.values_list("status", flat=True)) == ["closed", "open"]
    _, refused = csv.reader((tmp_path / "years.csv.errors.csv").open(encoding="utf-8-sig"))
    assert refused[:2] == ["4", "主办"]


def test_the_desk_tells_where_it_came_from_and_what_was_in_time(town, tmp_path):
    take(tmp_path, row("1"))
    case = Case.objects.get()
    page = signed_in(town, "clerk").get(f"/desk/cases/{case.public_id}/")
    now = timezone.now()
    rates = three_rates(SYSTEM_ACTOR, since=case.received_at, until=now, at=now)

    assert page.status_code == 200
    assert "从原系统转入已办结件" in page.content.decode()
    assert {rate.code: rate.percent for rate in rates}["response_rate"] == 100.0
