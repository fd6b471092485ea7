"""Moments as exports write them: many forms of date and time, full-width figures, sheet serials."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from linli.kernel.tables import Cell

# Day 0 of spreadsheet serials (1900 system, with its leap day that never was), and those taken.
SERIAL_START = datetime(1899, 12, 30)  # noqa: DTZ001  # a wall time; the zone is the file's
SERIALS = (30_000.0, 80_000.0)
COMPACT_FROM = 10_000_000  # eight figures are a year, a month and a day
_DATE = r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
_HALF = r"(?P<half>凌晨|早上|上午|中午|下午|傍晚|晚上|am|pm)?"
_TIME = (
    rf"{_HALF}\s*(?P<hour>\d{{1,2}})\s*[:时点]\s*(?:(?P<minute>\d{{1,2}})\s*"
    r"(?:[:分]\s*(?:(?P<second>\d{1,2})(?:\.\d+)?\s*秒?)?)?)?\s*(?P<after>am|pm)?"
)
_ZONE = r"(?P<zone>z|[+-]\d{2}:?\d{2})?"
_WRITTEN = re.compile(rf"{_DATE}(?:[\st]*{_TIME}\s*{_ZONE})?")
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:\s?(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2}))?)?"
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_AFTERNOON = frozenset({"下午", "傍晚", "晚上", "pm"})
_NOON = 12


def read_moment(cell: Cell, *, zone: ZoneInfo) -> datetime:
    """Return the moment that a cell tells, in UTC; a date alone means its first minute.

    Parameters
    ----------
    cell : text, a date of a spreadsheet, or its serial number of days.
    zone : in which zone people wrote it, where the cell does not say.

    Raises ValueError where it is no moment, or where day and month cannot be told apart.

    Examples
    --------
    >>> read_moment("２０２６年8月1日09时47分", zone=ZoneInfo("Asia/Shanghai")).isoformat()
    '2026-08-01T01:47:00+00:00'
    """
    local = _local(cell)
    return (local if local.tzinfo else local.replace(tzinfo=zone)).astimezone(UTC)


def _local(cell: Cell) -> datetime:
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001  # a wall time
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(float(cell))
    return _from_text(unicodedata.normalize("NFKC", str(cell)).strip().lower())


def _from_text(text: str) -> datetime:
    if _SERIAL.fullmatch(text):
        return _from_number(float(text))
    found = _WRITTEN.fullmatch(text) or _COMPACT.fullmatch(text)
    if found is None:
        raise ValueError(text)
    parts = found.groupdict()
    year, month, day, minute, second = (
        int(parts[name] or 0) for name in ("year", "month", "day", "minute", "second")
    )
    hour = _hour(int(parts["hour"] or 0), parts.get("half") or parts.get("after") or "")
    local = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  # zone follows
    offset = (parts.get("zone") or "").replace("z", "+00:00")
    return datetime.fromisoformat(f"{local.isoformat()}{offset}")


def _hour(hour: int, half: str) -> int:
    if half in _AFTERNOON and hour < _NOON:
        return hour + _NOON
    if half in ("am", "凌晨") and hour == _NOON:
        return 0
    return hour


def _from_number(number: float) -> datetime:
    if number.is_integer() and number >= COMPACT_FROM:
        return _from_text(str(int(number)))
    if not SERIALS[0] <= number < SERIALS[1]:
        raise ValueError(number)
    return SERIAL_START + timedelta(seconds=round(number * 86_400))
