"""Finished rows of an export come in as history, the others the normal way.

Serves: R045 R081.
"""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.audit.selectors import verify_chain
from linli.domain.cases.models import Case, Timer
from linli.domain.cases.selectors import answers_of, feedback_of
from linli.domain.cases.tests.builders import AT, leaf_matter
from linli.domain.needs.models import Message, Reading
from linli.domain.needs.services import ImportedBatch, import_messages, mapping_of, read_export
from linli.domain.needs.tests.builders import COMMUNITY, build_read_town
from linli.domain.organisations.models import Unit

pytestmark = pytest.mark.django_db
HEAD = "编号,时间,内容,区域,事项,主办,协办,答复时间,办结时间,结果,解决,满意,答复"
MAPPING = """
source: old
columns: {source_id: 编号, received_at: 时间, body: 内容, area: 区域, matter: 事项}
outcome:
  columns:
    {unit: 主办, co_units: 协办, answered_at: 答复时间, closed_at: 办结时间, outcome: 结果,
     solved: 解决, satisfied: 满意, answer: 答复}
  units: {城管: works}
  outcomes: {告知: route, 强制办结: unreachable}
  solved: {是: solved, 否: unsolved, 联系不上: unreachable}
  satisfied: {满意: satisfied, 不满意: dissatisfied}
"""
ROW = {
    "编号": "1",
    "时间": "2025-03-03 10:00",
    "内容": "半夜打桩",
    "区域": COMMUNITY,
    "主办": "城管",
    "协办": "供水所、",
    "答复时间": "2025-03-06 09:00",
    "办结时间": "2025-03-07 09:00",
    "解决": "是",
    "满意": "满意",
    "答复": "已停工",
}


@pytest.fixture(scope="module", autouse=True)
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The street, laid out once for the tests below and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        build_read_town()
        Unit.objects.filter(code="water").update(name="供水所")
        yield
        transaction.set_rollback(True)


def take(*rows: dict[str, str], mapping: str = MAPPING, is_trial: bool = False) -> ImportedBatch:
    """Import rows, each the usual one but for what it changes."""
    lines = io.StringIO()
    out = csv.DictWriter(lines, HEAD.split(","))
    out.writeheader()
    out.writerows({**ROW, "事项": leaf_matter(), **row} for row in rows)
    export = read_export(
        io.BytesIO(lines.getvalue().encode()), mapping_of(mapping.encode(), name="m.yaml"), at=AT
    )
    return next(import_messages(export.rows, actor=SYSTEM_ACTOR, at=AT, is_trial=is_trial))


def faults(batch: ImportedBatch) -> list[tuple[int | None, str | None]]:
    return [(fault.row, fault.field) for one in batch.refused for fault in one.faults]


def test_a_finished_row_becomes_a_closed_case():
    assert take({}).taken == 1

    case = Case.objects.get()
    assert (case.status, case.outcome) == ("closed", "solved")
    assert case.lead_unit is not None
    assert case.lead_unit.code == "works"
    assert len(case.unit_ids) == 2
    assert case.closed_at == datetime(2025, 3, 7, 1, tzinfo=UTC)
    assert [answer.reason for answer in answers_of(case)] == ["已停工"]
    assert [(s.solved, s.satisfied) for s in feedback_of(case)] == [("solved", "satisfied")]


def test_an_unfinished_row_of_the_same_file_waits_for_the_clerk():
    came = take({}, {"编号": "2", "办结时间": "", "答复时间": "", "解决": "", "满意": ""})

    assert came.taken == 2
    first, second = came.received
    assert (first.case.status, second.case.status) == ("closed", "open")
    assert second.case.stage == "triage"
    assert Timer.objects.filter(item__case=second.case).exists()
    assert not Timer.objects.filter(item__case=first.case).exists()
    assert not verify_chain().faults


def test_the_same_file_a_second_time_changes_nothing():
    take({})
    again = take({})

    assert (again.taken, again.known) == (0, 1)
    assert Case.objects.count() == Message.objects.count() == 1


def test_a_stated_matter_is_kept_and_nothing_is_guessed():
    take({}, {"编号": "2", "内容": "半夜打桩太吵", "事项": ""})

    stated, read = Message.objects.order_by("id")[0], Reading.objects.get()
    assert read.message != stated
    assert stated.case.matter.code == leaf_matter()
    assert read.model
    assert read.duplicates == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"主办": "没有这个单位"}, "unit"),
        ({"协办": "也没有"}, "co_units"),
        ({"结果": "不知道"}, "outcome"),
        ({"结果": "告知"}, "outcome"),
        ({"解决": "", "结果": ""}, "outcome"),
        ({"解决": "也许"}, "solved"),
        ({"满意": "还行"}, "satisfied"),
        ({"办结时间": "2025-03-01", "答复时间": ""}, "closed_at"),
        ({"办结时间": "2027-03-01"}, "closed_at"),
        ({"办结时间": "明天"}, "closed_at"),
        ({"答复时间": "2025-03-01"}, "answered_at"),
        ({"答复": "机密★10年"}, "答复"),
    ],
)
@pytest.mark.parametrize("is_trial", [False, True])
def test_a_bad_outcome_refuses_its_row_alone(changed, field, is_trial):
    came = take({"编号": "9"}, changed, is_trial=is_trial)

    assert came.taken == 1
    assert {row for row, _ in faults(came)} == {3}
    assert field in [name for _, name in faults(came)]


def test_rows_that_do_not_say_how_they_ended_end_as_the_mapping_says():
    mapping = MAPPING + "  otherwise: unreachable\n"
    take({"解决": "", "满意": ""}, mapping=mapping)

    case = Case.objects.get()
    assert case.outcome == "unreachable"
    assert feedback_of(case) == []


def test_a_file_may_end_a_matter_that_its_resident_held_for_unsolved():
    take({"解决": "否", "满意": "不满意"})

    assert Case.objects.get().outcome == "unsolved"
