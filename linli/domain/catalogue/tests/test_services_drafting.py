"""The next version of a pack, worked on by one person and put in force by another.

Serves: R014.
"""

import copy
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor, Holding
from linli.domain.catalogue.models import Pack, PackDraft, StandardVersion
from linli.domain.catalogue.rules.problems import Problem
from linli.domain.catalogue.rules.yaml_tree import Plain
from linli.domain.catalogue.selectors.drafts import changed_here, draft_by_ref, draft_entry
from linli.domain.catalogue.services import (
    begin_draft,
    begin_pack,
    changes_in,
    decide_draft,
    drop_draft,
    propose_draft,
    publish_pack,
    put_entry,
    report_on,
)
from linli.domain.catalogue.tests.builders import SMALL, write
from linli.kernel.errors import NotPermitted, Rejected, WrongState

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
FIRST = Actor(1, "first", (Holding("admin", 0, "", "99/"),))
SECOND = Actor(2, "second", (Holding("admin", 0, "", "99/"),))


@pytest.fixture
def draft(tmp_path: Path) -> PackDraft:
    publish_pack(write(tmp_path / "small", SMALL), actor=SYSTEM_ACTOR, at=AT)
    return begin_draft("small", actor=FIRST, at=AT)


def standard(draft: PackDraft) -> dict[str, Plain]:
    found = draft_entry(draft, "standards", "wish")
    assert isinstance(found, dict)
    return copy.deepcopy(found)


def put(
    draft: PackDraft, entry: Plain, *, actor: Actor = FIRST, seen: int | None = None
) -> PackDraft:
    return put_entry(
        draft.public_id,
        area="standards",
        code="wish",
        entry=entry,
        seen=draft.seq if seen is None else seen,
        actor=actor,
        at=AT,
    )


def renamed(draft: PackDraft, name: str = "另一名称") -> PackDraft:
    entry = {**standard(draft), "name": name}
    return put_entry(
        draft.public_id,
        area="standards",
        code="wish",
        entry=entry,
        seen=draft.seq,
        actor=FIRST,
        at=AT,
    )


def said(draft: PackDraft) -> list[str]:
    return [problem.kind for problem in report_on(draft).problems]


def test_what_is_in_force_is_a_sound_draft_that_changes_nothing(draft):
    assert (said(draft), changes_in(draft)) == ([], [])
    with pytest.raises(Rejected):
        propose_draft(draft.public_id, why="试试", actor=FIRST, at=AT)


def test_a_changed_standard_gets_the_number_after_the_one_in_force(draft):
    before = standard(draft)["version"]
    draft = renamed(draft)

    assert standard(draft)["version"] == f"{before}.1"
    assert [one.kind for one in changes_in(draft)] == ["changed"]
    assert standard(renamed(draft, standard_name(draft)))["version"] == before


def standard_name(draft: PackDraft) -> str:
    body = StandardVersion.objects.get(code="wish").body
    return str(body["name"])


def test_a_second_person_puts_it_in_force_and_the_first_may_not(draft):
    draft = propose_draft(renamed(draft).public_id, why="改名", actor=FIRST, at=AT)

    with pytest.raises(NotPermitted):
        decide_draft(draft.public_id, granted=True, reason="同意", actor=FIRST, at=AT)
    decide_draft(draft.public_id, granted=True, reason="同意", actor=SECOND, at=AT)

    in_force = Pack.objects.get(code="small", status="published")
    assert in_force.version.count(".") == 2
    assert StandardVersion.objects.get(code="wish", status="published").name == "另一名称"


def test_whoever_changed_it_last_may_not_decide_though_another_began(draft):
    draft = renamed(draft)
    entry = {**standard(draft), "name": "再改"}
    draft = put_entry(
        draft.public_id,
        area="standards",
        code="wish",
        entry=entry,
        seen=draft.seq,
        actor=SECOND,
        at=AT,
    )
    propose_draft(draft.public_id, why="改名", actor=FIRST, at=AT)

    for actor in (FIRST, SECOND):
        with pytest.raises(NotPermitted):
            decide_draft(draft.public_id, granted=True, reason="同意", actor=actor, at=AT)


def test_what_is_sent_back_can_be_worked_on_again(draft):
    draft = propose_draft(renamed(draft).public_id, why="改名", actor=FIRST, at=AT)
    draft = decide_draft(draft.public_id, granted=False, reason="不妥", actor=SECOND, at=AT)

    assert draft.state == "open"
    assert renamed(draft_by_ref(draft.public_id), "第三名称").seq == 2


def test_a_draft_with_faults_is_kept_and_cannot_be_proposed(draft):
    entry = standard(draft)
    entry["stages"] = _leading_nowhere(entry["stages"])
    draft = put_entry(
        draft.public_id,
        area="standards",
        code="wish",
        entry=entry,
        seen=draft.seq,
        actor=FIRST,
        at=AT,
    )

    assert "stage_missing" in said(draft)
    with pytest.raises(Rejected):
        propose_draft(draft.public_id, why="试试", actor=FIRST, at=AT)


def _leading_nowhere(stages: Plain) -> Plain:
    text = json.dumps(stages, ensure_ascii=False)
    found: Plain = json.loads(text.replace('"to": "closed"', '"to": "nowhere"'))
    return found


def test_two_hands_do_not_overwrite_each_other(draft):
    renamed(draft)

    with pytest.raises(WrongState):
        put_entry(
            draft.public_id, area="standards", code="wish", entry={}, seen=0, actor=SECOND, at=AT
        )


def test_a_pack_is_worked_on_once_at_a_time(draft):
    with pytest.raises(WrongState):
        begin_draft("small", actor=SECOND, at=AT)

    drop_draft(draft.public_id, actor=SECOND, at=AT)
    assert begin_draft("small", actor=SECOND, at=AT).state == "open"


def test_nobody_without_the_right_works_on_a_pack(draft):
    clerk = Actor(3, "clerk", (Holding("clerk", 0, "", "99/"),))
    with pytest.raises(NotPermitted):
        put_entry(
            draft.public_id, area="standards", code="wish", entry=None, seen=0, actor=clerk, at=AT
        )


def test_a_pack_of_ones_own_is_made_from_nothing(draft):
    own = begin_pack(
        "own", title="自建", title_en="Own", valid_from="2026-01-01", actor=FIRST, at=AT
    )
    entry = {**standard(draft), "standard": "own_wish", "version": "2026.1"}
    matter = {
        "code": "own_matter", "name": "自建事项", "name_en": "Own", "source": "ours",
        "valid_from": "2026-01-01", "standard": "own_wish",
    }  # fmt: skip
    sources = draft.content["sources"]
    for area, code, put in (
        *(("sources", str(one["id"]), one) for one in sources),
        ("standards", "own_wish", entry),
        ("matters", "own_matter", matter),
    ):
        own = put_entry(
            own.public_id, area=area, code=code, entry=put, seen=own.seq, actor=FIRST, at=AT
        )

    assert texts(report_on(own).problems) == []
    propose_draft(own.public_id, why="新设", actor=FIRST, at=AT)
    decide_draft(own.public_id, granted=True, reason="同意", actor=SECOND, at=AT)
    assert StandardVersion.objects.get(code="own_wish").pack.code == "own"


def texts(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.text() for problem in problems]


def test_what_was_changed_here_is_known_from_what_was_shipped(draft):
    shipped = Pack.objects.get(code="small").version
    assert changed_here("small", shipped=shipped) is None

    propose_draft(renamed(draft).public_id, why="改名", actor=FIRST, at=AT)
    decide_draft(draft.public_id, granted=True, reason="同意", actor=SECOND, at=AT)

    assert changed_here("small", shipped=shipped) is not None
    assert changed_here("small", shipped="2099.1") is None
