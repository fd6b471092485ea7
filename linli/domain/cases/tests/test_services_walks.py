"""Whatever is tried, by whom, in whatever order, a case stays what a case is.

Serves: R106 R109.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from linli.domain.audit.models import Journal
from linli.domain.cases.models import Case, CaseEvent, Clock, Link, Timer, WorkItem
from linli.domain.cases.tests.walks import UNKEYED, Walk, fingerprint, steps

pytestmark = pytest.mark.django_db
WALKS = st.lists(steps, min_size=12, max_size=28)
thorough = settings(
    max_examples=18,
    deadline=None,
    # Shrinking walks through a database takes minutes; a failing walk is short enough to read.
    phases=[Phase.generate],
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@contextmanager
def forgotten() -> Iterator[None]:
    """Undo a walk, so that each begins in the same town."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@thorough
@given(WALKS)
def test_whatever_is_tried_a_case_stays_sound_and_a_refusal_or_a_repeat_changes_nothing(town, walk):
    with forgotten():
        walker = Walk(town)
        before = fingerprint()
        for step in walk:
            came = walker.take(step)
            after = fingerprint()
            assert came == "done" or before == after
            if came == "done" and step.command not in UNKEYED:
                walker.repeat(step)
                assert after == fingerprint()
            for case in Case.objects.all():
                _is_sound(case)
                assert case.status == "open" or not _open_parts(case)
            before = after
        _is_written_once()


def _is_sound(case: Case) -> None:
    items = list(WorkItem.objects.filter(case=case, state="open"))
    running = list(Clock.objects.filter(case=case, is_running=True))
    if case.status == "closed":
        # A closed case may still wait for whether it counts.
        assert [item.stage for item in items if item.stage != "exclusion"] == []
        assert (running, case.due_at, case.held_at, case.stage) == ([], None, None, "closed")
        return
    _has_one_open_stage(case, [item for item in items if item.kind == "main"])
    silent = Timer.objects.filter(clock__case=case, fired_at=None, fire_at__isnull=False)
    assert not silent.filter(clock__is_running=False).exists()
    _is_due_with_its_clocks(case)
    _stands_still_as_a_whole(case)


def _has_one_open_stage(case: Case, main: list[WorkItem]) -> None:
    assert {(item.stage, item.round) for item in main} == {(case.stage, case.round)}
    assert [item.is_lead for item in main].count(True) == 1
    assert {item.unit_id for item in main if item.unit_id} <= set(case.unit_ids)


def _is_due_with_its_clocks(case: Case) -> None:
    # The first contact is a promise of its own, counted by its own rate.
    running = Clock.objects.filter(case=case, is_running=True).exclude(kind="first_contact")
    dues = [clock.due_at for clock in running if clock.due_at]
    assert case.due_at == min(dues, default=None)


def _stands_still_as_a_whole(case: Case) -> None:
    running = Clock.objects.filter(case=case, is_running=True)
    is_held = case.held_at is not None
    assert {clock.facts[-1]["kind"] == "pause" for clock in running} <= {is_held}
    waiting = Timer.objects.filter(clock__case=case, fired_at=None, fire_at__isnull=False)
    assert not (is_held and waiting.exists())


def _open_parts(case: Case) -> bool:
    return Link.objects.filter(other=case, kind="part", case__status="open").exists()


def _is_written_once() -> None:
    events = dict(CaseEvent.objects.values_list("journal_id", "activity"))
    facts = Journal.objects.filter(subject_type="case").values_list("pk", "event")
    assert events == dict(facts)
    assert len(events) == CaseEvent.objects.count()
    for case in Case.objects.all():
        seqs = CaseEvent.objects.filter(case=case).order_by("seq").values_list("seq", flat=True)
        assert list(seqs) == list(range(1, case.seq + 1))
