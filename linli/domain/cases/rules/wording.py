"""How documents put things: days, moments and answers in Chinese.

Serves: R105.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo

from linli.domain.cases.rules.answers import Answer, is_blank
from linli.domain.catalogue.rules.standard import Choice, FieldDef

UNITS = {
    "year": "年",
    "natural_day": "天",
    "working_day": "个工作日",
    "working_hour": "个工作小时",
    "hour": "小时",
    "minute": "分钟",
    "second": "秒",
    "share": "",
    "times": "次",
    "items": "个",
    "characters": "字",
    "metre": "米",
    "square_metre": "平方米",
}


def day_words(day: date) -> str:
    """Return a day as official letters write it.

    >>> day_words(date(2026, 3, 2))
    '2026年3月2日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def moment_words(there: datetime) -> str:
    """Return a local moment to the minute.

    >>> moment_words(datetime(2026, 3, 2, 9, 5))
    '2026年3月2日9时05分'
    """
    return f"{day_words(there.date())}{there.hour}时{there.minute:02}分"


def end_words(there: datetime) -> str:
    """Return a local moment by which something ends; a day's end belongs to that day.

    >>> end_words(datetime(2026, 3, 10)), end_words(datetime(2026, 3, 9, 17, 30))
    ('2026年3月9日24时', '2026年3月9日17时30分')
    """
    if there.time() == time():
        return f"{day_words((there - timedelta(days=1)).date())}24时"
    return moment_words(there)


def length_words(value: float, unit: str) -> str:
    """Return a length of time or an amount.

    >>> length_words(7, "working_day")
    '7个工作日'
    """
    return f"{value:g}{UNITS.get(unit, '')}"


def said_words(field: FieldDef, answer: Answer, *, zone: tzinfo) -> str:
    """Return an answer to a field of a form in words, "" for none; moments as of a zone."""
    if is_blank(answer):
        return ""
    if isinstance(answer, bool):
        return "是" if answer else "否"
    if isinstance(answer, int | float):
        return length_words(answer, field.unit or "")
    if isinstance(answer, list):
        return "、".join(_chosen(field.choices, str(one)) for one in answer)
    if field.kind == "date":
        return day_words(date.fromisoformat(str(answer)))
    if field.kind == "datetime":
        moment = datetime.fromisoformat(str(answer))
        return moment_words(moment.astimezone(zone) if moment.tzinfo else moment)
    if field.kind == "choice":
        return _chosen(field.choices, str(answer))
    return str(answer).strip()


def _chosen(choices: Iterable[Choice], code: str) -> str:
    return next((choice.name for choice in choices if choice.code == code), code)
