"""A standard with other stages, outcomes and words gets its buttons without a line of code.

Serves: R014 R105.
"""

from pathlib import Path

import pytest

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.cases.selectors import Case, items_of
from linli.domain.cases.services import dispatch_case
from linli.domain.cases.tests.builders import AT, Town, build_town, new_case
from linli.domain.catalogue.services import publish_pack
from linli.domain.catalogue.tests.builders import SMALL, STANDARD, write
from linli.kernel.clock import utc_now
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db

CHANGES = {
    "{code: send, name: 转办, name_en: Send, to: work}": (
        "{code: dispatch, name: 转办, name_en: Send, to: work}"
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


def handed_over(town: Town) -> Case:
    case = new_case(town, matter="noise.building", at=utc_now(), petition_type="")
    return dispatch_case(
        case.public_id, to="works", actor=town.clerk, at=utc_now(), key="dispatched"
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
