"""The main job without a browser, as `make demo` plays it.

Serves: R009 R019 R041 R045 R081.
"""

import csv
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from linli.config.demo import SAMPLES
from linli.config.demo.play import Played, play_file
from linli.config.demo.rows import write_rows
from linli.config.preparing import all_packs, publish_packs
from linli.domain.cases.models import Case
from linli.kernel.clock import utc_now
from linli.town.settling import settle_offices

pytestmark = pytest.mark.django_db
ROWS = 60


@pytest.fixture
def played(tmp_path) -> Played:
    at = utc_now()
    publish_packs(all_packs(), at=at)
    settle_offices(at=at)
    file = first_rows(tmp_path / "hotline.csv", ROWS)
    return play_file(
        file, SAMPLES / "hotline.mapping.yaml", at=at, progress=lambda done, total: None
    )


def first_rows(target: Path, count: int) -> Path:
    with (SAMPLES / "hotline.csv").open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.reader(source))[: count + 1]
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    shutil.copy(SAMPLES / "hotline.truth.json", target.with_name("hotline.truth.json"))
    return target


def test_every_row_ends_dispatched_joined_or_with_a_person_as_of_its_files_last_moment(played):
    assert played.tally.taken == len(played.fates) == Case.objects.count() == ROWS
    assert {fate.done for fate in played.fates} >= {"dispatched", "person"}
    for fate in played.fates:
        assert bool(fate.unit) == (fate.done == "dispatched")
        assert bool(fate.why) == (fate.done == "person")
        stage = Case.objects.get(pk=fate.case.pk).stage
        assert stage == {"dispatched": "handle", "joined": "closed", "person": "triage"}[fate.done]
    in_all = {name[0].strip(): numbers[0] for name, numbers in played.tables[0].rows}
    kinds = ("按职责派单", "并入重复件", "交人判断")
    assert in_all["收到"] == sum(in_all[kind] for kind in kinds) == ROWS
    assert in_all["交人判断"] == sum(
        in_all[why] for why in ("事项拿不准", "地点拿不准", "职责清单没有列出")
    )
    assert sum(numbers[0] for _, numbers in played.tables[3].rows) == ROWS
    against = {name[0]: numbers for name, numbers in played.tables[4].rows}
    acted, left = against["事项：直接办理的"], against["事项：交人的首选"]
    assert acted[0] + left[0] == ROWS
    assert acted[0] == in_all["按职责派单"] + in_all["并入重复件"]
    assert all(numbers[0] == sum(numbers[1:]) for numbers in against.values())
    assert acted[1] > acted[3]
    cases = Case.objects.order_by("-received_at")
    assert played.at == cases[0].received_at
    assert all(case.opened_at == played.at for case in cases)
    assert utc_now() - played.at > timedelta(days=1)


def test_each_row_is_written_with_its_outcome_and_reason_and_what_is_open_is_said(played, tmp_path):
    write_rows(played.fates, path=tmp_path / "rows.csv")

    with (tmp_path / "rows.csv").open(encoding="utf-8-sig", newline="") as file:
        _, *rows = list(csv.reader(file))
    assert len(rows) == ROWS
    assert all(row[5] for row in rows if "并入" not in row[4])
    assert all(row[6] for row in rows if row[4].startswith("交人"))
    assert any("从受理时间算起" in zh for zh, _ in played.remarks)
