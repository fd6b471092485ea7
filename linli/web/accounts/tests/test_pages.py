"""The pages that look after accounts: who sees them, and what they do.

Serves: R109 R129.
"""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from linli.domain.access.selectors import User
from linli.domain.audit.selectors import facts_about
from linli.domain.organisations.selectors import PostProposal, actor_for
from linli.kernel.clock import utc_now
from linli.web.accounts.tests.builders import (
    DISTRICT,
    PASSWORD,
    STREET,
    enrol_passkey,
    lay_out,
    person,
    signed_in,
)

pytestmark = pytest.mark.django_db
PEOPLE, NEW = "/-/users/", "/-/users/new/"


@pytest.fixture(autouse=True)
def office():
    cache.clear()
    lay_out()


def keeper(username: str = "keeper", role: str = "security_admin", *, area: str = DISTRICT) -> User:
    user = person(username, role, area=area)
    enrol_passkey(user)
    return user


def roles(user: User) -> frozenset[str]:
    return actor_for(user, at=utc_now()).roles()


def propose(client: Client, username: str, post: str = "auditor", area: str = DISTRICT) -> str:
    data = {"unit": "it", "post": post, "area": area, "reason": "接替"}
    return client.post(f"/-/users/person/{username}/post/", data, follow=True).content.decode()


def test_only_who_looks_after_accounts_sees_the_pages():
    absent = signed_in(person("clerk", "clerk")).get("/-/users/nothing/")
    for number, role in enumerate(("clerk", "auditor")):
        client = signed_in(keeper(f"other{number}", role))
        for address in (PEOPLE, NEW, "/-/users/person/clerk/", "/-/users/proposals/"):
            answer = client.get(address)
            assert (answer.status_code, answer.content) == (404, absent.content), address
    assert Client().get(PEOPLE).headers["Location"].startswith("/accounts/login/")


def test_the_list_tells_posts_second_steps_and_who_lacks_a_passkey():
    person("wang", "auditor")
    html = signed_in(keeper()).get(PEOPLE).content.decode()
    assert "岗位auditor" in html
    assert "缺通行密钥" in html
    assert "尚未登记，登记前不能办事" in html
    assert "wang" not in signed_in(keeper("second")).get(PEOPLE, {"q": "keeper"}).content.decode()


def test_a_new_account_comes_with_a_link_that_sets_a_password_once():
    html = signed_in(keeper()).post(NEW, {"username": "li.na", "name": "李娜"}).content.decode()
    found = re.search(r"http://testserver(/accounts/password/reset/key/\S+)<", html)
    assert found is not None
    visitor = Client()
    where = visitor.get(found[1]).headers["Location"]
    assert found[1].rsplit("-", 1)[1] not in where
    weak = visitor.post(where, {"password1": "password1234", "password2": "password1234"})
    assert "错误" in weak.content.decode()
    visitor.post(where, {"password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.get(username="li.na").check_password(PASSWORD)
    assert "用过、过期" in Client().get(found[1], follow=True).content.decode()
    events = [fact.event for fact in facts_about("user", "li.na")]
    assert events == ["user_created", "sign_in_link_issued", "account_secured"]


def test_a_taken_or_odd_user_name_is_told_beside_the_field():
    client = signed_in(keeper())
    for username in ("keeper", "Big Name"):
        html = client.post(NEW, {"username": username, "name": "李娜"}).content.decode()
        assert 'class="error-summary"' in html
    assert User.objects.count() == 1


def test_one_administrator_proposes_and_another_approves():
    first, second, wang = keeper("first"), keeper("second"), person("wang")
    assert "等待另一位管理员审批" in propose(signed_in(first), "wang")
    assert roles(wang) == set()
    ref = PostProposal.objects.get().public_id
    approve = reverse("accounts:decide", args=[ref, "approve"])
    assert signed_in(first).post(approve).status_code == 404
    assert "批准</a>" not in signed_in(first).get("/-/users/proposals/").content.decode()

    page = signed_in(second).get(approve).content.decode()
    assert "接替" in page
    assert signed_in(second).post(approve).status_code == 302

    assert roles(wang) == {"auditor"}
    assert signed_in(second).post(approve).status_code == 409
    told = signed_in(wang).get("/accounts/notices/").content.decode()
    assert "岗位提名已批准" in told


def test_who_is_proposed_cannot_approve_and_a_system_administrator_can():
    first, chief = keeper("first"), keeper("chief", "admin")
    wang = keeper("wang", "security_admin", area=STREET)
    propose(signed_in(first), "wang", "security_admin", DISTRICT)
    ref = PostProposal.objects.get().public_id
    approve = reverse("accounts:decide", args=[ref, "approve"])
    assert signed_in(wang).post(approve).status_code == 404
    assert signed_in(chief).post(approve).status_code == 302
    assert {member.area_path.count("/") for member in wang.memberships.all()} == {3, 4}


def test_a_refusal_names_its_reason():
    first, second = keeper("first"), keeper("second")
    person("wang")
    propose(signed_in(first), "wang")
    ref = PostProposal.objects.get().public_id
    refuse = reverse("accounts:decide", args=[ref, "refuse"])
    assert "还没有填写" in signed_in(second).post(refuse, {}).content.decode()
    signed_in(second).post(refuse, {"answer": "人选另议"})
    assert PostProposal.objects.get().state == "refused"


def test_an_ordinary_post_counts_at_once_and_an_unknown_one_is_told():
    keeper_ = signed_in(keeper())
    wang = person("wang")
    assert "已任命" in propose(keeper_, "wang", "clerk")
    assert roles(wang) == {"clerk"}
    assert "没有代码为“nowhere”的岗位" in propose(keeper_, "wang", "nowhere").replace("&quot;", '"')
    number = wang.memberships.get().pk
    keeper_.post(reverse("accounts:dismiss", args=["wang", number]))
    assert roles(wang) == set()


def test_an_account_is_shut_and_opened_again_by_another_only():
    client = signed_in(keeper())
    wang = person("wang", "clerk")
    client.post("/-/users/person/wang/close/", {"reason": "调离"})
    wang.refresh_from_db()
    assert not wang.is_active
    client.post("/-/users/person/wang/reopen/", {"reason": "调回"})
    wang.refresh_from_db()
    assert wang.is_active
    assert client.post("/-/users/person/keeper/close/", {"reason": "x"}).status_code == 404
    assert client.post("/-/users/person/keeper/link/").status_code == 404
    assert client.get("/-/users/person/wang/unknown/").status_code == 404


def test_who_looks_after_a_street_does_not_touch_who_also_works_for_the_district():
    local = signed_in(keeper("local", area=STREET))
    wang = person("wang", "clerk", area=STREET)
    assert local.get("/-/users/person/wang/").status_code == 200
    seat = wang.memberships.get().post
    wang.memberships.create(
        post=seat, area_id=seat.unit.area_id, area_path=seat.unit.area_path, valid_from="2026-01-01"
    )
    for act in ("", "link/", "close/", "end/", "post/"):
        assert local.get(f"/-/users/person/wang/{act}").status_code == 404


def test_acts_of_weight_ask_again_who_it_is():
    client = signed_in(keeper(), fresh=False)
    person("wang")
    assert client.get("/-/users/person/wang/").status_code == 200
    for address in (NEW, "/-/users/person/wang/close/", "/-/users/person/wang/link/"):
        where = client.post(address, {"reason": "x"}).headers["Location"]
        assert where.startswith("/accounts/reauthenticate/")
    assert User.objects.get(username="wang").is_active
