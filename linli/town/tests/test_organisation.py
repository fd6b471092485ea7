"""The town has everyone it needs, and a duty for every matter."""

import pytest

from linli.town.geography import make_geography
from linli.town.matters import leaf_matters
from linli.town.organisation import KINDS, Organisation, duties_for, make_organisation
from linli.town.planted import read_planted

ROLES = {
    "clerk",
    "handler",
    "supervisor",
    "analyst",
    "leader",
    "admin",
    "security_admin",
    "auditor",
}


@pytest.fixture(scope="module")
def staff() -> Organisation:
    return make_organisation(make_geography(seed=1))


def test_there_are_departments_a_street_communities_and_partners(staff):
    kinds = [unit.kind for unit in staff.units]

    assert kinds.count("department") >= 12
    assert kinds.count("street_office") == 1
    assert kinds.count("community") == 8
    assert kinds.count("partner") >= 10


def test_every_role_has_a_demo_user_and_clerks_are_two(staff):
    holders = {post.role: post.holders for post in staff.posts}

    assert set(holders) == ROLES
    assert len(holders["clerk"]) == 2


def test_every_unit_has_a_handler_with_a_name_of_its_own(staff):
    users = [user.username for post in staff.posts for user in post.holders]

    assert len(users) == len(set(users))
    for unit in staff.units:
        assert staff.holder("handler", unit.code)


def test_every_leaf_matter_has_a_duty_that_names_known_units(staff):
    known = {unit.code for unit in staff.units} | KINDS
    duties = duties_for(list(leaf_matters()))

    assert {duty.matter for duty in duties} == set(leaf_matters())
    for duty in duties:
        assert {duty.lead, *duty.assistants} <= known
        assert duty.lead not in duty.assistants
        assert duty.nature in {"basic", "assist", "recovered"}
        assert duty.legal_basis


def test_recovered_duties_name_nobody_at_the_grassroots():
    grassroots = KINDS | {"street_centre"}
    for duty in duties_for(list(leaf_matters())):
        if duty.nature == "recovered":
            assert not {duty.lead, *duty.assistants} & grassroots


def test_every_community_has_a_property_firm(staff):
    assert len(staff.managers) == 8


def test_planted_units_exist_and_the_bouncing_matter_belongs_to_the_right_one(staff):
    planted = read_planted()
    codes = {unit.code for unit in staff.units}
    duty = duties_for([planted.bouncing.matter])[0]

    assert {planted.slow_unit.unit, planted.bouncing.wrong_first} <= codes
    assert duty.lead == planted.bouncing.right
