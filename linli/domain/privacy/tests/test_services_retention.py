"""What its time is over for is deleted, in batches, and nothing else."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction

from linli.domain.audit.models import Journal
from linli.domain.audit.selectors import verify_chain
from linli.domain.cases.models import Case, Feedback, Note, Notice, WorkItem
from linli.domain.cases.services import add_note, link_cases, propose_exclusion
from linli.domain.cases.tests.builders import AT, later, new_case
from linli.domain.needs.models import Message, Reading
from linli.domain.privacy.errors import HeldAlready
from linli.domain.privacy.models import Deletion
from linli.domain.privacy.selectors import plan_retention
from linli.domain.privacy.selectors.catalogue import CATALOGUE
from linli.domain.privacy.services import lift_hold, run_retention, set_hold
from linli.domain.privacy.services.deleting import commitment_over
from linli.domain.privacy.tests.builders import (
    NAME,
    PHONE,
    asked,
    closed,
    fulfil,
    proposed,
    report,
)
from linli.domain.vault.selectors import find_by, keeping_of
from linli.kernel.errors import NotPermitted

pytestmark = pytest.mark.django_db
# The standard's day of the end is kept whole.
A_YEAR_ON, FIVE_YEARS_ON = later(days=367), later(days=5 * 365 + 3)


def due(at):
    return {line.what: (line.due, line.held) for line in plan_retention(at)}


@pytest.fixture
def old(town):
    return closed(town, report().case)


def test_a_plan_counts_what_is_due_and_changes_nothing(town, old):
    """Serves: X01."""
    assert due(later(days=365))["identity"] == (0, 0)
    assert due(A_YEAR_ON) == {
        "identity": (1, 0),
        "care": (0, 0),
        "words": (0, 0),
        "django_session": (0, 0),
        "linli_cache": (0, 0),
        "usersessions_usersession": (0, 0),
        "cases_notice": (0, 0),
    }
    assert plan_retention(A_YEAR_ON)[0].oldest == old.closed_at
    assert keeping_of(old.public_id) == "kept"
    assert not Deletion.objects.exists()


def test_after_its_time_the_person_goes_and_the_words_stay(town, old):
    assert run_retention(at=A_YEAR_ON)["identity"] == 1

    assert keeping_of(old.public_id) == "erased"
    assert find_by("repeat_caller", PHONE) == []
    assert Case.objects.get(pk=old.pk).body
    assert run_retention(at=A_YEAR_ON)["identity"] == 0


def test_after_theirs_all_words_go_and_the_bare_record_stays(town):
    case = report().case
    add_note(case.public_id, text=f"已联系{NAME}", actor=town.clerk, at=AT, key="n")
    closed(town, case)
    Feedback.objects.create(
        case=case, round=1, solved="solved", satisfied="basic", comment=NAME, by="r", given_at=AT
    )

    run_retention(at=FIVE_YEARS_ON)

    row, message = Case.objects.get(pk=case.pk), Message.objects.get(case=case)
    assert (row.body, row.address, row.receipt_hash, row.search) == ("", "", None, None)
    assert (row.number, row.outcome, row.matter_id) == (case.number, "route", case.matter_id)
    assert "删除" in row.title
    assert (message.title, message.body, message.address, message.lng) == ("", "", "", None)
    assert Reading.objects.get(message=message).reasons == []
    assert [note.text for note in Note.objects.filter(case=case)] == [""]
    assert Feedback.objects.get(case=case).comment == ""
    assert due(FIVE_YEARS_ON)["words"] == (0, 0)


def test_every_column_that_is_kept_as_words_can_be_emptied(town, old):
    kept = {one.table for one in CATALOGUE.columns if one.keep == "words"}

    assert {table for table in kept if not CATALOGUE.tables[table].reach} == set()
    run_retention(at=FIVE_YEARS_ON)


def test_what_somebody_may_still_need_is_not_touched(town):
    cases = [closed(town, report(f"r{number}").case) for number in range(4)]
    held, linked, disputed, asking = cases
    set_hold(held.public_id, reason="法院调取", actor=town.supervisor, at=AT)
    link_cases(
        new_case(town, key="k").public_id,
        to=linked.public_id,
        kind="follows",
        actor=town.clerk,
        at=AT,
        key="l",
    )
    propose_exclusion(
        disputed.public_id,
        reason="false_info",
        evidence="记录",
        actor=town.clerk,
        at=AT,
        key="x",
    )
    asked(asking, "copy")
    report("open")

    assert due(A_YEAR_ON)["identity"] == (0, 4)
    assert run_retention(at=A_YEAR_ON)["identity"] == 0

    lift_hold(held.public_id, actor=town.supervisor, at=AT)
    assert run_retention(at=A_YEAR_ON)["identity"] == 1
    assert [keeping_of(case.public_id) for case in cases] == ["erased", "kept", "kept", "kept"]


def test_a_hold_is_set_and_lifted_once_by_who_may(town, old):
    with pytest.raises(NotPermitted):
        set_hold(old.public_id, reason="x", actor=town.clerk, at=AT)
    set_hold(old.public_id, reason="x", actor=town.supervisor, at=AT)
    with pytest.raises(HeldAlready):
        set_hold(old.public_id, reason="x", actor=town.supervisor, at=AT)
    lift_hold(old.public_id, actor=town.supervisor, at=AT)
    with pytest.raises(HeldAlready):
        lift_hold(old.public_id, actor=town.supervisor, at=AT)


class Killed(BaseException):
    """The process is gone."""


def test_broken_off_between_batches_the_next_run_goes_on(town):
    for number in range(3):
        closed(town, report(f"r{number}").case)

    def die(keep: str, count: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        run_retention(at=A_YEAR_ON, at_once=1, progress=die)
    assert run_retention(at=A_YEAR_ON, at_once=1)["identity"] == 2

    assert sum(Deletion.objects.values_list("count", flat=True)) == 3


def test_the_ledger_tells_what_and_how_many_and_of_nobody(town, old):
    run_retention(at=A_YEAR_ON)

    line = Deletion.objects.get()
    assert (line.keep, line.count, line.reason) == ("identity", 1, "time")
    assert (line.since, line.until) == (old.closed_at, old.closed_at)
    assert line.commitment == commitment_over([old.public_id])
    assert Journal.objects.filter(event="records_deleted", subject_id=line.run).count() == 1


@pytest.mark.parametrize(
    "change", ["UPDATE privacy_deletion SET count = 0", "DELETE FROM privacy_deletion"]
)
def test_a_line_of_the_ledger_is_never_changed_or_deleted(town, old, change):
    run_retention(at=A_YEAR_ON)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_after_deleting_the_journal_is_whole(town, old):
    run_retention(at=FIVE_YEARS_ON)

    assert list(verify_chain().faults) == []


def test_the_worker_may_delete_and_reads_no_key(town, old):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE linli_worker")
    counts = run_retention(at=FIVE_YEARS_ON)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")

    assert (counts["identity"], counts["words"]) == (1, 1)


def test_sessions_and_seen_notices_go_in_their_time(town, old):
    Session.objects.create(session_key="a" * 32, session_data="x", expire_date=AT)
    Session.objects.create(
        session_key="b" * 32, session_data="x", expire_date=AT + timedelta(days=400)
    )
    Notice.objects.create(case=old, role="clerk", kind="x", at=AT, seen_at=AT)
    Notice.objects.create(case=old, role="clerk", kind="x", at=AT)

    counts = run_retention(at=later(days=92), at_once=1)

    assert (counts["session"], counts["notice"]) == (1, 1)
    assert Notice.objects.filter(case=old).count() == 1


def test_what_a_request_waits_for_is_erased_when_the_duty_is_over(town):
    case = report().case
    request = proposed(town, asked(case, "delete"))
    fulfil(request, town.supervisor)
    closed(town, case)

    assert run_retention(at=later(days=1))["asked"] == 0
    assert keeping_of(case.public_id) == "locked"
    assert run_retention(at=later(days=40))["asked"] == 0
    assert keeping_of(case.public_id) == "erased"
    assert run_retention(at=later(days=800))["asked"] == 1
    assert Case.objects.get(pk=case.pk).body == ""
    assert WorkItem.objects.filter(case=case).exists()
