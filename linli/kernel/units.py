"""Limits carry their unit and are never converted silently."""

from dataclasses import dataclass
from enum import StrEnum


class LimitUnit(StrEnum):
    """What a limit is counted in (domain rule 0.1)."""

    NATURAL_DAY = "natural_day"
    WORKING_DAY = "working_day"
    WORKING_HOUR = "working_hour"
    HOUR = "hour"
    MINUTE = "minute"


UNIT_WORDS: dict[LimitUnit, tuple[str, str]] = {
    LimitUnit.NATURAL_DAY: ("天", "calendar days"),
    LimitUnit.WORKING_DAY: ("个工作日", "working days"),
    LimitUnit.WORKING_HOUR: ("个工作小时", "working hours"),
    LimitUnit.HOUR: ("小时", "hours"),
    LimitUnit.MINUTE: ("分钟", "minutes"),
}


@dataclass(frozen=True)
class Limit:
    """A length of time as a standard states it.

    Parameters
    ----------
    value : whole number ≥ 0, in `unit`.
    unit : what is counted.
    """

    value: int
    unit: LimitUnit

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError("a limit cannot be negative")

    def text(self, lang: str = "zh-hans") -> str:
        """Say the limit in words.

        >>> Limit(5, LimitUnit.WORKING_DAY).text()
        '5个工作日'
        """
        zh, en = UNIT_WORDS[self.unit]
        return f"{self.value} {en}" if lang.startswith("en") else f"{self.value}{zh}"
