"""Where bad requests go: people, and cases in every state, anew for every thousand requests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from linli.config.bench._access_cast import DISTRICT, WEST
from linli.config.bench._access_district import BODY, TITLE, District
from linli.config.bench._access_fates import FATES, Life
from linli.domain.access.selectors import SYSTEM_ACTOR, User
from linli.domain.access.services import create_user
from linli.domain.cases.selectors import Case
from linli.domain.needs.services import Incoming, NewMessage, Received, receive_messages
from linli.domain.organisations.selectors import Post
from linli.domain.organisations.services import appoint
from linli.domain.places.selectors import area_by_code

RESIDENT, STRANGER = "resident", "stranger"
OF_THE_DISTRICT = "_of_the_district"
UNIT = "works"
UNITS = (UNIT, "water", "estate", "police")


@dataclass(frozen=True)
class Known:
    """A case that requests are sent to."""

    ref: str
    number: str
    receipt: str
    photo: str


@dataclass(frozen=True)
class Stage:
    """What there is to send to: who sends, which cases, accounts, proposals and statements."""

    people: dict[str, str]
    cases: Sequence[Known]
    accounts: dict[str, int]
    proposals: Sequence[str]
    renditions: Sequence[str]


class Theatre:
    """A district that is given new people and cases, since requests end what they reach."""

    def __init__(self, district: District, *, seed: int) -> None:
        self.district = district
        one = Case.objects.select_related("matter").get(public_id=district.filed[0].ref)
        self.matter = one.matter.code
        self.chance = Random(seed)  # noqa: S311  # repeatable on purpose
        self.round = 0

    def first(self) -> Stage:
        """Return the stage as the district was laid out."""
        found = self.district
        people = {
            name.removesuffix(OF_THE_DISTRICT): name
            for name in found.cast
            if name.endswith(OF_THE_DISTRICT)
        }
        cases = [Known(c.ref, c.number, c.receipt, c.photo) for c in found.filed]
        return self._stage({**people, "handler": f"handler_at_{UNIT}"}, cases)

    def next(self, *, cases: int, at: datetime) -> Stage:
        """Seat people anew, and let so many new cases meet their fates."""
        self.round += 1
        people = {role: self._seat(role, at=at) for role in self.first().people}
        return self._stage(people, self._take_in(cases, at=at))

    def _stage(self, people: dict[str, str], cases: Sequence[Known]) -> Stage:
        found = self.district
        return Stage(
            people,
            cases,
            found.posts,
            list(found.proposals.values()),
            list(found.renditions),
        )

    def _seat(self, role: str, *, at: datetime) -> str:
        name = f"{role}_{self.round}"
        user: User = create_user(
            name, name=name, password=None, actor=SYSTEM_ACTOR, at=at, is_demo=True
        )
        unit, area = (UNIT, WEST) if role == "handler" else ("police", DISTRICT)
        post = Post.objects.select_related("unit").get(unit__code=unit, code=role)
        appoint(user, post, area_by_code(area), actor=SYSTEM_ACTOR, at=at)
        return name

    def _take_in(self, count: int, *, at: datetime) -> list[Known]:
        came = [
            Incoming(
                NewMessage(
                    channel="phone",
                    body=BODY,
                    title=TITLE.format(f"{self.round}-{serial}"),
                    area=WEST,
                    matter=self.matter,
                    petition_type="help",
                    urgency="ordinary",
                ),
                f"requests:{self.round}:{serial}",
            )
            for serial in range(count)
        ]
        found: list[Known] = []
        wholes: list[str] = []
        for serial, received in enumerate(receive_messages(came, actor=SYSTEM_ACTOR, at=at)):
            if not isinstance(received, Received):
                raise received
            self._live(received.case, serial, [one.ref for one in found], wholes, at=at)
            case = received.case
            found.append(Known(case.public_id, case.number, received.receipt, ""))
        return found

    def _live(
        self, case: Case, serial: int, earlier: list[str], wholes: list[str], *, at: datetime
    ) -> None:
        life = Life(
            case=case,
            chance=self.chance,
            at=at,
            open_units=list(UNITS),
            earlier=earlier or [case.public_id],
            wholes=wholes,
        )
        FATES[serial % len(FATES)](life)
        if not life.is_closed:
            wholes.append(case.public_id)
