"""Faults of days and hours."""

CALENDAR_SAYINGS: dict[str, tuple[str, str]] = {
    "file_year": (
        "文件名是 {file_year} 年，里面写的是 {year} 年，不知以哪个为准。请改成一致。",
        "The file is named for {file_year} and speaks of {year}, so it is unclear which holds."
        " Make them agree.",
    ),
    "day_outside_year": (
        "{day} 不在 {year} 年内，也不是上年年末的连休。请移到那一年的文件。",
        "{day} is neither in {year} nor in a holiday begun at the end of the year before. Move"
        " it to the file of its year.",
    ),
    "holiday_reversed": (
        "假期“{name}”的结束日 {end} 早于开始日 {start}。请核对。",
        "The holiday “{name}” ends on {end}, before it begins on {start}. Check the dates.",
    ),
    "holiday_too_long": (
        "假期“{name}”有 {days} 天，超过 {most} 天，多半是笔误。请核对起止日期。",
        "The holiday “{name}” has {days} days, more than {most}: likely a slip. Check its dates.",
    ),
    "day_twice": (
        "{day} 被写了两次（另一次在 {first}），既放假又上班算不清。请只留一处。",
        "{day} is named twice (also at {first}), so it cannot be counted. Keep one.",
    ),
    "workday_not_weekend": (
        "{day} 是周一至周五，本来就上班，不必列为调休。请核对通知。",
        "{day} falls on Monday to Friday and is worked anyway. Check it against the notice.",
    ),
    "hours_reversed": (
        "工作时段 {start}–{end} 的结束不晚于开始。请核对。",
        "The working period {start}–{end} does not end after it begins. Check it.",
    ),
    "hours_overlap": (
        "工作时段 {start}–{end} 与前一段重叠或次序颠倒，时间会算两遍。请按先后写且不重叠。",
        "The working period {start}–{end} overlaps the one before or is out of order, so time"
        " would count twice. Put them in order and apart.",
    ),
    "unknown_zone": (
        "时区“{zone}”不在 IANA 时区表中，本地时间无法换算。请用如 Asia/Shanghai 的名称。",
        "The time zone “{zone}” is not an IANA name, so local time cannot be known. Use a name"
        " such as Asia/Shanghai.",
    ),
}
