"""A ledger as a calendar: a month of its dates and reviews, which is a list where it is narrow.

Serves: R017.
"""

import re
from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from linli.domain.audit.services import record_list
from linli.domain.ledgers.selectors import Day, calendar_between
from linli.domain.organisations.selectors import day_of
from linli.web.desk.ledgers.base import Opened, counted, opened, tabs
from linli.web.desk.signed_in import staff_page
from linli.web.desk.words import name_of

WEEKDAYS = (noop("一"), noop("二"), noop("三"), noop("四"), noop("五"), noop("六"), noop("日"))
MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
FIRST_YEAR, LAST_YEAR = 1900, 2200
AT_ONCE = 6


@dataclass(frozen=True)
class Entry:
    """What stands at a day: a record, which of its dates, until when it lasts."""

    url: str
    title: str
    words: str


@dataclass(frozen=True)
class Box:
    """A day of the grid; those of the months beside it hold nothing."""

    day: date
    weekday: str
    is_in: bool
    is_today: bool
    first: Sequence[Entry]
    more: Sequence[Entry]

    @property
    def more_words(self) -> str:
        """How many entries are folded away."""
        count = len(self.more)
        return counted(ngettext("还有 %(count)s 条", "还有 %(count)s 条", count), count)


@staff_page
@require_GET
@transaction.atomic
def calendar_page(request: HttpRequest, code: str) -> HttpResponse:
    """One month of a ledger, the present one unless the address names another."""
    held = opened(request, code)
    today = day_of(held.at)
    first = _month(request.GET.get("month", ""), today)
    after = (first + timedelta(days=32)).replace(day=1)
    days = calendar_between(
        held.actor, held.code, start=first, end=after - timedelta(days=1), at=held.at
    )
    refs = dict.fromkeys(day.record.public_id for day in days)
    record_list(list(refs), door="ledger", actor=held.actor, at=held.at)
    context = {
        "opened": held,
        "tabs": tabs(held, "ledger-calendar"),
        "first": first,
        "title": _("%(year)d年%(month)d月") % {"year": first.year, "month": first.month},
        "before": f"{(first - timedelta(days=1)):%Y-%m}",
        "after": f"{after:%Y-%m}",
        "weekdays": [_(name) for name in WEEKDAYS],
        "boxes": _boxes(held, first, today, days),
        "count": len(days),
    }
    return render(request, "desk/ledgers/calendar.html", context)


def _month(text: str, today: date) -> date:
    """Return the first day of the month that an address names, else of the present one."""
    found = MONTH.fullmatch(text)
    if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return date(int(found[1]), int(found[2]), 1)
    return today.replace(day=1)


def _boxes(held: Opened, first: date, today: date, days: Sequence[Day]) -> list[Box]:
    at: dict[date, list[Entry]] = {}
    for day in days:
        at.setdefault(max(day.starts, first), []).append(_entry(held, day))
    return [
        Box(
            day,
            _(WEEKDAYS[day.weekday()]),
            day.month == first.month,
            day == today,
            at.get(day, [])[:AT_ONCE] if day.month == first.month else (),
            at.get(day, [])[AT_ONCE:] if day.month == first.month else (),
        )
        for day in Calendar().itermonthdates(first.year, first.month)
    ]


def _entry(held: Opened, day: Day) -> Entry:
    words = name_of(day.field) if day.field else _("核对到期")
    if day.ends > day.starts:
        words = _("%(name)s，%(first)s 至 %(last)s") % {
            "name": words,
            "first": day.starts.isoformat(),
            "last": day.ends.isoformat(),
        }
    return Entry(held.url("record", day.record.public_id), day.record.title, words)
