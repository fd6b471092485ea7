"""A standard with other stages, outcomes and words gets its buttons without a line of code.

Serves: R014 R105.
"""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.cases.selectors import Case, items_of
from linli.domain.cases.services import dispatch_case
from linli.domain.cases.tests.builders import AT, Town, build_town, new_case
from linli.domain.catalogue.services import publish_pack
from linli.domain.catalogue.tests.builders import SMALL, STANDARD, write
from linli.kernel.clock import utc_now
from linli.web.desk.tests.builders import signed_in
from tests.journeys.test_api_road import headers_for

pytestmark = pytest.mark.django_db

CHANGES = {
    "{code: send, name: 转办, name_en: Send, to: work}": (
        "{code: dispatch, name: 转办, name_en: Send, to: work}\n"
        "      - {code: filed, name: 存档备查, name_en: Filed, to: closed, needs_reason: true}\n"
        "      - {code: note, name: 直接办理, name_en: At once, to: work}\n"
        "    form: [shelf]"
    ),
    "    form: [answer]\n    limit: {clock: case}\n": (
        "    form: [answer, size]\n    limit: {clock: case}\n    each: units\n"
    ),
    "{code: done, name: 办结, name_en: Done, to: closed}": (
        "{code: mended, name: 修好了, name_en: Mended, to: closed}\n"
        "      - {code: fenced, name: 先围挡, name_en: Fenced off, to: closed, needs_reason: true}"
    ),
    "fields:\n": (
        "fields:\n  - {code: size, name: 面积, name_en: Size, kind: line, hint: 平方米, "
        "hint_en: Square metres}\n"
        "  - {code: shelf, name: 存放处, name_en: Shelf, kind: line, required: true}\n"
    ),
}


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """The street, with a pack beside the shipped ones whose standard knows other words."""
    cast = build_town()
    text = STANDARD
    for old, new in CHANGES.items():
        assert old in text
        text = text.replace(old, new)
    files = {name: body for name, body in SMALL.items() if not name.startswith("calendar")}
    files |= {"standards/wish.yaml": text}
    files.pop("hours.yaml")
    publish_pack(write(tmp_path / "small", files), actor=SYSTEM_ACTOR, at=AT)
    return cast


def opened(town: Town) -> Case:
    return new_case(town, matter="noise.building", at=utc_now(), petition_type="")


def handed_over(town: Town) -> Case:
    return dispatch_case(
        opened(town).public_id, to="works", actor=town.clerk, at=utc_now(), key="dispatched"
    )


def test_outcomes_become_buttons_named_by_the_standard(town):
    page = signed_in(town, "handler").get(f"/desk/cases/{handed_over(town).public_id}/")
    text = page.content.decode()
    assert "修好了" in text
    assert "先围挡" in text
    assert "办结答复" not in text
    assert "/return/" not in text


def test_the_form_asks_what_the_standard_asks_and_keeps_the_answers(town):
    case, handler = handed_over(town), signed_in(town, "handler")
    url = f"/desk/cases/{case.public_id}/mended/"
    form = handler.get(url).content.decode()
    assert "平方米" in form
    assert handler.post(url, {"key": "m", "reason": "", "size": "3"}).status_code == 302
    done = next(item for item in items_of(case) if item.stage == "work")
    assert (done.outcome, done.result) == ("mended", {"size": "3"})
    assert Case.objects.get(pk=case.pk).status == "closed"


def test_an_outcome_that_needs_a_reason_is_refused_without_one(town):
    case, handler = handed_over(town), signed_in(town, "handler")
    url = f"/desk/cases/{case.public_id}/fenced/"
    assert handler.post(url, {"key": "f", "reason": ""}).status_code == 422
    assert handler.post(url, {"key": "f", "reason": "待料"}).status_code == 302


def test_what_the_standard_does_not_know_is_not_offered(town):
    case, handler = handed_over(town), signed_in(town, "handler")
    text = handler.get(f"/desk/cases/{case.public_id}/").content.decode()
    for act in ("extend", "pause", "exclude", "return"):
        assert f"/{act}/" not in text


def test_an_outcome_of_a_role_has_its_button_with_the_form_of_its_stage(town):
    case, clerk = opened(town), signed_in(town, "clerk")
    page, url = f"/desk/cases/{case.public_id}/", f"/desk/cases/{case.public_id}/filed/"
    assert "存档备查" in clerk.get(page).content.decode()
    assert "存档备查" not in signed_in(town, "supervisor").get(page).content.decode()
    empty = clerk.post(url, {"key": "f", "reason": "", "shelf": ""})
    assert empty.status_code == 422
    assert "“存放处”还没有填写" in empty.content.decode()
    assert "“理由”还没有填写" in empty.content.decode()
    for _ in range(2):
        said = {"key": "f", "reason": "无须办理", "shelf": "三号柜"}
        assert clerk.post(url, said).status_code == 302
    done = items_of(case)[-1]
    assert (done.outcome, done.reason, done.result) == ("filed", "无须办理", {"shelf": "三号柜"})
    assert Case.objects.get(pk=case.pk).status == "closed"


def test_units_send_a_case_back_by_the_way_that_the_standard_names(town):
    case, handler = handed_over(town), signed_in(town, "handler")
    assert "退回" in handler.get(f"/desk/cases/{case.public_id}/").content.decode()
    url = f"/desk/cases/{case.public_id}/wrong/"
    assert handler.post(url, {"key": "w", "reason": ""}).status_code == 302
    assert Case.objects.get(pk=case.pk).stage == "look"


def test_a_way_to_units_of_whom_none_is_known_is_neither_offered_nor_taken(town):
    case, clerk = opened(town), signed_in(town, "clerk")
    assert "直接办理" not in clerk.get(f"/desk/cases/{case.public_id}/").content.decode()
    url = f"/desk/cases/{case.public_id}/way-note/"
    assert clerk.get(url).status_code == 409
    refused = clerk.post(url, {"key": "w", "reason": "", "shelf": "三号柜"})
    assert refused.status_code == 422
    assert "请先派单" in refused.content.decode()


def test_another_system_finishes_a_step_as_the_desk_does(town):
    """Serves: R081."""
    case, headers = opened(town), headers_for(town, "clerk", ["act"])
    url = f"/api/v1/cases/{case.public_id}/outcomes"
    keyed = {**headers, "Idempotency-Key": "filed-000001"}

    def post(body: dict[str, object]) -> Any:
        return Client().post(url, body, "application/json", headers=keyed)

    refused = post({"outcome": "filed", "reason": "无须办理", "result": {"colour": "red"}})
    assert refused.status_code == 422
    assert [fault["field"] for fault in refused.json()["errors"]] == ["colour", "shelf"]
    assert post({"outcome": "dispatch"}).json()["field"] == "outcome"
    said: dict[str, object] = {
        "outcome": "filed",
        "reason": "无须办理",
        "result": {"shelf": "三号柜"},
    }
    assert [post(said).status_code, post(said).status_code] == [201, 200]
    assert Case.objects.get(pk=case.pk).outcome == "filed"
    other = {**headers_for(town, "outsider", ["act"]), "Idempotency-Key": "filed-000002"}
    hidden = Client().post(url, said, "application/json", headers=other)
    assert hidden.status_code == 404
    late = Client().post(
        url, said, "application/json", headers={**headers, "Idempotency-Key": "filed-000003"}
    )
    assert (late.status_code, late.json()["title"]) == (409, "wrong_state")
