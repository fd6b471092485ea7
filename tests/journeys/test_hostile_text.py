"""Words that would be markup come out as words, on every page that shows them.

Serves: R041 R109.
"""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.test import Client

from linli.domain.cases.models import Case
from linli.domain.cases.services import add_note, dispatch_case
from linli.domain.cases.tests.builders import Town, build_town
from linli.kernel.clock import utc_now
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db
WORDS = (
    *("<script>steal()</script>", '"><img src=x onerror=steal()>', "<svg/onload=steal()>"),
    *(
        "<a href=javascript:steal()>x</a>",
        "＜script＞steal()＜/script＞",
        "<div hx-get=/x hx-trigger=load>",
    ),
    *("{{ settings.SECRET_KEY }}", "{% include 'x' %}", "<style>@import'//x'</style>", "<!--"),
    *("</textarea><script>steal()</script>", "<base href=//x>", "' onfocus=steal() autofocus='"),
    *("<math><mi xlink:href=data:x>", "&lt;script&gt;", "<iframe srcdoc=x>", "\u202e<b>x</b>"),
)
BODY = "工地半夜施工，睡不着觉。" + " ".join(WORDS)
FOREIGN_TAGS = {"math", "iframe", "base", "style", "b", "mi"}


class Reader(HTMLParser):
    """Reads a page as a browser does, and notes what none of our pages has."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        wrong = tag in FOREIGN_TAGS or (tag == "script" and not said.get("src"))
        wrong |= any(name.startswith("on") for name in said) or said.get("hx-get") == "/x"
        wrong |= said.get("href", "").startswith("javascript:") or "onload" in tag
        if wrong:
            self.found.append(tag)


@pytest.fixture
def town() -> Town:
    return build_town()


def clean(page: str) -> bool:
    """Whether a page has no tag or handler out of the words."""
    reader = Reader()
    reader.feed(page)
    return not reader.found


def test_no_page_takes_what_people_wrote_for_markup(town):
    resident = Client()
    resident.post("/report/what/", {"body": BODY})
    resident.post("/report/where/", {"address": WORDS[1], "area": "990101001001"})
    resident.post("/report/who/", {"name": WORDS[0][:64], "phone": ""})
    pages = [resident.get("/report/check/")]
    pages.append(resident.post("/report/check/", {"key": "one"}, follow=True))
    case = Case.objects.get()
    by = {"actor": town.clerk, "at": utc_now()}
    dispatch_case(case.public_id, to="works", key="d", **by)
    add_note(case.public_id, text=BODY, is_public=True, key="n", **by)
    found = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", pages[-1].content.decode())
    assert found is not None
    pages.append(Client().post("/track/", {"code": found[0]}))
    clerk = signed_in(town, "clerk")
    pages += [clerk.get(f"/desk/cases/{case.public_id}/"), clerk.get("/desk/cases/")]
    pages.append(clerk.get("/desk/cases/", {"q": WORDS[1]}))
    pages.append(clerk.get(f"/desk/cases/{case.public_id}/note/"))

    assert [page.status_code for page in pages] == [200] * len(pages)
    for page in pages:
        assert clean(page.content.decode())
    shown = unescape(pages[2].content.decode())
    as_kept = [word.removeprefix("\u202e") for word in WORDS if word != "&lt;script&gt;"]
    assert [word for word in as_kept if word not in shown] == []


def test_the_look_sees_markup_where_there_is_some():
    for word in (WORDS[0], WORDS[1], WORDS[2], WORDS[5], WORDS[8]):
        assert not clean(f"<p>{word}</p>"), word
