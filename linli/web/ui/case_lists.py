"""How a list of cases is narrowed in an address: written here, and read back here.

Whoever shows a number links it with `CaseQuery.url`; the list reads the same address with
`narrowing_of`, so that both count the same cases. Days are whole and of the local zone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import TypedDict, cast
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from linli.domain.cases.selectors import CaseFilter, Span
from linli.domain.catalogue.selectors import matter_by_code
from linli.domain.organisations.selectors import unit_by_code
from linli.domain.places.selectors import area_by_code
from linli.kernel.errors import Rejected
from linli.web.ui.languages import is_english
from linli.web.ui.parts import FilterTag

OVERDUE, TODAY = "overdue", "today"
DAY_WORDS = {
    "since": noop("受理自 %(day)s"),
    "until": noop("受理至 %(day)s"),
    "closed_since": noop("办结自 %(day)s"),
    "closed_until": noop("办结至 %(day)s"),
}


@dataclass(frozen=True)
class CaseQuery:
    """What narrows a list of cases; `until` and `closed_until` are the last days that count.

    Parameters
    ----------
    status : open or closed. due : overdue or today, of open cases.
    area, matter : codes; all below is included. unit : code of the leading unit.
    """

    status: str = ""
    due: str = ""
    area: str = ""
    matter: str = ""
    unit: str = ""
    since: date | None = None
    until: date | None = None
    closed_since: date | None = None
    closed_until: date | None = None

    def url(self) -> str:
        """Return the address of the desk's list of exactly these cases."""
        set_ones = {f.name: v for f in fields(self) if (v := getattr(self, f.name))}
        return f"{reverse('desk:cases')}?{urlencode(set_ones)}"


@dataclass(frozen=True)
class Narrowing:
    """A list's address as read: the condition, a tag for each part, and what a form must keep."""

    where: CaseFilter
    tags: tuple[FilterTag, ...]
    kept: tuple[tuple[str, str], ...]


def span_of(first: date, last: date) -> Span:
    """Return the moments of whole local days, the last one included."""
    zone = timezone.get_current_timezone()
    began = datetime.combine(first, time.min, tzinfo=zone)
    return Span(began, datetime.combine(last + timedelta(days=1), time.min, tzinfo=zone))


def narrowing_of(params: QueryDict, *, at: datetime) -> Narrowing:
    """Read what an address narrows by, beyond what the list's own form asks.

    Raises Rejected for a day or limit that cannot be read and NotFound for an unknown code:
    a list must not show more than its address says.
    """
    where, words = CaseFilter(), dict[str, str]()
    for name, read in READERS.items():
        value = params.get(name, "").strip()
        if value:
            changes, words[name] = read(name, value, at)
            where = replace(where, **changes)
    return Narrowing(where, _tags(words, params), tuple((n, str(params[n])) for n in words))


class Changes(TypedDict, total=False):
    """The fields of a CaseFilter that an address may set."""

    area_path: str
    matter_path: str
    unit: str
    overdue_at: datetime
    due_since: datetime
    due_until: datetime
    since: datetime
    until: datetime
    closed_since: datetime
    closed_until: datetime


Read = tuple[Changes, str]


def _area(name: str, code: str, at: datetime) -> Read:
    area = area_by_code(code)
    return {"area_path": area.path}, _("区域：%(name)s") % {"name": area.name}


def _matter(name: str, code: str, at: datetime) -> Read:
    found = matter_by_code(code)
    words = found.name_en if is_english() else found.name
    return {"matter_path": found.path}, _("事项：%(name)s") % {"name": words}


def _unit(name: str, code: str, at: datetime) -> Read:
    return {"unit": code}, _("承办单位：%(name)s") % {"name": unit_by_code(code).name}


def _due(name: str, value: str, at: datetime) -> Read:
    if value == OVERDUE:
        return {"overdue_at": at}, _("已超期")
    if value == TODAY:
        today = timezone.localdate(at)
        span = span_of(today, today)
        return {"due_since": span.since, "due_until": span.until}, _("今日到期")
    raise _unreadable(name, value)


def _day(name: str, value: str, at: datetime) -> Read:
    try:
        day = date.fromisoformat(value)
        span = span_of(day, day)
    except (ValueError, OverflowError):
        raise _unreadable(name, value) from None
    words = _(DAY_WORDS[name]) % {"day": day.isoformat()}
    moment = span.until if name.endswith("until") else span.since
    return cast(Changes, {name: moment}), words


READERS: Mapping[str, Callable[[str, str, datetime], Read]] = {
    "due": _due,
    "area": _area,
    "matter": _matter,
    "unit": _unit,
    **dict.fromkeys(DAY_WORDS, _day),
}


def _unreadable(name: str, value: str) -> Rejected:
    return Rejected(
        f"地址中的条件“{name}={value[:40]}”无法识别，没有列出任何工单。请从列表或看板重新进入。",
        f"The condition {name}={value[:40]} in the address cannot be read, so no case is "
        "listed. Come in again from the list or the cockpit.",
        field=name,
    )


def _tags(words: Mapping[str, str], params: QueryDict) -> tuple[FilterTag, ...]:
    tags = []
    for name, label in words.items():
        rest = params.copy()
        for gone in (name, "page"):
            rest.pop(gone, None)
        tags.append(FilterTag(label, f"?{rest.urlencode()}"))
    return tuple(tags)
