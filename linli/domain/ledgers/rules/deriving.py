"""Fields that nobody fills in: reckoned when they are read, from what is stored."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from linli.domain.catalogue.rules.ledger import LedgerDef, LedgerField
from linli.domain.ledgers.rules.values import Json

Number = int | float
DECIMALS = 4


def derived_in(
    ledger: LedgerDef, data: Mapping[str, Json], *, on: date, named_by: Mapping[str, int]
) -> dict[str, Number]:
    """Return code → number for each derived field whose parts are filled in.

    Parameters
    ----------
    on : today. named_by : ledger → how many of its records name this one.

    >>> derived_in.__name__
    'derived_in'
    """
    found: dict[str, Number] = {}
    for field in ledger.fields:
        if field.derived is None:
            continue
        number = _reckoned(field, data, on, named_by)
        if number is not None:
            found[field.code] = number
    return found


def _reckoned(
    field: LedgerField, data: Mapping[str, Json], on: date, named_by: Mapping[str, int]
) -> Number | None:
    derived = field.derived
    if derived is None:
        return None
    if derived.by:
        return named_by.get(derived.by, 0)
    parts = [data.get(code) for code in derived.of]
    if derived.how == "count_of_links":
        return sum(len(part) for part in parts if isinstance(part, list))
    if derived.how in _OF_DAYS:
        day = _day(parts[0])
        return None if day is None else _OF_DAYS[derived.how](day, on)
    numbers = [_number(part) for part in parts]
    if derived.how == "sum":
        filled = [number for number in numbers if number is not None]
        return _plain(sum(filled, Decimal())) if filled else None
    first, second = numbers
    if first is None or second is None:
        return None
    if derived.how == "difference":
        return _plain(first - second)
    return _plain(first / second) if second else None


def _number(value: Json | None) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return Decimal(str(value))


def _plain(number: Decimal) -> Number:
    rounded = round(number, DECIMALS)
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)


def _day(value: Json | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def years_between(start: date, end: date) -> int:
    """Whole years from one day to another, as ages are counted.

    >>> years_between(date(2000, 2, 29), date(2026, 2, 28))
    25
    """
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


_OF_DAYS: Mapping[str, Callable[[date, date], int]] = {
    "days_since": lambda day, on: (on - day).days,
    "days_until": lambda day, on: (day - on).days,
    "years_since": years_between,
}
