"""Looks are told to whom they concern, and seen by whoever audits.

Serves: X02 X10.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from linli.config.anchor import FolderAnchor
from linli.config.seal_keys import FileSealKeys
from linli.domain.access.selectors import SYSTEM_ACTOR, Holding
from linli.domain.access.services import create_user
from linli.domain.audit.services import check_journal, record_view, seal_journal
from linli.domain.cases.models import Case
from linli.domain.cases.tests.builders import Town, build_town, new_case
from linli.domain.organisations.selectors import actor_for
from linli.kernel.clock import utc_now
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db
CODE = "AAAA-BBBB-CCCC-DDD1"


@pytest.fixture
def town() -> Town:
    return build_town()


@pytest.fixture
def case(town) -> Case:
    return new_case(town, at=utc_now(), receipt=CODE, key="k0")


def as_auditor(town: Town) -> Client:
    """Sign in somebody whose only post is to audit."""
    user = create_user(
        "auditor-1", name="审计员一", password=None, actor=SYSTEM_ACTOR, at=utc_now(), is_demo=True
    )
    place = town.supervisor.holdings[0]
    town.__dict__["auditor"] = replace(
        actor_for(user, at=utc_now()), holdings=(replace(place, role="auditor", unit_id=0),)
    )
    return signed_in(town, "auditor")


def told(case_code: str = CODE, lang: str = "zh-hans") -> str:
    answer = Client(headers={"accept-language": lang}).post("/track/looks/", {"code": case_code})
    return str(answer.content.decode()) if answer.status_code == 200 else ""


def test_a_resident_sees_which_office_looked_and_never_who(town, case):
    assert "还没有工作人员打开过" in told()
    clerk = signed_in(town, "clerk")
    for _ in range(2):
        clerk.get(f"/desk/cases/{case.public_id}/")
    clerk.post(f"/desk/cases/{case.public_id}/person/", {"asked": "1", "reason": "contact"})
    supervisor = signed_in(town, "supervisor")
    supervisor.get(f"/desk/cases/{case.public_id}/")

    page = told()

    assert page.count("timeline__entry") == 3
    for words in ("办理时查看", "为联系您，查看了姓名和电话", "监督检查时查看"):
        assert words in page
    for name in (town.clerk.name, town.supervisor.name, "supervisor", "clerk"):
        assert name not in page
    assert "Looked at in oversight" in told(lang="en")


def test_looks_are_shown_to_nobody_without_the_code(case):
    assert told("AAAA-BBBB-CCCC-DDD2") == ""
    assert Client().get("/track/looks/").status_code == 405


def test_the_page_of_a_report_leads_there(case):
    page = Client().post("/track/", {"code": CODE}).content.decode()
    assert 'action="/track/looks/"' in page
    assert f'name="code" value="{CODE}"' in page


def test_an_auditor_reads_the_journal_and_leaves_a_mark(town, case):
    signed_in(town, "clerk").get(f"/desk/cases/{case.public_id}/")
    auditor = as_auditor(town)

    page = auditor.get("/desk/audit/", {"subject": case.public_id}).content.decode()
    looks = auditor.get("/desk/audit/", {"act": "personal_data_viewed"}).content.decode()
    marks = auditor.get("/desk/audit/", {"act": "cases_listed"}).content.decode()

    assert "登记受理" in page
    assert looks.count("查看工单或个人信息（") == 1
    assert "door：journal" in marks


def test_nobody_else_reads_the_journal(town, case):
    assert signed_in(town, "clerk").get("/desk/audit/").status_code in (403, 404)
    assert signed_in(town, "supervisor").get("/desk/audit/").status_code in (403, 404)


@pytest.mark.parametrize(
    "query", ["?page=9999999", "?since=x", "?act=nothing", "?role=%00", "?page=0"]
)
def test_a_wrong_address_is_no_fault_of_the_server(town, query):
    assert as_auditor(town).get(f"/desk/audit/{query}").status_code in (200, 404, 422)


def test_the_last_seal_and_what_a_check_found_stand_on_top(town, case, tmp_path):
    auditor = as_auditor(town)
    store, keys = FolderAnchor(tmp_path / "a"), FileSealKeys(tmp_path / "k", algorithm="ed25519")
    seal_journal(store, keys)
    check_journal(store, keys, actor=SYSTEM_ACTOR, at=utc_now())
    assert "完好" in auditor.get("/desk/audit/").content.decode()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_journal DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE audit_journal SET actor_name='x' WHERE id = (SELECT min(id) FROM audit_journal)"
        )
        cursor.execute("ALTER TABLE audit_journal ENABLE TRIGGER USER")
    check_journal(store, keys, actor=SYSTEM_ACTOR, at=utc_now(), since=0)

    page = auditor.get("/desk/audit/").content.decode()

    assert "流水与封印不符" in page
    assert "条记录被改动" in page


def test_a_post_that_looks_far_more_than_it_used_to_is_pointed_at_with_its_rows(town, case):
    office = Holding("clerk", 0, "works", "99/")
    actor = replace(town.clerk, holdings=(office,))
    with transaction.atomic():
        for back in range(12, -1, -1):
            for _ in range(40 if back == 1 else 3):
                record_view(
                    case.public_id, fields=["body"], purpose="task", actor=actor, at=utc_now()
                )
            _date_back(back)

    page = as_auditor(town).get("/desk/audit/").content.decode()

    assert "office=works" in page
    assert page.count("office=works") == 1


def _date_back(days: int) -> None:
    """Let the rows of today be those of an earlier day."""
    at = utc_now() - timedelta(days=days)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_journal DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE audit_journal SET recorded_at = %s WHERE event = 'personal_data_viewed'"
            " AND recorded_at > %s",
            [at, datetime.now(UTC) - timedelta(hours=1)],
        )
        cursor.execute("ALTER TABLE audit_journal ENABLE TRIGGER USER")


def test_seals_lie_outside_the_folder_of_the_database():
    anchor = settings.LINLI_ANCHOR
    assert isinstance(anchor, FolderAnchor)
    assert "pgdata" not in anchor.folder.parts
