"""When people call: the day, the hour, the channel; and what each month brings more of."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

from linli.town.chance import weighted
from linli.town.text_data import Checked, read_data

ZONE = ZoneInfo("Asia/Shanghai")
DAYS_A_YEAR = 365.25


class RhythmFile(Checked):
    """What `data/rhythm.yaml` holds; weights have no unit, 1 is ordinary."""

    seasons: dict[str, list[float]]
    weekdays: list[float]
    hours: list[float]
    growth_a_year: float
    day_noise: float
    channels: dict[str, float]


@dataclass(frozen=True)
class Span:
    """The days that a set of demands covers, both ends included, local."""

    first: date
    last: date

    @property
    def days(self) -> list[date]:
        """Every day of the span."""
        count = (self.last - self.first).days + 1
        return [self.first + timedelta(days=i) for i in range(count)]


@cache
def rhythm() -> RhythmFile:
    """Return the rhythm, read once."""
    return read_data("rhythm", shape=RhythmFile)


def season_weight(season: str, month: int) -> float:
    """Return how much more than in an ordinary month a season's matters are heard."""
    return rhythm().seasons[season][month - 1]


def draw_days(span: Span, count: int, *, rng: Random) -> list[date]:
    """Draw days by weekday, slow growth and the luck of each day; sorted."""
    file = rhythm()
    weights = []
    for i, day in enumerate(span.days):
        growth = 1 + file.growth_a_year * i / DAYS_A_YEAR
        luck = rng.lognormvariate(0, file.day_noise)
        weights.append(file.weekdays[day.weekday()] * growth * luck)
    return sorted(rng.choices(span.days, cum_weights=list(accumulate(weights)), k=count))


def moment(day: date, rng: Random) -> datetime:
    """Return an aware moment on a local day, at an hour when people call."""
    hour = rng.choices(range(24), weights=rhythm().hours)[0]
    local = datetime(
        day.year, day.month, day.day, hour, rng.randrange(60), rng.randrange(60), tzinfo=ZONE
    )
    return local.astimezone(UTC)


def draw_channel(rng: Random) -> str:
    """Return the channel by which a message comes in."""
    return weighted(rng, rhythm().channels)
