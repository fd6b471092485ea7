"""`linli users invite|list|deactivate|…` and what the doctor says of accounts.

Serves: R109 R129.
"""

import json
import re

import pytest
from click.testing import CliRunner, Result
from django.db import connection
from django.test import Client, override_settings

from linli.config.cli.users import command
from linli.config.doctor.accounts import account_findings
from linli.domain.access.selectors import SYSTEM_ACTOR, User
from linli.domain.access.services import create_user
from linli.domain.audit.selectors import facts_about
from linli.kernel.clock import utc_now
from linli.kernel.errors import NotFound
from linli.web.accounts.tests.builders import PASSWORD, enrol_passkey, lay_out, person


@pytest.fixture(autouse=True)
def database_of_the_tests(db, monkeypatch):
    # The tests' own server, which the verb must not start again.
    monkeypatch.setenv("LINLI_DATABASE_URL", f"postgresql:///{connection.settings_dict['NAME']}")
    monkeypatch.setenv("LINLI_ROLE", "owner")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


def users(*words: str) -> Result:
    return CliRunner().invoke(command, list(words), catch_exceptions=False)


def listed() -> dict[str, dict[str, object]]:
    return {row["username"]: row for row in json.loads(users("list", "--json").output)}


def test_the_first_administrator_comes_in_by_a_link_that_works_once():
    said = users("invite", "first", "--name", "首", "--site", "https://testserver/")
    link = said.output.splitlines()[0]
    assert link.startswith("https://testserver/accounts/password/reset/key/")
    assert listed()["first"]["password"] is False
    browser = Client()
    where = browser.get(link.removeprefix("https://testserver")).headers["Location"]
    browser.post(where, {"password1": PASSWORD, "password2": PASSWORD})
    assert listed()["first"]["password"] is True
    spent = Client().get(link.removeprefix("https://testserver"), follow=True)
    assert re.search("用过、过期", spent.content.decode())


def test_a_new_link_voids_nothing_until_it_is_used_and_then_all_others():
    person("wang")
    links = [users("link", "wang", "--site", "").output.splitlines()[0] for _ in range(2)]
    browser = Client()
    where = browser.get(links[0]).headers["Location"]
    fresh = "another-long-and-quiet-lane"
    browser.post(where, {"password1": fresh, "password2": fresh})
    assert User.objects.get().check_password(fresh)
    assert "用过、过期" in Client().get(links[1], follow=True).content.decode()


def test_the_list_tells_posts_second_steps_and_what_is_lacking():
    lay_out()
    enrol_passkey(person("chief", "admin"))
    person("wang", "auditor")
    rows = listed()
    assert rows["chief"]["secured"] is True
    assert rows["chief"]["posts"] == ["it:admin"]
    assert rows["wang"] | {"secured": False, "asked": "passkey"} == rows["wang"]
    assert "! passkey" in users("list").output


def test_an_account_is_shut_and_opened_again_with_its_reason_in_the_journal():
    person("wang")
    users("deactivate", "wang", "--reason", "调离")
    assert listed()["wang"]["state"] == "closed"
    with pytest.raises(NotFound):
        users("deactivate", "wang", "--reason", "调离")
    users("activate", "wang", "--reason", "调回")
    facts = facts_about("user", "wang")
    assert [fact.event for fact in facts][1:] == ["account_closed", "account_reopened"]
    assert facts[1].data["reason"] == "调离"
    with pytest.raises(NotFound):
        users("activate", "nobody", "--reason", "x")


def test_lost_second_steps_are_removed_here_and_nowhere_else():
    enrol_passkey(person("wang"))
    users("drop-second-step", "wang", "--reason", "手机与备用码均遗失，已当面核实")
    assert listed()["wang"]["second_step"] == []
    assert facts_about("user", "wang")[-1].event == "second_steps_dropped"


def test_the_doctor_calls_demo_accounts_a_problem_wherever_data_are_real():
    create_user(
        "clerk", name="演", password=PASSWORD, is_demo=True, actor=SYSTEM_ACTOR, at=utc_now()
    )
    assert all(finding.is_well for finding in account_findings())
    with override_settings(ALLOW_DEMO_USERS=False):
        wrong = [finding for finding in account_findings() if not finding.is_well]
    assert len(wrong) == 1
    assert "linli users deactivate clerk" in wrong[0].advice


def test_the_doctor_names_who_lacks_a_passkey_and_which_of_the_three_is_missing():
    lay_out()
    person("wang", "auditor")
    said = " ".join(finding.text("en") for finding in account_findings())
    assert "1 accounts lack the passkey" in said
    assert "wang" in said
    assert "admin, security_admin is missing" in said


def test_a_demo_account_neither_signs_in_nor_stays_in_wherever_data_are_real():
    create_user(
        "clerk", name="演", password=PASSWORD, is_demo=True, actor=SYSTEM_ACTOR, at=utc_now()
    )
    inside, outside = Client(), Client()
    inside.post("/accounts/login/", {"login": "clerk", "password": PASSWORD})
    assert inside.get("/accounts/2fa/").status_code == 200
    with override_settings(ALLOW_DEMO_USERS=False):
        assert inside.get("/accounts/2fa/").status_code == 302
        outside.post("/accounts/login/", {"login": "clerk", "password": PASSWORD})
        assert outside.get("/accounts/2fa/").status_code == 302
