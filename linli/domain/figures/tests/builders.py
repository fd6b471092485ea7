"""A district whose cases are many enough to be told of."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from linli.domain.cases.models import Case
from linli.domain.cases.tests.builders import add_area, build_town, member, new_case
from linli.domain.catalogue.models import Matter
from linli.domain.places.models import Area

OCTOBER = datetime(2026, 10, 15, 2, 0, tzinfo=UTC)
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
DISTRICT = "99/9901/990101/"
STREETS = ("990101001", "990101002", "990101003")
MATTERS = ("environment", "transport", "health")


class Office:
    """The town, and those who have to do with figures."""

    def __init__(self) -> None:
        self.town = build_town()
        district = Area.objects.get(path=DISTRICT)
        add_area(STREETS[2], "street", district)
        self.analyst = member("analyst", "analyst", None, DISTRICT)
        self.leader = member("leader", "leader", None, DISTRICT)
        self.other_leader = member("other_leader", "leader", None, DISTRICT)
        self.street_analyst = member("street_analyst", "analyst", None, f"{DISTRICT}{STREETS[0]}/")


def fill(office: Office, counts: Sequence[Sequence[int]], *, on: datetime = OCTOBER) -> None:
    """Store cases received on a day: a row a street, a column a matter."""
    pattern = new_case(office.town, key=f"fill-{on:%Y%m%d}")
    copies: list[Case] = []
    for street, row in zip(STREETS, counts, strict=True):
        area = Area.objects.get(code=street)
        for code, count in zip(MATTERS, row, strict=True):
            matter = Matter.objects.filter(path__startswith=f"{code}/").order_by("path").last()
            for _ in range(count):
                copies.append(_copy(pattern, area, matter, on, len(copies)))
    Case.objects.bulk_create(copies)
    Case.objects.filter(pk=pattern.pk).update(received_at=on - timedelta(days=400))


def _copy(pattern: Case, area: Area, matter: Matter | None, on: datetime, number: int) -> Case:
    return Case(
        public_id=f"{on:%y%m%d}{number:08}",
        number=f"{on:%Y%m%d}-9{number:05}-0",
        standard=pattern.standard,
        matter=matter,
        petition_type="help",
        channel="phone",
        clock_code="general",
        title="t",
        body="b",
        area=area,
        area_path=area.path,
        stage="triage",
        received_at=on,
        opened_at=on,
    )
