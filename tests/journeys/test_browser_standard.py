"""A kind of case is built from nothing in forms, put in force by another, and worked on.

Serves: R014 R105.
"""

import pytest
from playwright.sync_api import Browser

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.catalogue.services import publish_pack
from linli.kernel.clock import utc_now
from linli.town.build import running
from linli.town.settling import settle_offices
from tests.journeys.browser import CHROMIUM, DESK, PHONE, Visitor, chromium
from tests.journeys.test_browser_road import PACKS

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: as root, make browser"),
]


def test_a_kind_of_case_is_built_in_forms_put_in_force_and_opened(live_server):
    at = utc_now()
    for pack in ("cn-base", "hotline-12345"):
        publish_pack(PACKS / pack, actor=SYSTEM_ACTOR, at=at)
    settle_offices(at=at)
    with chromium() as browser:
        walk(browser, live_server.url)


def walk(browser: Browser, address: str) -> None:
    password = running().password

    def staff(username: str, size: tuple[int, int] = DESK) -> Visitor:
        member = Visitor(browser, address, size=size)
        member.sign_in(username, password)
        return member

    admin = staff("admin")
    url = built(admin)
    decided(staff("admin2", PHONE), url)
    clerk = staff("clerk")
    opened(clerk)
    assert [*admin.faults, *clerk.faults] == []


def built(admin: Visitor) -> str:
    """A pack with one standard and one matter, handed to a second person; returns its address."""
    admin.open("/desk/drafts/")
    admin.write("标准包代码", "street-own")
    fill(admin, "名称", "街道自建")
    fill(admin, "名称（英文）", "Own")
    admin.press("新建")
    url = admin.page.url
    added(admin, "standards", "noise_visit")
    fill(admin, "名称", "噪声走访")
    fill(admin, "名称（英文）", "Noise visit")
    admin.press("保存")
    admin.page.get_by_role("link", name="登记", exact=True).click()
    fill(admin, "名称", "走访登记")
    admin.photograph("stage-form")
    admin.press("保存")
    admin.open(url)
    added(admin, "matters", "noise_visit")
    fill(admin, "名称", "噪声走访")
    admin.page.locator("input[name=standard]").fill("noise_visit")
    admin.press("保存")
    admin.open(url)
    assert admin.sees("检查无误")
    admin.photograph("draft")
    admin.write("修改的理由和依据", "街道会议定")
    admin.press("提交")
    assert admin.sees("请由另一位管理员审批")
    return url


def added(admin: Visitor, area: str, code: str) -> None:
    """A new entry of one kind, opened."""
    form = admin.page.locator(f"form:has(input[name=area][value={area}])")
    form.locator("input[name=code]").fill(code)
    form.get_by_role("button").click()


def fill(member: Visitor, label: str, text: str) -> None:
    """Fill the field of exactly this label."""
    member.page.get_by_label(label, exact=True).fill(text)


def decided(other: Visitor, url: str) -> None:
    """The second person agrees."""
    other.open(url)
    other.choose("同意，生效")
    fill(other, "理由", "符合规定")
    other.press("决定")
    assert other.sees("已生效")


def opened(clerk: Visitor) -> None:
    """A case of the new kind, taken through its first stage."""
    clerk.open("/desk/open/")
    clerk.press("噪声走访")
    fill(clerk, "标题", "夜市噪声走访")
    fill(clerk, "内容", "按居民反映到夜市走访。")
    clerk.page.get_by_role("main").get_by_role("button", name="立案").click()
    assert clerk.sees("下一步")
    assert clerk.sees("走访登记")
    clerk.press("办妥")
    clerk.page.get_by_role("main").get_by_role("button", name="办妥").click()
    assert clerk.sees("完成一步办理")
