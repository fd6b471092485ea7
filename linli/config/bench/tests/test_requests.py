"""The bench of bad requests, few enough for every run, and that it would see what is wrong.

Serves: R109 X01 X02.
"""

from collections import Counter

import pytest
from django.conf import settings

from linli.config.bench._requests_lane import Lane
from linli.config.bench._requests_payloads import MARK, least, payloads
from linli.config.bench._requests_reading import Page, faults_of, leads_out
from linli.config.bench._requests_run import broken, theatre_of
from linli.config.bench._requests_targets import targets

REQUESTS, SEED = 180, 20261125
HTML = {"content-type": "text/html; charset=utf-8"}


@pytest.mark.django_db
def test_bad_requests_break_nothing_tell_nothing_and_leave_nothing_by_half():
    theatre = theatre_of(seed=SEED, cases=12)

    came = Lane(seed=SEED, number=0).run(REQUESTS, theatre.first())

    told = [fault for fault in came.told.values() if not fault.startswith("slow")]
    assert told == []
    assert broken() == 0
    assert came.tried >= REQUESTS


def test_each_kind_of_payload_comes_to_what_it_must_and_all_are_different():
    counts = Counter(payload.kind for payload in payloads())

    assert {kind: n for kind, n in least().items() if counts[kind] < n} == {}
    assert len(set(payloads())) == len(payloads()) >= 2_000
    assert [payload for payload in payloads() if "§" in payload.text] == []


def test_every_route_and_act_is_sent_to_and_every_address_can_be_written():
    keys = {target.key for target in targets()}

    assert {"portal:rate", "desk:act merge", "api:post_message", "account_login"} <= keys
    written = [one.address(dict.fromkeys(one.places, "a/b")) for one in targets()]
    assert [path for path in written if set(path) & set("<>^$()?")] == []


@pytest.mark.parametrize(
    ("status", "headers", "body", "kind"),
    [
        (500, HTML, b"<p>x</p>", "five_hundreds"),
        (200, HTML, b"Traceback (most recent call last):", "traces"),
        (404, HTML, b'invalid input syntax for type bigint: "x"', "traces"),
        (200, HTML, settings.SECRET_KEY.encode(), "traces"),
        (200, HTML, b"<p>1787569</p>", "traces"),
        (200, HTML, b"<script>zx7()</script>", "executable"),
        (200, HTML, b"<img src=x onerror=zx7()>", "executable"),
        (200, HTML, b"<p zx7>x</p>", "executable"),
        (200, HTML, b"<a href='java\tscript:zx7()'>x</a>", "executable"),
        (200, HTML, b"<form action='//zx7.invalid/'></form>", "executable"),
        (200, HTML, b"<iframe></iframe>", "executable"),
        (200, {"content-type": "text/csv"}, b'a,"=SUM(1,zx7)"\r\n', "formulas"),
        (302, {"location": "/\\zx7.invalid"}, b"", "headers"),
        (200, {"zx7-injected": "1"}, b"", "headers"),
    ],
)
def test_what_is_wrong_with_an_answer_is_seen(status, headers, body, kind):
    page = Page(body.decode()) if headers is HTML else None

    assert [one.partition(":")[0] for one in faults_of(status, headers, body, page)] == [kind]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (HTML, b"<p>&lt;script&gt;zx7()&lt;/script&gt;</p>"),
        (HTML, b"<a href='/desk/cases/?q=%3Cscript%3Ezx7'>x</a>"),
        (HTML, b"<textarea name=a>zx7</textarea><input value='javascript:zx7()'>"),
        ({"content-type": "text/csv"}, b"a,'=SUM(1,zx7)\r\n"),
        ({"location": "/desk/?q=//zx7.invalid"}, b""),
    ],
)
def test_a_payload_that_came_back_as_words_is_no_fault(headers, body):
    page = Page(body.decode()) if headers is HTML else None

    assert faults_of(200, headers, body, page) == []


def test_a_page_tells_its_forms_and_links():
    page = Page(
        "<a href=/desk/>x</a><form method=post action=/track/><input name=code>"
        "<select name=to><option value=a>A</option><option value=b>B</option></select>"
        "<textarea name=body>x</textarea></form><form><input name=q></form>"
    )

    assert page.links == ["/desk/"]
    assert [form.action for form in page.forms] == ["/track/"]
    fields = page.forms[0].fields
    assert (fields["to"].choices, fields["body"].value, set(fields)) == (
        ["a", "b"],
        "x",
        {"code", "to", "body"},
    )


def test_an_address_that_only_names_the_mark_leads_nowhere():
    assert not leads_out(f"/desk/cases/?q={MARK}")
    assert leads_out(" JavaScript:alert(1)")
