from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.domain.access.models import User
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.audit.models import Journal
from linli.domain.organisations.errors import AppointmentRejected
from linli.domain.organisations.models import Member, Post, Unit
from linli.domain.organisations.rules.validity import Validity, local_day
from linli.domain.organisations.selectors import actor_for, staff_of, unit_by_code
from linli.domain.organisations.services import (
    PostRow,
    UnitRow,
    appoint,
    dismiss,
    import_units,
)
from linli.domain.organisations.tests.builders import (
    ADMIN,
    AT,
    DISTRICT,
    SECURITY,
    STREET,
    STREET_PATH,
    TODAY,
    lay_out,
    person,
)
from linli.domain.places.selectors import area_by_code
from linli.kernel.errors import NotPermitted

days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
LAST_SECOND = AT.replace(hour=15, minute=59, second=59)  # 23:59:59 in Shanghai


@settings(deadline=None)
@given(st.none() | days, st.none() | days, days)
def test_a_validity_holds_on_its_first_and_last_day_and_between(first, last, day):
    expected = (first or date.min) <= day <= (last or date.max)
    assert Validity(first, last).holds_on(day) == expected


def test_the_local_day_begins_at_local_midnight():
    assert local_day(LAST_SECOND, "Asia/Shanghai") == TODAY
    assert local_day(LAST_SECOND + timedelta(seconds=1), "Asia/Shanghai") == date(2026, 3, 2)
    with pytest.raises(ValueError, match="time zone"):
        local_day(AT.replace(tzinfo=None), "Asia/Shanghai")


@pytest.fixture
def street(db, tmp_path):
    lay_out(tmp_path)
    User.objects.create(pk=SECURITY.user_id, username="security", name=SECURITY.name)
    roles = ("admin", "security_admin", "auditor")
    posts = tuple(PostRow(role, role, role) for role in roles)
    import_units([UnitRow("it", "信息科", "station", STREET, posts=posts)], actor=ADMIN, at=AT)


def give(user, unit="works", post="handler", *, area=STREET, actor=SECURITY, at=AT, until=None):
    seat = Post.objects.get(unit__code=unit, code=post)
    return appoint(user, seat, area_by_code(area), actor=actor, at=at, until=until)


def test_a_person_acts_by_the_posts_held(street):
    """Serves: R033."""
    user = person("wang")
    assert actor_for(user, at=AT).holdings == ()
    give(user)
    (holding,) = actor_for(user, at=AT).holdings
    assert (holding.role, holding.unit_code, holding.area_path) == ("handler", "works", STREET_PATH)
    assert holding.unit_id == unit_by_code("works").pk
    assert Journal.objects.filter(event="member_appointed").count() == 1


def test_a_post_counts_to_the_end_of_its_last_day_and_not_a_second_longer(street):
    user = person("wang")
    give(user, until=TODAY)
    assert actor_for(user, at=LAST_SECOND).holdings
    assert actor_for(user, at=LAST_SECOND + timedelta(seconds=1)).holdings == ()


def test_a_post_gives_nothing_before_its_first_day(street):
    user = person("wang")
    give(user)
    assert actor_for(user, at=AT - timedelta(days=1)).holdings == ()


def test_an_account_that_was_shut_holds_nothing(street):
    user = person("wang")
    give(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    assert actor_for(user, at=AT).holdings == ()


def test_a_post_in_a_unit_that_was_closed_gives_nothing(street):
    user = person("wang")
    give(user)
    gone = UnitRow("works", "城管局", "department", DISTRICT, valid_to=TODAY)
    import_units([gone], actor=ADMIN, at=AT)
    assert actor_for(user, at=LAST_SECOND).holdings
    assert actor_for(user, at=AT + timedelta(days=1)).holdings == ()


def test_dismissal_takes_effect_at_once_or_after_the_day_named(street):
    user = person("wang")
    dismiss(give(user), actor=SECURITY, at=AT)
    assert actor_for(user, at=AT).holdings == ()
    dismiss(give(user), actor=SECURITY, at=AT, last_day=TODAY)
    assert actor_for(user, at=LAST_SECOND).holdings
    assert actor_for(user, at=LAST_SECOND + timedelta(seconds=1)).holdings == ()


def test_a_post_that_has_ended_is_not_made_longer(street):
    member = give(person("wang"), until=TODAY)
    with pytest.raises(AppointmentRejected, match="重新任命"):
        dismiss(member, actor=SECURITY, at=AT, last_day=TODAY + timedelta(days=9))


def test_only_the_security_administrator_of_the_area_appoints(street):
    """Serves: R033."""
    user = person("wang")
    with pytest.raises(NotPermitted):
        give(user, actor=ADMIN)
    with pytest.raises(NotPermitted):
        give(user, area="99")
    assert not Member.objects.exists()


def test_nobody_appoints_themselves(street):
    user = person("wang")
    give(user, "it", "security_admin", actor=SYSTEM_ACTOR)
    with pytest.raises(NotPermitted, match="自己"):
        give(user, actor=actor_for(user, at=AT))


def test_system_security_and_audit_are_three_persons(street):
    user = person("wang")
    member = give(user, "it", "admin", actor=SYSTEM_ACTOR)
    for post in ("security_admin", "auditor"):
        with pytest.raises(AppointmentRejected, match="三个人"):
            give(user, "it", post, actor=SYSTEM_ACTOR)
    dismiss(member, actor=SECURITY, at=AT)
    give(user, "it", "auditor", actor=SYSTEM_ACTOR)


def test_the_same_post_is_not_given_twice_and_a_term_must_reach_today(street):
    user = person("wang")
    give(user)
    with pytest.raises(AppointmentRejected, match="已任"):
        give(user)
    with pytest.raises(AppointmentRejected, match="任期"):
        give(person("li"), until=TODAY - timedelta(days=1))


def test_the_staff_of_a_unit_are_those_who_hold_a_post_then(street):
    wang, li = person("wang"), person("li")
    give(wang)
    give(li, until=TODAY)
    works = unit_by_code("works")
    assert {user.username for user in staff_of(works, at=AT)} == {"wang", "li"}
    assert staff_of(works, at=AT + timedelta(days=1)) == [wang]


def test_a_person_carries_the_units_above_and_those_merged_into_the_own_one(street):
    """Serves: R033 X08."""
    user = person("wang")
    give(user)
    works = unit_by_code("works")
    other = unit_by_code("it")
    gone = Unit.objects.create(
        code="gone", name="g", kind="department", area=works.area, area_path=works.area_path
    )
    Unit.objects.filter(pk=gone.pk).update(successor=works)
    Unit.objects.filter(pk=works.pk).update(parent=other)

    (seat,) = actor_for(user, at=AT).holdings

    assert (seat.takes_over, seat.above) == ((gone.pk,), (other.pk,))
    assert seat.works_for == (works.pk, gone.pk)
