"""Sixty residents come in by every road; they are searched for in all that is kept or answered.

Serves: X01 X02 R109.
"""

import base64
import csv
import hashlib
import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import Client
from pytest_django import DjangoDbBlocker

from linli.domain.access.models import User
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.access.services import issue_token
from linli.domain.audit.models import Journal
from linli.domain.cases.models import Case
from linli.domain.cases.tests.builders import AT
from linli.domain.needs.services import erase_reporter, import_messages, mapping_of, read_export
from linli.domain.needs.tests.builders import NOISE, ReadTown, build_read_town
from linli.domain.vault.models import DataKey
from linli.domain.vault.selectors import find_by
from linli.jobs.outbox import queue_reactions
from linli.jobs.reactions import REACTIONS
from linli.web.desk.tests.builders import signed_in
from tests.canaries.residents import Resident, planted
from tests.canaries.searching import all_tables, hits

pytestmark = pytest.mark.django_db
RESIDENTS = planted(60)
ROADS = 4
AREA = "990101001001"
MAPPING = "source: city\ncolumns: {source_id: 编号, reporter_name: 姓名, phone: 电话, body: 内容}\n"


@dataclass
class Planted:
    """A street into which all residents have come, and whoever looks for them."""

    clerk: Client
    supervisor: Client
    headers: dict[str, str]
    log: io.StringIO


@pytest.fixture(scope="module")
def planted_street(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Planted]:
    """All residents, come in once for the tests below and taken back at the end."""
    heard = logging.StreamHandler(io.StringIO())
    root = logging.getLogger()
    level = root.level
    root.addHandler(heard)
    root.setLevel(logging.DEBUG)
    with django_db_blocker.unblock(), transaction.atomic():
        town = build_read_town()
        clerk = signed_in(town.cast, "clerk")
        street = Planted(clerk, signed_in(town.cast, "supervisor"), key_of(town), io_of(heard))
        come_in(street)
        connection.check_constraints()
        yield street
        transaction.set_rollback(True)
    root.removeHandler(heard)
    root.setLevel(level)


def io_of(handler: "logging.StreamHandler[io.StringIO]") -> io.StringIO:
    return handler.stream


def key_of(town: ReadTown) -> dict[str, str]:
    user = User.objects.get(username="clerk")
    scopes = ["message", "read"]
    secret = issue_token(user, name="t", scopes=scopes, actor=SYSTEM_ACTOR, at=AT)
    return {"Authorization": f"Bearer {secret}"}


def come_in(street: Planted) -> None:
    for one in by_road(0):
        report_by_portal(one)
    for one in by_road(1):
        report_by_phone(street.clerk, one)
    for one in by_road(2):
        report_by_api(street.headers, one)
    report_by_file(by_road(3))
    assert Case.objects.count() == DataKey.objects.count() == len(RESIDENTS)


def by_road(road: int) -> list[Resident]:
    return RESIDENTS[road::ROADS]


def report_by_portal(one: Resident) -> None:
    resident = Client()
    resident.post("/report/what/", {"body": f"{NOISE}，第{one.number}次"})
    resident.post("/report/where/", {"address": "幸福家园3栋", "area": AREA})
    resident.post("/report/who/", {"name": one.written_name, "phone": one.written_phone})
    assert resident.post("/report/check/", {"key": f"p{one.number}"}).status_code == 302


def report_by_phone(clerk: Client, one: Resident) -> None:
    said = {"name": one.written_name, "phone": one.written_phone, "body": f"{NOISE} {one.number}"}
    more = {"channel": "phone", "key": f"call-{one.number}", "area": AREA, "address": "3栋"}
    assert clerk.post("/desk/new/", {**said, **more}).status_code == 302


def report_by_api(headers: dict[str, str], one: Resident) -> None:
    body = {"body": f"{NOISE} {one.number}", "area": AREA, "reporter_name": one.written_name}
    body["reporter_phone"] = one.written_phone
    keyed = {**headers, "Idempotency-Key": f"api-key-{one.number}"}
    answer = Client().post("/api/v1/messages", body, "application/json", headers=keyed)
    assert answer.status_code == 201
    assert not hits({"answer": answer.content.decode()}, [one])


def report_by_file(residents: list[Resident]) -> None:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["编号", "姓名", "电话", "内容"])
    for one in residents:
        rows.writerow([one.number, one.written_name, one.written_phone, f"{NOISE} {one.number}"])
    mapping = mapping_of(
        MAPPING.encode(),
        name="mapping.yaml",
    )
    file = io.BytesIO(out.getvalue().encode("utf-8-sig"))
    export = read_export(file, mapping, at=AT)
    taken = sum(b.taken for b in import_messages(export.rows, actor=SYSTEM_ACTOR, at=AT))
    assert taken == len(residents)


def dispatched(clerk: Client, case: Case) -> None:
    page = clerk.get(f"/desk/cases/{case.public_id}/dispatch/").content.decode()
    unit = re.findall(r'name="to" value="([^"]+)"', page)[0]
    said = {"key": "d1", "to": unit}
    assert clerk.post(f"/desk/cases/{case.public_id}/dispatch/", said).status_code == 302


def test_no_table_log_or_job_holds_a_resident_in_any_form(planted_street):
    case = Case.objects.order_by("id")[0]
    dispatched(planted_street.clerk, case)
    planted_street.clerk.post(f"/desk/cases/{case.public_id}/person/", {"reason": "contact"})
    assert queue_reactions(REACTIONS, limit=1000)

    tables = all_tables()

    assert {"vault.vault_sealedfield", "public.audit_journal", "public.django_session"} <= set(
        tables
    )
    assert hits(tables, RESIDENTS) == []
    assert hits({"log": planted_street.log.getvalue()}, RESIDENTS) == []
    assert looks_at_a_person().count() == 1


def looks_at_a_person() -> QuerySet[Journal]:
    """The looks at who somebody is; looks at a case's words are others."""
    return Journal.objects.filter(event="personal_data_viewed", payload__contains="reporter_phone")


def test_no_page_list_export_or_answer_shows_a_resident_without_the_act(planted_street):
    cases = list(Case.objects.order_by("id"))
    answers = {}
    for name in ("clerk", "supervisor"):
        staff: Client = getattr(planted_street, name)
        paths = ["/desk/", "/desk/cases/", "/desk/notices/", "/desk/overdue/", "/cockpit/"]
        paths += ["/desk/cases/export/", "/cockpit/areas.json"]
        paths += [f"/desk/cases/{case.public_id}/" for case in cases[:: len(cases) // 12]]
        for path in paths:
            answers[f"{name} {path}"] = body_of(staff.get(path))
        asked = f"/desk/cases/{cases[0].public_id}/person/"
        answers[f"{name} masked"] = body_of(staff.post(asked))
    for path in ("/api/v1/cases", *(f"/api/v1/cases/{case.public_id}" for case in cases[:8])):
        answers[path] = body_of(Client().get(path, headers=planted_street.headers))

    assert len(answers) > 40
    assert hits(answers, RESIDENTS) == []
    assert "199****0000" in answers["clerk masked"]


def body_of(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


def test_no_search_finds_a_case_by_its_resident(planted_street):
    for one in RESIDENTS[:8]:
        for words in (one.name, one.phone, one.pinyin):
            page = body_of(planted_street.clerk.get("/desk/cases/", {"q": words}))
            assert not any(c.number in page for c in Case.objects.all()), words


def test_the_act_shows_the_resident_and_nobody_else(planted_street):
    case = Case.objects.order_by("id")[0]

    shown = body_of(
        planted_street.clerk.post(f"/desk/cases/{case.public_id}/person/", {"reason": "contact"})
    )

    first = by_road(0)[0]
    assert first.written_name in shown
    assert first.written_phone in shown
    assert hits({"page": shown}, [one for one in RESIDENTS if one is not first]) == []


def test_without_a_reason_of_the_list_nothing_is_shown(planted_street):
    case = Case.objects.order_by("id")[0]
    address = f"/desk/cases/{case.public_id}/person/"

    for said in ({"asked": "1"}, {"reason": ""}, {"reason": "curious"}):
        answer = planted_street.clerk.post(address, said)
        assert answer.status_code == 422
        assert hits({"page": body_of(answer)}, RESIDENTS) == []
    assert not looks_at_a_person().exists()


def test_whoever_is_erased_opens_to_nobody_not_even_with_the_tables_of_before(planted_street):
    case = Case.objects.order_by("id")[0]
    erase_reporter(case.public_id, actor=SYSTEM_ACTOR, at=AT)

    assert find_by("repeat_caller", by_road(0)[0].phone) == []
    key = DataKey.objects.get(subject=case.public_id)
    assert (key.wrapped, key.fields.count(), key.digests.count()) == (None, 0, 0)


@pytest.mark.parametrize("hidden_as", ["plain", "split", "wide", "hex", "base64", "digest"])
def test_the_search_would_have_found_them(planted_street, hidden_as):
    """A search that finds nothing must be one that can find something."""
    one = RESIDENTS[5]
    values = {
        "plain": one.name,
        "split": "-".join(one.phone),
        "wide": RESIDENTS[8].written_phone,
        "hex": one.name.encode().hex(),
        "base64": base64.b64encode(f"x{one.phone}".encode()).decode(),
        "digest": hashlib.sha256(one.phone.encode()).hexdigest(),
    }
    assert Session.objects.update(session_data=values[hidden_as])

    assert any("django_session" in hit for hit in hits(all_tables(), RESIDENTS))
