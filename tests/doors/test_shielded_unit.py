"""Whoever belongs to the unit complained about learns of the complaint what the rendition says.

Every address is asked as everybody of the unit and of a part of it; and what is hidden may change
without a byte of theirs changing.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from linli.domain.access.models import User
from linli.domain.access.selectors import SYSTEM_ACTOR, Role
from linli.domain.access.services import issue_token
from linli.domain.cases.models import Case, Feedback, Link, Rendition
from linli.domain.cases.services import merge_duplicate, name_respondent, notify
from linli.domain.cases.tests.builders import AT, STREET, build_town, new_case
from linli.domain.cases.tests.shielding import BODY, NAME, PHONE, TEXT, Complaint, complaint
from linli.domain.organisations.models import Member, Post, Unit
from linli.domain.places.models import Area
from linli.kernel.clock import utc_now
from tests.doors.test_looks import addresses, filled, signed_in, words_of

pytestmark = pytest.mark.django_db
RECEIVED = datetime(2026, 11, 2, 19, 47, tzinfo=UTC)  # 03:47 on the third, here
RECEIPT = "7QXZ-W4PN-K3VM-8TRD"
TWIN = "摊车让人抬走的那位老人是我邻居"
PLANTED = (
    *(NAME, PHONE, BODY[3:12], BODY[14:24], "执法队收走三轮车", TWIN[2:10], "2026-11-03", "03:47"),
    *("2026年11月3日", RECEIPT, RECEIPT.replace("-", ""), "反映其执法"),
)
# Words by which the case would be found, and none of which is planted.
SOUGHT = "三轮车"
# Tokens, which are new each time.
ONCE = re.compile(r'(?:csrfmiddlewaretoken" value|nonce)="[^"]*"|name="key" value="[a-z2-7]{26}"')
# Whoever reads: of the unit, and of a part of it.
READERS = {
    "works": (Role.HANDLER, Role.CLERK, Role.SUPERVISOR, Role.ANALYST, Role.LEADER, Role.AUDITOR),
    "depot": (Role.HANDLER, Role.SUPERVISOR, Role.AUDITOR),
}
# The same for everybody: the description of the API has an example of a number.
EXAMPLES = "/api/v1/openapi.json"


@pytest.fixture(scope="module")
def about(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Complaint]:
    """A complaint with a duplicate, a rating, notices and a rendition that was sent."""
    with django_db_blocker.unblock(), transaction.atomic():
        town = build_town()
        found = complaint(town, received_at=RECEIVED, receipt=RECEIPT)
        twin = new_case(town, key="k1", title="又一件", body=f"{TWIN}，请处理。")
        name_respondent(twin.public_id, unit="works", reason="反映其执法", **found.by(key="n"))
        merge_duplicate(twin.public_id, into=found.ref, **found.by(key="m"))
        notify(found.ref, kind="case_dispatched", at=AT)
        _rated(found.case, "dissatisfied")
        found.sent()
        works = Unit.objects.get(code="works")
        Unit.objects.create(
            code="depot",
            name="depot",
            kind="station",
            parent=works,
            area=works.area,
            area_path=works.area_path,
        )
        yield found
        transaction.set_rollback(True)


def _rated(case: Case, satisfied: str) -> None:
    Feedback.objects.filter(case=case).delete()
    Feedback.objects.create(
        case=case, round=1, solved="unsolved", satisfied=satisfied, comment=TWIN, by="clerk",
        given_at=AT,
    )  # fmt: skip


def person(role: str, unit: str) -> User:
    """Somebody with a post in a unit, over the whole street."""
    user = User.objects.create(username=f"{role}-{unit}", name="某", is_demo=True)
    post = Post.objects.create(
        code=user.username, name=role, role=role, unit=Unit.objects.get(code=unit),
        clearance="sealed",
    )  # fmt: skip
    area = Area.objects.get(path=STREET)
    Member.objects.create(
        user=user, post=post, area=area, area_path=STREET, valid_from=date(2020, 1, 1)
    )
    return user


def pages(user: User, names: list[str], *, methods: tuple[str, ...]) -> dict[str, str]:
    """What a person gets at every address but those of the own account, with each name put in."""
    client = Client(raise_request_exception=False)
    token = issue_token(user, name="t", scopes=("read",), actor=SYSTEM_ACTOR, at=utc_now())
    found: dict[str, str] = {}
    for pattern in addresses():
        if pattern.startswith(("/accounts/", EXAMPLES)):
            continue
        for url in dict.fromkeys(filled(pattern, name) for name in names):
            auth = {"Authorization": f"Bearer {token}"} if "/api/" in url else {}
            for method in methods:
                if not signed_in(client):
                    client.force_login(user)
                ask = client.get if method == "get" else client.post
                with transaction.atomic():
                    answer = ask(url, {"q": SOUGHT, "asked": "1"}, headers=auth)
                    said = f"{words_of(answer)} {answer.headers} {answer.status_code}"
                    transaction.set_rollback(True)
                found[f"{method} {url}"] = said
    return found


@pytest.mark.parametrize("unit", ["works", "depot"])
def test_no_page_list_export_answer_or_journal_gives_the_complainant_away(about, unit):
    """Serves: X08 R129."""
    sent = Rendition.objects.get(state="sent")
    names = [about.ref, about.case.number, sent.public_id]
    planted = [*PLANTED, about.case.number, about.ref]
    leaks: set[str] = set()
    shown = 0
    for role in READERS[unit]:
        user = person(role.value, unit)
        methods = ("get", "post") if role is Role.HANDLER else ("get",)
        for where, said in pages(user, names, methods=methods).items():
            echo = said.replace(where.partition(" ")[2], "")
            # What stood in the address may come back in a link to sign in or to another language.
            asked = [word for word in planted if word not in where]
            leaks |= {f"{role} {where}: {word}" for word in asked if word in echo}
            shown += TEXT in said

    assert leaks == set()
    assert (shown > 0) is (unit == "works")


def test_what_is_hidden_may_change_without_a_byte_of_theirs_changing(about):
    """Serves: X08."""
    user = person("handler", "works")
    sent = Rendition.objects.get(state="sent")

    def seen() -> dict[str, str]:
        with transaction.atomic():
            found = pages(user, [sent.public_id, about.ref], methods=("get",))
            transaction.set_rollback(True)
        return {url: ONCE.sub("", said) for url, said in found.items()}

    before = seen()
    Link.objects.all().delete()
    _rated(about.case, "satisfied")
    Case.objects.filter(pk=about.case.pk).update(
        title="另一件", body="别的话", number="20200101-000001-1", received_at=AT, urgency="urgent",
        due_at=AT, stage="triage", channel="web", confidentiality="sealed", outcome="answer",
    )  # fmt: skip

    after = seen()

    assert [url for url in before if before[url] != after[url]] == []
    assert any(TEXT in said for said in before.values())


def test_a_rendition_of_another_unit_is_absent_byte_for_byte(about):
    """Serves: X08."""
    client = Client()
    client.force_login(person("handler", "water"))
    sent = Rendition.objects.get(state="sent")

    other, absent = (client.get(f"/desk/statements/{ref}/") for ref in (sent.public_id, "nosuch"))

    assert other.status_code == absent.status_code == 404
    assert ONCE.sub("", other.content.decode()).replace(sent.public_id, "nosuch") == ONCE.sub(
        "", absent.content.decode()
    )
