"""The main road in a real browser: from a resident's phone to a case solved at the second try.

Serves: R009 R011 R014 R019 R020 R041.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.catalogue.services import publish_pack
from linli.kernel.clock import utc_now
from linli.town.build import running
from linli.town.settling import settle_offices
from tests.journeys.browser import CHROMIUM, DESK, PHONE, Visitor, chromium

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: as root, make browser"),
]
PACKS = Path(__file__).resolve().parents[2] / "packs"
WORDS = "光明里门口的路灯坏了三天，晚上黑漆漆的，老人出门差点摔倒，请尽快维修。"
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


def report(resident: Visitor) -> str:
    """Five short pages without an account; the last shows the receipt code."""
    resident.open("/")
    resident.press("开始填写")
    resident.write("出了什么事", WORDS)
    resident.press("继续")
    resident.write("在什么地方", "翠屏街道槐荫社区光明里")
    resident.press("继续")
    resident.write("联系电话", "13000000000")
    resident.press("继续")
    assert resident.sees(WORDS)
    resident.press("提交诉求")
    found = CODE.search(resident.page.get_by_role("main").inner_text())
    assert found is not None
    resident.photograph("receipt")
    return found[0]


def test_a_report_is_dispatched_answered_sent_back_and_solved(live_server):
    at = utc_now()
    for pack in ("cn-base", "hotline-12345"):
        publish_pack(PACKS / pack, actor=SYSTEM_ACTOR, at=at)
    settle_offices(at=at)
    with chromium() as browser:
        walk(browser, live_server.url)


def walk(browser: Browser, address: str) -> None:
    password = running().password

    def staff(username: str) -> Visitor:
        member = Visitor(browser, address, size=DESK)
        member.sign_in(username, password)
        return member

    resident = Visitor(browser, address, size=PHONE)
    code = report(resident)
    dispatch(staff("clerk"))
    handler = staff("handler_urban_management")
    answer(handler, "已更换三盏路灯，今晚恢复照明。")
    other_clerk = staff("clerk2")
    follow_up(other_clerk, "已解决")
    send_back(resident, code)
    answer(handler, "线路也已换新，连续两晚查看都亮。")
    follow_up(other_clerk, "已解决")
    track(resident, code)
    assert resident.sees("线路也已换新")
    assert resident.sees("您的评价")
    assert resident.sees("未解决")
    assert not any(visitor.faults for visitor in (resident, handler, other_clerk))


def open_case(member: Visitor) -> None:
    """Open the case from the inbox, the way the day begins."""
    member.open("/desk/")
    member.page.get_by_role("link", name=WORDS[:12]).click()


def dispatch(clerk: Visitor) -> None:
    """Accept the suggestion; hand it to whom the duty list names, which is chosen beforehand."""
    open_case(clerk)
    clerk.photograph("desk-case")
    clerk.press("采纳建议")
    assert clerk.sees("系统建议，已由人决定")
    clerk.press("派单")
    chosen = clerk.page.get_by_role("radio", checked=True)
    assert chosen.get_attribute("value") == "urban_management"
    clerk.press("派单")
    assert clerk.sees("承办")


def answer(handler: Visitor, words: str) -> None:
    open_case(handler)
    handler.press("办结答复")
    handler.write("答复内容", words)
    handler.page.get_by_label("办理结果").select_option("done")
    handler.press("办结答复")
    assert handler.sees(words)


def follow_up(other_clerk: Visitor, solved: str) -> None:
    """Another person than the one who dispatched asks the resident."""
    open_case(other_clerk)
    other_clerk.press("记录回访")
    other_clerk.choose("是")
    other_clerk.choose(solved)
    other_clerk.choose("满意")
    other_clerk.press("记录回访")
    assert other_clerk.sees("已办结")


def track(resident: Visitor, code: str) -> None:
    resident.open("/track/")
    resident.write("查询码", code)
    resident.press("查询")


def send_back(resident: Visitor, code: str) -> None:
    """The resident says on the phone's page that it is not solved; work begins again."""
    track(resident, code)
    resident.photograph("track")
    resident.choose("没有解决，请继续办理")
    resident.choose("不满意")
    resident.press("提交评价")
    assert resident.sees("已退回重新办理")
