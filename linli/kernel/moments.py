"""How moments at which something ends are written."""

from datetime import datetime, time, timedelta


def end_text(there: datetime) -> str:
    """Write a local moment by which something must be done, to the minute.

    A day's end belongs to that day: people who read the next day's 00:00 come a day late.

    >>> end_text(datetime(2026, 12, 2)), end_text(datetime(2026, 12, 2, 17, 30))
    ('2026-12-01 24:00', '2026-12-02 17:30')
    """
    if there.time() == time():
        return f"{there - timedelta(days=1):%Y-%m-%d} 24:00"
    return f"{there:%Y-%m-%d %H:%M}"
