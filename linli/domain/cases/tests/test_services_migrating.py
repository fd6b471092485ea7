"""Cases that go on under another version of their standard.

Serves: R014 R107 X02.
"""

import shutil
from pathlib import Path

import pytest

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.cases import services
from linli.domain.cases.models import Case, CaseEvent, Timer, WorkItem
from linli.domain.cases.tests.builders import AT, Town, later
from linli.domain.cases.tests.trials import PACK, done, opened, publish_trial
from linli.domain.catalogue.services import publish_pack
from linli.kernel.errors import NotPermitted, Rejected

pytestmark = pytest.mark.django_db
RENAMED = {"gather": "collect"}
CHANGES = {
    "  - key: gather": "  - key: collect",
    "to: gather": "to: collect",
    "limit: {value: 5, unit: working_day": "limit: {value: 8, unit: working_day",
    'version: "2026.1"': 'version: "2026.2"',
}


def publish_next(folder: Path, **more: str) -> None:
    """Put the next version in force, in which a stage has another name and limit."""
    shutil.copytree(PACK, folder / "trial")
    for name in ("pack.yaml", "standards/trial.yaml"):
        file = folder / "trial" / name
        text = file.read_text(encoding="utf-8")
        for old, new in {**CHANGES, **more}.items():
            text = text.replace(old, new)
        file.write_text(text, encoding="utf-8")
    publish_pack(folder / "trial", actor=SYSTEM_ACTOR, at=AT)


@pytest.fixture
def gathering(town: Town, tmp_path: Path) -> Case:
    """A case in the stage that is renamed, and one in another."""
    publish_trial()
    case = done(opened(town.handler), "accept", town.handler, kind="split")
    done(opened(town.handler, key="t1"), "accept", town.handler, kind="plain")
    publish_next(tmp_path)
    return case


def plan(mapping: dict[str, str]) -> dict[str, list[str]]:
    planned = services.plan_migration("trial", to="2026.2", mapping=mapping, actor=SYSTEM_ACTOR)
    return {
        one.stage: [one.landing.stage, *(zh for zh, _ in one.landing.refusals)] for one in planned
    }


def migrate(mapping: dict[str, str], batch: str = "b1") -> dict[str, int]:
    return services.migrate_cases(
        "trial", to="2026.2", mapping=mapping, batch=batch, actor=SYSTEM_ACTOR, at=later(hours=1)
    )


def test_the_plan_names_where_each_case_lands_and_changes_nothing(gathering):
    assert plan(RENAMED) == {"gather": ["collect"], "work": ["work"]}
    assert plan({})["gather"] == ["gather", "新版没有环节“gather”，也没有给出对照"]
    assert not CaseEvent.objects.filter(activity="case_migrated").exists()


def test_the_plan_says_what_changes(gathering):
    planned = services.plan_migration("trial", to="2026.2", mapping=RENAMED, actor=SYSTEM_ACTOR)
    said = next(one.landing.changes for one in planned if one.stage == "gather")
    assert any("5个工作日 改为 8个工作日" in zh for zh, _ in said)


def test_a_case_that_is_taken_over_keeps_unit_due_time_and_timers_and_goes_on(gathering, town):
    before = WorkItem.objects.get(case=gathering, state="open")
    rings = list(Timer.objects.order_by("pk").values_list("fire_at", flat=True))

    assert migrate(RENAMED) == {"moved": 2, "refused": 0}

    case = Case.objects.get(pk=gathering.pk)
    item = WorkItem.objects.get(case=case, state="open")
    assert (case.stage, item.stage, case.standard.version) == ("collect", "collect", "2026.2")
    assert (item.due_at, item.unit_id, case.due_at) == (
        before.due_at, before.unit_id, gathering.due_at,
    )  # fmt: skip
    assert list(Timer.objects.order_by("pk").values_list("fire_at", flat=True)) == rings
    assert done(case, "joined", town.handler, at=later(hours=2)).stage == "decide"


def test_what_cannot_land_stays_under_its_version(gathering):
    assert migrate({}) == {"moved": 1, "refused": 1}
    assert Case.objects.get(pk=gathering.pk).standard.version == "2026.1"


def test_a_batch_is_undone_save_for_what_has_gone_on(gathering, town):
    migrate(RENAMED)
    other = Case.objects.exclude(pk=gathering.pk).get()
    done(other, "done", town.handler, at=later(hours=2))

    counts = services.undo_migration("b1", actor=SYSTEM_ACTOR, at=later(hours=3))

    case = Case.objects.get(pk=gathering.pk)
    assert counts == {"moved": 1, "refused": 1}
    assert (case.stage, case.standard.version) == ("gather", "2026.1")
    assert WorkItem.objects.get(case=case, state="open").stage == "gather"
    assert case.due_at == gathering.due_at


def test_a_batch_undone_twice_moves_nothing_more(gathering):
    migrate(RENAMED)
    services.undo_migration("b1", actor=SYSTEM_ACTOR, at=later(hours=3))

    counts = services.undo_migration("b1", actor=SYSTEM_ACTOR, at=later(hours=4))
    assert counts == {"moved": 0, "refused": 2}


def test_two_stages_are_not_mapped_to_one(gathering):
    with pytest.raises(Rejected):
        migrate({"gather": "work", "decide": "work"})


def test_nobody_without_the_right_to_publish_takes_cases_over(gathering, town):
    with pytest.raises(NotPermitted):
        services.plan_migration("trial", to="2026.2", mapping={}, actor=town.supervisor)
