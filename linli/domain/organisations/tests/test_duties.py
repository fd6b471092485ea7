from datetime import date, timedelta

import pytest

from linli.domain.organisations.errors import OrganisationFileRejected
from linli.domain.organisations.models import Duty
from linli.domain.organisations.rules.kinds import DutyNature
from linli.domain.organisations.selectors import (
    duty_for,
    may_receive,
    unit_by_code,
    units_for_dispatch,
)
from linli.domain.organisations.services import UnitRow, import_units
from linli.domain.organisations.tests.builders import (
    ADMIN,
    AT,
    COMMUNITY,
    DISTRICT,
    GRID_PATH,
    STREET,
    duty,
    lay_out,
    take,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def street(tmp_path):
    lay_out(tmp_path)


def found(matter="noise.site", path=GRID_PATH, at=AT):
    match = duty_for(matter, path, at=at)
    assert match is not None
    return match


def refusal(code, matter="noise.site", path=GRID_PATH):
    return may_receive(unit_by_code(code), matter_code=matter, area_path=path, at=AT)


def test_the_list_of_the_street_holds_in_its_grids():
    take(duty("noise.site", "works", "office"))
    match = found()
    assert (match.lead.code, [unit.code for unit in match.assistants]) == ("works", ["office"])
    assert "梧桐街道" in match.reasons[0].zh
    assert "噪声法" in match.reasons[0].zh


def test_a_matter_without_an_entry_takes_that_of_the_matter_above():
    take(duty("noise", "housing"))
    match = found()
    assert match.lead.code == "housing"
    assert "noise" in match.reasons[0].en


def test_the_nearer_matter_goes_before_the_one_above():
    take(duty("noise", "housing"), duty("noise.site", "works"))
    assert found().lead.code == "works"
    assert found("noise.pub").lead.code == "housing"


def test_the_deeper_area_goes_before_the_nearer_matter():
    take(duty("noise.site", "works", area=DISTRICT), duty("noise", "housing", area=COMMUNITY))
    assert found().lead.code == "housing"


def test_another_street_has_no_part_in_this_list():
    take(duty("noise.site", "works"))
    assert duty_for("noise.site", "99/9901/990101/990101002/", at=AT) is None


def test_a_kind_stands_for_the_unit_of_the_place():
    take(duty("noise.site", "community", "street_office", nature=DutyNature.BASIC))
    match = found()
    assert (match.lead.code, match.assistants[0].code) == ("huaiyin", "office")


def test_an_entry_counts_to_the_end_of_its_last_day_in_the_local_zone():
    take(duty("noise.site", "works", valid_to=date(2026, 3, 1)))
    midnight = AT.replace(hour=16)  # 00:00 of the second of March in Shanghai
    assert found(at=midnight - timedelta(seconds=1)).lead.code == "works"
    assert duty_for("noise.site", GRID_PATH, at=midnight) is None


def test_a_later_entry_ends_the_one_before_and_a_second_import_changes_nothing():
    rows = (duty("noise.site", "works"), duty("noise.site", "housing", valid_from=AT.date()))
    first, second = take(*rows), take(*rows)
    assert (first.created, second.created, second.changed) == (2, 0, 0)
    assert found().lead.code == "housing"
    assert found(at=AT - timedelta(days=1)).lead.code == "works"
    assert Duty.objects.get(lead__code="works").valid_to == date(2026, 2, 28)


def test_the_order_of_import_does_not_matter_for_what_follows_what():
    take(duty("noise.site", "housing", valid_from=AT.date()))
    take(duty("noise.site", "works"))
    assert found().lead.code == "housing"


def test_changed_helpers_are_taken_and_counted():
    take(duty("noise.site", "works", "office"))
    report = take(duty("noise.site", "works", "housing", "community"))
    assert report.changed == 1
    assert {unit.code for unit in found().assistants} == {"housing", "huaiyin"}


def test_a_lead_that_was_merged_is_replaced_by_its_successor():
    take(duty("noise.site", "works"))
    gone = UnitRow(
        "works", "城管局", "department", DISTRICT, valid_to=date(2026, 2, 28), successor="housing"
    )
    import_units([gone], actor=ADMIN, at=AT)
    assert found().lead.code == "housing"
    refused = refusal("works")
    assert refused is not None
    assert refused.code == "unit_closed"


def test_who_leads_or_helps_may_receive_and_others_hear_whose_it_is():
    """Serves: R019."""
    take(duty("noise.site", "works", "office"))
    assert refusal("works") is None
    assert refusal("office") is None
    refused = refusal("heat")
    assert refused is not None
    assert refused.code == "not_listed"
    assert "城管局" in refused.message()
    assert "城管局" in refused.message("en")


def test_a_part_of_the_lead_may_receive_and_a_community_is_no_part_of_the_street_office():
    take(duty("noise.site", "works", "office"))
    assert refusal("works_team") is None
    assert refusal("centre") is None
    refused = refusal("huaiyin")
    assert refused is not None
    assert refused.code == "not_listed"


def test_a_recovered_duty_does_not_go_to_the_grassroots():
    """Serves: R019."""
    take(duty("noise.site", "works", nature=DutyNature.RECOVERED))
    for code in ("office", "huaiyin"):
        refused = refusal(code)
        assert refused is not None
        assert refused.code == "recovered"


def test_where_the_list_is_silent_nothing_is_refused_and_the_place_is_suggested():
    assert refusal("heat", "heating") is None
    suggested = units_for_dispatch("heating", GRID_PATH, at=AT)
    assert [(one.unit.code, one.part) for one in suggested] == [
        ("office", "territory"),
        ("huaiyin", "territory"),
    ]
    assert "人工" in suggested[0].reasons[0].zh


def test_suggestions_begin_with_the_lead_and_go_on_with_those_who_help():
    """Serves: R020."""
    take(duty("noise.site", "works", "office", "housing"))
    suggested = units_for_dispatch("noise.site", GRID_PATH, at=AT)
    assert [(one.unit.code, one.part) for one in suggested] == [
        ("works", "lead"),
        ("housing", "assistant"),
        ("office", "assistant"),
    ]


def test_every_suggestion_may_be_received():
    take(
        duty("noise", "works", "street_office"),
        duty("noise.pub", "housing", nature=DutyNature.RECOVERED),
        duty("heating", "community", "heat", nature=DutyNature.BASIC),
    )
    for matter in ("noise", "noise.site", "noise.pub", "heating"):
        for one in units_for_dispatch(matter, GRID_PATH, at=AT):
            assert refusal(one.unit.code, matter) is None


def test_a_search_for_the_duty_takes_few_queries(django_assert_max_num_queries):
    take(duty("noise.site", "works", "office", "community"), duty("noise", "housing", area=STREET))
    with django_assert_max_num_queries(4):
        duty_for("noise.site", GRID_PATH, at=AT)


@pytest.mark.parametrize(
    ("changed", "field", "word"),
    [
        ({"matter": "nothing"}, "matter", "事项"),
        ({"area": "98"}, "area", "区域"),
        ({"lead": "nobody"}, "lead", "单位"),
        ({"assistants": ("nobody",)}, "assistants", "单位"),
        ({"lead": "office", "nature": DutyNature.RECOVERED}, "lead", "收回"),
        ({"lead": "community", "nature": DutyNature.RECOVERED}, "lead", "收回"),
        ({"assistants": ("huaiyin",), "nature": DutyNature.RECOVERED}, "assistants", "收回"),
        ({"valid_to": date(2025, 1, 1)}, "valid_to", "早于"),
    ],
)
def test_an_entry_that_cannot_stand_is_refused_and_nothing_goes_in(changed, field, word):
    wrong = duty("noise.pub", "works", line=7)
    with pytest.raises(OrganisationFileRejected, match=word) as refused:
        take(duty("noise.site", "works"), duty(**{**vars(wrong), **changed}))
    assert (refused.value.row, refused.value.field) == (7, field)
    assert not Duty.objects.exists()
