"""What the web's role may add and change of cases: within sight, or by a command that has locked.

Serves: R129 X02.
"""

import pytest
from django.db import DatabaseError, connection, transaction

from linli.domain.access.models import User
from linli.domain.access.selectors import SYSTEM_ACTOR, Actor, Holding
from linli.domain.access.wall import WALL, hold, see_as, standing_now, wider
from linli.domain.cases.errors import PartsAreOpen
from linli.domain.cases.models import Case, Note
from linli.domain.cases.selectors import case_by_receipt, main_case_of, shielded_refs
from linli.domain.cases.services import (
    Revision,
    answer_directly,
    classify_case,
    close_by_route,
    dispatch_case,
    link_cases,
    merge_duplicate,
    name_respondent,
    record_feedback,
    revise_case,
)
from linli.domain.cases.tests.builders import AT, STREET, Town, build_town, leaf_matter, new_case
from linli.domain.needs.services import NewMessage, receive_message
from linli.domain.organisations.models import Unit
from linli.domain.vault.services import begin_keys
from linli.kernel.errors import NotFound
from tests.behind import behind_the_wall

pytestmark = pytest.mark.django_db
FAR, FAR_PATH = "990101002", "99/9901/990101/990101002/"
BY = {"at": AT, "key": "k9"}
RECEIPT = "7QXZ-W4PN-K3VM-8TRD"


@pytest.fixture
def town() -> Town:
    begin_keys(actor=SYSTEM_ACTOR, at=AT)
    return build_town()


def elsewhere(town: Town, **changed: object) -> Case:
    """A case of the other street, which the cast does not reach."""
    return new_case(town, area=FAR, key="k8", **changed)


def seen(case: Case) -> bool:
    return Case.objects.filter(pk=case.pk).exists()


def refused(act, *values, **named) -> bool:
    """Whether the database refuses."""
    try:
        with transaction.atomic():
            act(*values, **named)
    except DatabaseError as error:
        return "row-level security" in str(error)
    return False


def note(case: Case) -> Note:
    return Note(case_id=case.pk, text="看看", written_at=AT, author_name="clerk")


def test_rows_can_neither_be_added_nor_moved_beyond_what_is_seen(town):
    mine, far = new_case(town), elsewhere(town)
    copy = Case.objects.get(pk=mine.pk)
    copy.pk, copy.public_id, copy.number, copy.area_path = None, "x" * 26, "x", FAR_PATH
    moved = Case.objects.filter(pk=mine.pk)

    with behind_the_wall():
        see_as(town.clerk)
        assert refused(copy.save, force_insert=True)
        assert refused(moved.update, area_path=FAR_PATH)
        assert refused(note(far).save)
        assert Case.objects.filter(pk=far.pk).update(title="x") == 0
        note(mine).save()
        assert moved.update(title="x") == 1


def test_nothing_may_be_changed_or_dropped_by_whoever_sees_wider(town):
    far = elsewhere(town)

    with behind_the_wall():
        see_as(town.clerk)
        for what in WALL["wider"]:
            with wider(what):
                assert seen(far)
                assert Case.objects.filter(pk=far.pk).update(title="x") == 0
        assert not seen(far)
        with pytest.raises(ValueError, match="does not list"), wider("curiosity"):
            pass


def test_a_correction_that_takes_a_case_out_of_the_clerk_s_street_goes_through(town):
    case = new_case(town)
    revision = Revision(
        matter=leaf_matter(), area=FAR, urgency="ordinary", petition_type="complaint"
    )

    with behind_the_wall():
        see_as(town.clerk)
        revise_case(case.public_id, revision, actor=town.clerk, **BY)
        see_as(town.clerk)  # as the next request does
        assert not seen(case)


def test_a_level_and_a_complaint_that_hide_a_case_from_who_sets_them_go_through(town):
    case, other = new_case(town), new_case(town, key="k1")
    works = Unit.objects.get(code="works")
    own = Holding("supervisor", works.pk, "works", STREET)
    user = User.objects.create(username="chief", name="chief")
    chief = Actor(user.pk, "chief", (own,))

    with behind_the_wall():
        see_as(chief)
        classify_case(case.public_id, level="sealed", reason="举报", actor=chief, **BY)
        name_respondent(other.public_id, unit="works", reason="被投诉", actor=chief, **BY)
        see_as(chief)
        assert (seen(case), seen(other)) == (False, False)
        assert shielded_refs(chief) == [other.public_id]


def test_a_unit_sees_what_it_is_handed_and_nothing_before(town):
    case = new_case(town)

    with behind_the_wall():
        see_as(town.handler)
        assert not seen(case)
        see_as(town.clerk)
        dispatch_case(case.public_id, to="works", actor=town.clerk, **BY)
        see_as(town.handler)
        assert seen(case)
        see_as(town.outsider)
        assert not seen(case)


def test_a_message_is_taken_in_wherever_it_lies_and_its_taker_sees_no_more_of_it(town):
    new = NewMessage(channel="phone", body="路灯不亮，晚上走路看不见。", area=FAR)

    with behind_the_wall():
        see_as(town.clerk)
        came = receive_message(new, actor=town.clerk, at=AT, key="k5")
        again = receive_message(new, actor=town.clerk, at=AT, key="k5")
        see_as(town.clerk)
        assert (again.is_repeat, again.case.pk) == (True, came.case.pk)
        assert not seen(came.case)


def test_a_receipt_opens_its_case_and_the_one_it_was_merged_into_alone(town):
    main, third = new_case(town), elsewhere(town)
    case = new_case(town, key="k1", receipt=RECEIPT)
    merge_duplicate(case.public_id, into=main.public_id, actor=town.clerk, **BY)

    with behind_the_wall():
        with pytest.raises(NotFound):
            case_by_receipt("7QXZ-W4PN-K3VM-8TRE")
        assert not seen(case)
        found = case_by_receipt(RECEIPT)
        assert found == case
        assert main_case_of(found) == main
        assert (seen(case), seen(main), seen(third)) == (True, True, False)


def test_a_resident_reopens_a_part_and_the_whole_above_it(town):
    part, whole = new_case(town, receipt=RECEIPT), new_case(town, key="k1")
    link_cases(part.public_id, to=whole.public_id, kind="part", actor=town.clerk, **BY)
    for case in (part, whole):
        answer_directly(case.public_id, answer="已说明", actor=town.clerk, at=AT, key="a")
        record_feedback(case.public_id, solved="solved", satisfied="basic", at=AT, key="f")
    Case.objects.filter(pk=whole.pk).update(area_path=FAR_PATH)

    with behind_the_wall():
        ref = case_by_receipt(RECEIPT).public_id
        record_feedback(ref, solved="unsolved", satisfied="basic", at=AT, key="g")
    assert set(Case.objects.values_list("status", flat=True)) == {"open"}


def test_a_whole_does_not_close_over_an_open_part_that_is_out_of_sight(town):
    whole, part = new_case(town), elsewhere(town)
    link_cases(part.public_id, to=whole.public_id, kind="part", actor=SYSTEM_ACTOR, **BY)

    with behind_the_wall():
        see_as(town.clerk)
        with pytest.raises(PartsAreOpen):
            close_by_route(
                whole.public_id, route="route_statutory", actor=town.clerk, at=AT, key="c"
            )


def test_what_is_undone_is_told_anew(town):
    case = new_case(town)

    with behind_the_wall():
        with transaction.atomic():
            see_as(town.clerk)
            assert seen(case)
            transaction.set_rollback(True)
        assert seen(case)
        hold([])
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('linli.areas')")
            assert STREET in str(cursor.fetchone())
    assert standing_now() is None
