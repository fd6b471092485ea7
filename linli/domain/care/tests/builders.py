"""A street with a counselling room: two counsellors, a handler of the room, and everybody else."""

from dataclasses import dataclass
from datetime import datetime

from linli.domain.access.models import User
from linli.domain.access.selectors import SYSTEM_ACTOR, Actor, Holding
from linli.domain.care.models import CareEntry
from linli.domain.care.services import write_record
from linli.domain.cases.models import Case
from linli.domain.cases.services import NewCase, open_by_hand
from linli.domain.cases.tests.builders import AT, PACKS, STREET, Town, add_unit, build_town
from linli.domain.catalogue.services import publish_pack
from linli.domain.places.models import Area

SAID = "最近夜里总醒，担心孩子升学。"
CONSENT = {"agreed_to": "六次谈话", "agreed_by": "本人口头", "limits_told": "危及安全的除外"}
SESSION = {"course": SAID, "next": "下周三"}
CARD = {"signs": "说不想活", "helpers": "姐姐，电话在本人手机", "steps": "不独处；打 120"}
WORDS = {"consent": CONSENT, "session": SESSION, "card": CARD}


@dataclass
class Room:
    """The counselling room and its people, and the town around it."""

    town: Town
    counsellor: Actor
    colleague: Actor
    handler: Actor
    stranger: Actor


def build_room() -> Room:
    """Lay out the street with the pack of counselling and of personal data in force."""
    town = build_town()
    for name in ("counsel", "personal-data"):
        publish_pack(PACKS / name, actor=SYSTEM_ACTOR, at=AT)
    street = Area.objects.get(path=STREET)
    room, far = add_unit("room", street), add_unit("far_room", street)
    return Room(
        town,
        _posted("counsellor", "counsellor", room.pk, "room"),
        _posted("colleague", "counsellor", room.pk, "room"),
        _posted("room handler", "handler", room.pk, "room"),
        _posted("stranger", "counsellor", far.pk, "far_room"),
    )


def _posted(name: str, role: str, unit: int, code: str) -> Actor:
    user = User.objects.create(username=name, name=name)
    return Actor(user.pk, name, (Holding(role, unit, code, STREET),))


def counselled(room: Room, key: str = "c1") -> Case:
    """A case of counselling that the room has opened."""
    new = NewCase(
        title="来谈家里的事",
        body="自行来访",
        matter="counsel.family",
        area="990101001",
        petition_type="",
        channel="window",
        received_at=AT,
    )
    return open_by_hand(new, actor=room.counsellor, at=AT, key=key)


def written(room: Room, case: Case, kind: str, *, at: datetime = AT, key: str = "") -> CareEntry:
    """A record of a kind, with the words that belong to it."""
    return write_record(
        case.public_id,
        kind=kind,
        words=WORDS[kind],
        actor=room.counsellor,
        at=at,
        key=key or f"{kind}{at}",
    )
