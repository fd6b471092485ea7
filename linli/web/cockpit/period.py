"""The days that a look covers: a few usual spans, or two days of one's own. Pure but for words."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_noop as noop

PRESETS = {
    "month": noop("本月"),
    "last-month": noop("上月"),
    "30": noop("近 30 天"),
    "90": noop("近 90 天"),
    "year": noop("今年"),
}
USUAL = "30"


@dataclass(frozen=True)
class Period:
    """Whole local days from `first` to `last`, both counted; `code` is empty for free days."""

    first: date
    last: date
    code: str = ""


def preset(code: str, *, today: date) -> Period:
    """Return a usual span as of a day; KeyError for another code.

    >>> preset("last-month", today=date(2026, 3, 31))
    Period(first=datetime.date(2026, 2, 1), last=datetime.date(2026, 2, 28), code='last-month')
    """
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    spans = {
        "month": (month, today),
        "last-month": (before.replace(day=1), before),
        "30": (today - timedelta(days=29), today),
        "90": (today - timedelta(days=89), today),
        "year": (today.replace(month=1, day=1), today),
    }
    return Period(*spans[code], code)
