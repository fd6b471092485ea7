"""A person asks about their own data, and it is done in the transaction that says so."""

from datetime import timedelta

import pytest

from linli.domain.access.models import User
from linli.domain.access.selectors import RESIDENT_ACTOR
from linli.domain.audit.models import Journal
from linli.domain.cases.errors import NoSuchOutcome, SamePerson
from linli.domain.cases.models import Case, Clock, WorkItem
from linli.domain.cases.services import close_by_route, complete_item, name_respondent
from linli.domain.cases.tests.builders import AT, later, new_case
from linli.domain.needs.services import open_reporter
from linli.domain.privacy.errors import (
    AlreadyAsked,
    NotForRequests,
    NothingHeld,
    NothingToCorrect,
    TooLongKept,
)
from linli.domain.privacy.models import Amendment, Deletion
from linli.domain.privacy.selectors import explanation_of
from linli.domain.privacy.services import ask_for_erasure, fetch_own_data
from linli.domain.privacy.tests.builders import (
    NAME,
    PHONE,
    asked,
    closed,
    fulfil,
    proposed,
    report,
    request_in,
)
from linli.domain.vault.errors import PersonErased, PersonLocked
from linli.domain.vault.selectors import keeping_of, masked_fields
from linli.kernel.errors import NotFound, NotPermitted, Rejected

pytestmark = pytest.mark.django_db
MANY_YEARS = {"days": 365 * 6}


@pytest.fixture
def about(town):
    return report().case


def test_a_request_is_a_case_with_a_clock_and_belongs_to_its_report(town, about):
    """Serves: X01."""
    case = asked(about, "copy")

    clock = Clock.objects.get(case=case, kind="case")
    assert (clock.limit_value, clock.limit_unit) == (30, "natural_day")
    assert (case.confidentiality, case.area_id) == ("sensitive", about.area_id)
    assert request_in(case).about_id == about.pk


def test_sent_twice_it_is_one_request_and_the_same_again_is_refused(about):
    first = asked(about, "copy", key="same")

    assert asked(about, "copy", key="same") == first
    with pytest.raises(AlreadyAsked):
        asked(about, "copy", key="other")


def test_what_makes_no_request_is_refused(about):
    with pytest.raises(NothingToCorrect):
        asked(about, "correct")
    with pytest.raises(Rejected):
        asked(about, "score")
    with pytest.raises(NotForRequests):
        asked(asked(about, "copy"), "copy", key="a2")


def test_whoever_is_complained_about_sees_nothing_of_the_request(town, about):
    name_respondent(
        about.public_id, unit="works", reason="投诉", actor=town.supervisor, at=AT, key="n"
    )
    case = asked(about, "copy")

    assert Case.objects.get(pk=case.pk).respondent_ids
    with pytest.raises(NotFound):
        fulfil(case, town.handler)


def test_a_copy_can_be_fetched_for_some_days_and_each_time_is_written_down(town, about):
    case = asked(about, "copy")
    fulfil(case, town.clerk)

    own = fetch_own_data(about, case.public_id, at=later(days=7))

    assert own.fields == {"reporter_name": NAME, "reporter_phone": PHONE}
    assert Journal.objects.filter(event="own_data_fetched").count() == 1
    with pytest.raises(TooLongKept):
        fetch_own_data(about, case.public_id, at=later(days=9))
    with pytest.raises(NotFound):
        fetch_own_data(report("r2").case, case.public_id, at=AT)


def test_nothing_can_be_fetched_before_it_was_granted_or_when_it_was_refused(town, about):
    case = asked(about, "copy")
    with pytest.raises(TooLongKept):
        fetch_own_data(about, case.public_id, at=AT)

    close_by_route(case.public_id, route="not_the_person", actor=town.clerk, at=AT, key="c")

    assert request_in(case).fulfilled_at is None
    with pytest.raises(TooLongKept):
        fetch_own_data(about, case.public_id, at=AT)


def test_a_correction_stands_beside_what_was_first_said(town, about):
    case = asked(about, "correct", words="是四栋，不是三栋。", phone="13900005678")

    assert masked_fields(about.public_id)["reporter_phone"] == "138****1234"
    fulfil(case, town.clerk)

    person = open_reporter(about.public_id, actor=town.clerk, reason="contact", at=AT)
    assert (person.name, person.phone) == (NAME, "13900005678")
    assert "former_phone" in masked_fields(about.public_id)
    assert Amendment.objects.get(case=about).text == "是四栋，不是三栋。"
    assert "三栋" in Case.objects.get(pk=about.pk).body


def test_an_explanation_names_standard_sources_and_decision(town, about):
    fulfil(asked(about, "explain"), town.clerk)

    told = explanation_of(about)

    assert (told.standard.code, told.decided) == ("demand", about.matter.name)
    assert told.sources
    assert told.reasons


def test_no_form_can_say_done_without_doing_it(town, about):
    case = asked(about, "copy")
    item = WorkItem.objects.get(case=case, state="open")

    with pytest.raises(NoSuchOutcome):
        complete_item(case.public_id, item.pk, outcome="fulfil", actor=town.clerk, at=AT, key="x")


def test_a_deletion_takes_two_persons(town, about):
    closed(town, about)
    case = proposed(town, asked(about, "withdraw", at=later(days=30)))

    both = User.objects.get(username="clerk")
    hat = town.supervisor.__class__(both.pk, "clerk", town.supervisor.holdings)
    with pytest.raises(SamePerson):
        fulfil(case, hat)
    with pytest.raises(NotPermitted):
        fulfil(case, town.other_clerk)
    assert keeping_of(about.public_id) == "kept"

    fulfil(case, town.supervisor, at=later(days=30))

    assert keeping_of(about.public_id) == "erased"
    assert request_in(case).erased_at == later(days=30)
    with pytest.raises(PersonErased):
        open_reporter(about.public_id, actor=town.supervisor, reason="contact", at=AT)


def test_while_the_case_is_open_the_person_is_locked_not_erased(town, about):
    case = proposed(town, asked(about, "delete"))

    done = fulfil(case, town.supervisor)

    assert (keeping_of(about.public_id), done.duties) == ("locked", ["open"])
    assert masked_fields(about.public_id) == {}
    with pytest.raises(PersonLocked):
        open_reporter(about.public_id, actor=town.clerk, reason="contact", at=AT)


def test_the_record_is_sealed_until_it_need_not_be_kept_and_the_day_is_told(town, about):
    closed(town, about)
    at = later(days=30)

    done = fulfil(proposed(town, asked(about, "delete", at=at), at=at), town.supervisor, at=at)

    row = Case.objects.get(pk=about.pk)
    assert (keeping_of(about.public_id), done.duties) == ("erased", ["record"])
    assert done.erase_after is not None
    assert timedelta(days=730) <= done.erase_after - AT <= timedelta(days=732)
    assert (row.confidentiality, row.body != "") == ("sealed", True)


def test_when_nothing_stands_against_it_the_words_go_at_once_and_the_code_stays(town, about):
    closed(town, about)
    at = later(**MANY_YEARS)

    fulfil(proposed(town, asked(about, "delete", at=at), at=at), town.supervisor, at=at)

    row = Case.objects.get(pk=about.pk)
    assert (row.body, row.address, row.search_text) == ("", "", None or "")
    assert row.receipt_hash
    ledger = Deletion.objects.values_list("keep", "count", "reason")
    assert sorted(ledger) == [("identity", 1, "request"), ("words", 1, "request")]


def test_staff_may_ask_for_an_erasure_and_another_decides(town, about):
    closed(town, about)
    at = later(days=30)
    case = ask_for_erasure(
        about.public_id, reason="登记时误填他人号码", actor=town.clerk, at=at, key="e"
    )

    fulfil(proposed(town, case, at=at), town.supervisor, at=at)

    assert keeping_of(about.public_id) == "erased"
    with pytest.raises(NotFound):
        ask_for_erasure(about.public_id, reason="x", actor=RESIDENT_ACTOR, at=at, key="e3")


def test_of_whoever_is_unknown_there_is_nothing_to_erase(town):
    case = new_case(town, key="nobody")

    with pytest.raises(NothingHeld):
        ask_for_erasure(case.public_id, reason="误填", actor=town.clerk, at=AT, key="e")
