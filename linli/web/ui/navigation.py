"""What stands in the main navigation, and for whom."""

from collections import Counter
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, gettext_noop

from linli.domain.access.selectors import ACTS, Actor, may
from linli.domain.audit.selectors import count_failed_jobs
from linli.domain.cases.selectors import waiting_counts
from linli.kernel.clock import utc_now

FAILED_JOBS = "jobs"


@dataclass(frozen=True)
class Entry:
    """One way in: words, name of its address, acts any of which opens it, what waits there."""

    label: str
    url_name: str
    acts: tuple[str, ...] = ()
    waiting: str = ""


@dataclass(frozen=True)
class NavItem:
    """An entry as it is shown to one person on one page."""

    label: str
    url: str
    is_current: bool
    waiting: int = 0


PLACES: dict[str, tuple[Entry, ...]] = {
    "portal": (
        Entry(gettext_noop("反映问题"), "portal:start"),
        Entry(gettext_noop("查询进度"), "portal:track"),
        Entry(gettext_noop("公开数据"), "portal:figures"),
    ),
    "desk": (
        Entry(
            gettext_noop("待办"),
            "desk:inbox",
            ("case.triage", "case.handle", "case.follow_up", "case.review_objection"),
        ),
        Entry(gettext_noop("受理"), "desk:intake", ("message.create",)),
        Entry(gettext_noop("立案"), "desk:open", ("case.open",)),
        Entry(gettext_noop("工单"), "desk:cases", ("case.list",)),
        Entry(gettext_noop("超期"), "desk:overdue", ("case.list",)),
        Entry(gettext_noop("台账"), "desk:ledgers", ("ledger.view",)),
        Entry(
            gettext_noop("通知"),
            "desk:notices",
            ("case.triage", "case.handle", "case.supervise"),
            "notices",
        ),
        Entry(
            gettext_noop("需说明的投诉"),
            "desk:renditions",
            ("rendition.answer",),
            "renditions",
        ),
        Entry(
            gettext_noop("特别查阅"),
            "desk:openings",
            ("glass.break", "glass.approve", "person.approve", "audit.view"),
            "openings",
        ),
        Entry(gettext_noop("看板"), "cockpit:home", ("cockpit.view",)),
        Entry(gettext_noop("公开数据"), "desk:figures", ("figures.prepare", "figures.publish")),
        Entry(gettext_noop("人员"), "accounts:people", ("user.manage",)),
        Entry(gettext_noop("岗位提名"), "accounts:proposals", ("user.approve",)),
        Entry(
            gettext_noop("失败的任务"),
            "desk:jobs",
            ("organisation.manage",),
            FAILED_JOBS,
        ),
        Entry(gettext_noop("职责建议"), "desk:duties", ("organisation.manage",)),
        Entry(gettext_noop("流水审计"), "desk:journal", ("audit.view",)),
        Entry(gettext_noop("保存期限"), "desk:retention", ("audit.view", "catalogue.publish")),
        Entry(gettext_noop("工作标准"), "desk:standards", tuple(sorted(ACTS))),
        Entry(gettext_noop("修改标准"), "desk:drafts", ("catalogue.publish",)),
        Entry(gettext_noop("权限"), "desk:access", tuple(sorted(ACTS))),
    ),
}


def items_for(place: str, *, actor: Actor, path: str) -> list[NavItem]:
    """Return the entries of a place that the actor may open, the one of `path` marked.

    An entry whose address is not served (a face switched off) is left out.
    """
    shown = [
        (entry, url)
        for entry in PLACES[place]
        if not entry.acts or any(may(actor, act) for act in entry.acts)
        if (url := _url(entry.url_name))
    ]
    waiting = _waiting(actor, {entry.waiting for entry, _ in shown if entry.waiting})
    return [
        NavItem(gettext(entry.label), url, _is_current(url, path), waiting[entry.waiting])
        for entry, url in shown
    ]


def _waiting(actor: Actor, kinds: set[str]) -> Counter[str]:
    """How much waits under the entries shown."""
    counts = waiting_counts(actor, kinds - {FAILED_JOBS}, at=utc_now())
    if FAILED_JOBS in kinds:
        counts[FAILED_JOBS] = count_failed_jobs()
    return counts


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _is_current(url: str, path: str) -> bool:
    return path == url or (url != "/" and url.count("/") > 2 and path.startswith(url))
