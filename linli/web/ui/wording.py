"""How values read on a page: masked names, moments, lengths of time, figures. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.utils.translation import ngettext

MISSING = "--"
MASK = "*"
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
Number = int | float | Decimal


def masked_name(name: str) -> str:
    """Keep the first and last character of a name and hide what stands between.

    >>> masked_name("张老三")
    '张*三'
    >>> masked_name("张三")
    '张*'
    """
    text = name.strip()
    if len(text) < 2:
        return MASK if text else ""
    if len(text) == 2:
        return text[0] + MASK
    return text[0] + MASK * (len(text) - 2) + text[-1]


def masked_phone(phone: str) -> str:
    """Keep the first three and last four digits of a long number, fewer of a short one.

    >>> masked_phone("138 0000 1402")
    '138****1402'
    """
    digits = re.sub(r"\D", "", phone)
    if not digits:
        return ""
    if len(digits) < 7:
        return MASK * len(digits)
    first, last = (3, 4) if len(digits) >= 11 else (1, 2)
    return digits[:first] + MASK * (len(digits) - first - last) + digits[-last:]


# In this order: later browsers name the earlier ones too.
BROWSERS = (
    ("MicroMessenger", noop("微信")),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", noop("鸿蒙")),
    ("Android", noop("安卓")),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device_words(user_agent: str) -> str:
    """Name browser and system of a user agent, or give its beginning where neither is known.

    >>> device_words("Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0")
    'Firefox · Windows'
    >>> device_words("Here/1")
    'Here/1'
    """
    found = [
        _(name)
        for names in (BROWSERS, SYSTEMS)
        for mark, name in [next((pair for pair in names if pair[0] in user_agent), ("", ""))]
        if mark
    ]
    return " · ".join(found) or user_agent[:40] or MISSING


def minute_text(at: datetime, *, zone: tzinfo) -> str:
    """Write a moment to the minute in a zone: 2026-11-24 14:05."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def prose_date(day: date, *, lang: str) -> str:
    """Write a day for running text: 2026年11月24日, or 24 November 2026."""
    if lang.startswith("en"):
        return f"{day.day} {day:%B} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def length_text(length: timedelta) -> str:
    """Say a length of time in its largest whole unit: days from two days on, hours, minutes."""
    length = abs(length)
    if length >= 2 * DAY:
        count = length // DAY
        return ngettext("%(count)d 天", "%(count)d 天", count) % {"count": count}
    if length >= HOUR:
        count = length // HOUR
        return ngettext("%(count)d 小时", "%(count)d 小时", count) % {"count": count}
    count = max(1, length // MINUTE)
    return ngettext("%(count)d 分钟", "%(count)d 分钟", count) % {"count": count}


def since_text(at: datetime, *, now: datetime) -> str | None:
    """Say how long ago, or in how long, a moment is; None from a day on."""
    gap = now - at
    if abs(gap) >= DAY:
        return None
    if abs(gap) < MINUTE:
        return _("刚刚")
    if gap > timedelta(0):
        return _("%(length)s前") % {"length": length_text(gap)}
    return _("%(length)s后") % {"length": length_text(gap)}


@dataclass(frozen=True)
class DueWords:
    """How a due moment reads: `kind` names the look, `words` says it."""

    kind: str
    words: str


def due_words(
    due_at: datetime | None,
    *,
    now: datetime,
    done_at: datetime | None = None,
    held_at: datetime | None = None,
) -> DueWords:
    """Put a due moment into words.

    Parameters
    ----------
    due_at : when the work must be done, or None where nothing limits it.
    now : aware moment of looking.
    done_at : when it was done, or None while it is open.
    held_at : since when the clock stands, or None where it runs.

    Returns
    -------
    Kind `none`, `met`, `late`, `paused`, `overdue`, `soon` (under a day) or `open`.
    """
    if due_at is None:
        return DueWords("none", _("无时限"))
    if done_at is not None:
        if done_at <= due_at:
            return DueWords("met", _("按期办结"))
        return DueWords(
            "late", _("超期 %(length)s办结") % {"length": length_text(done_at - due_at)}
        )
    if held_at is not None and held_at > due_at:
        length = length_text(held_at - due_at)
        return DueWords("overdue", _("已超期 %(length)s，计时暂停") % {"length": length})
    if held_at is not None:
        return DueWords("paused", _("计时暂停"))
    left = length_text(due_at - now)
    if now > due_at:
        return DueWords("overdue", _("已超期 %(length)s") % {"length": left})
    kind = "soon" if due_at - now < DAY else "open"
    return DueWords(kind, _("剩余 %(length)s") % {"length": left})


def number_text(value: Number | None, *, places: int = 0) -> str:
    """Write a figure with thousands by comma; a missing one is `--`, never 0.

    >>> number_text(12345)
    '12,345'
    """
    return MISSING if value is None else f"{_rounded(value, places):,}"


def headline_text(value: Number | None, *, lang: str) -> str:
    """Write a headline figure, in Chinese by 万 and 亿 from a hundred thousand on."""
    if value is None or lang.startswith("en"):
        return number_text(value)
    size = abs(Decimal(str(value)))
    if size < 100_000:
        return number_text(value)
    step, word = (100_000_000, "亿") if size >= 100_000_000 else (10_000, "万")
    return f"{_rounded(Decimal(str(value)) / step, 1):,}{word}"


def percent_text(share: Number | None, *, places: int = 1) -> str:
    """Write a share of one as a percentage without a space; a missing one is `--`.

    >>> percent_text(0.8314)
    '83.1%'
    """
    if share is None:
        return MISSING
    return f"{_rounded(Decimal(str(share)) * 100, places):,}%"


def _rounded(value: Number, places: int) -> Decimal:
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
