"""The district of the access bench in the database, and what is known of it without asking it.

Everything is done by services. What a person should see is reckoned from the notes kept here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from io import BytesIO
from random import Random

from django.conf import settings
from PIL import Image

from linli.config.bench._access_cast import (
    ABOVE,
    COMMUNITIES,
    DISTRICT,
    GONE,
    LEVELS,
    MERGED_INTO,
    PART_OF,
    PROPOSED,
    UNITS,
    WEST,
    Seat,
    cast_of,
)
from linli.config.bench._access_fates import FATES, By, Life
from linli.config.bench._access_oracle import Oracle, Policy
from linli.config.preparing import all_packs, publish_packs
from linli.domain.access.selectors import SYSTEM_ACTOR, Actor, User
from linli.domain.access.services import create_user
from linli.domain.attachments.selectors import Attachment
from linli.domain.attachments.services import Upload, add_photos
from linli.domain.cases.services import (
    approve_rendition,
    classify_case,
    name_respondent,
    send_rendition,
    write_rendition,
)
from linli.domain.catalogue.selectors import matter_tree
from linli.domain.needs.services import Incoming, NewMessage, Received, receive_messages
from linli.domain.organisations.selectors import Post, PostProposal, actor_for
from linli.domain.organisations.services import (
    PostRow,
    UnitRow,
    appoint,
    dismiss,
    import_units,
    propose_post,
)
from linli.domain.places.selectors import AreaKind, area_by_code
from linli.domain.places.services import AreaRow, import_areas
from linli.kernel.ids import public_id

TITLE, WORD = "路灯不亮第{}处", "路灯"
BODY = "晚上走路看不见，路边的路灯坏了好几天。"
TOLD = "据反映，贵单位所管设施长期失修。请说明情况和后续处理。"
SAT_FOR = timedelta(days=20)
KINDS = {
    "99": (AreaKind.PROVINCE, ""),
    "9901": (AreaKind.CITY, "99"),
    DISTRICT: (AreaKind.DISTRICT, "9901"),
    **{code: (AreaKind.STREET, DISTRICT) for code in ABOVE if ABOVE[code] == DISTRICT},
    **{code: (AreaKind.COMMUNITY, street) for code, street in COMMUNITIES.items()},
}


@dataclass(frozen=True)
class Filed:
    """A case as the bench remembers it.

    Parameters
    ----------
    serial : the number in its title.
    units : code of each unit that ever had work in it, and what it was to the case last: lead,
        co_unit or former.
    respondent : code of the unit that it complains about, "" for none.
    into : public id of the case that it was merged into, "" for none.
    photo : public id of a photograph that its resident may see.
    """

    ref: str
    number: str
    serial: int
    receipt: str
    area: str
    units: Mapping[str, str]
    level: str
    state: str
    respondent: str
    into: str
    photo: str


@dataclass
class District:
    """Everybody, and every case."""

    cast: Mapping[str, tuple[Seat, ...]]
    users: dict[str, User] = field(default_factory=dict)
    filed: list[Filed] = field(default_factory=list)
    posts: dict[str, int] = field(default_factory=dict)
    proposals: dict[str, str] = field(default_factory=dict)
    renditions: dict[str, str] = field(default_factory=dict)

    @property
    def refs(self) -> frozenset[str]:
        """Public ids of all cases."""
        return frozenset(case.ref for case in self.filed)

    @cached_property
    def names(self) -> dict[str, str]:
        """What names a case in a text, and its public id: that, its number, its serial."""
        return {
            name: case.ref
            for case in self.filed
            for name in (case.ref, case.number, str(case.serial))
        }


def populate(*, cases: int, seed: int, at: datetime, policy: Policy) -> District:
    """Lay the district out, seat its people, and let so many cases meet their fates.

    `at` is now: cases came in twenty days ago, and units were closed and merged a day ago.
    """
    began, chance = at - SAT_FOR, Random(seed)  # noqa: S311  # repeatable on purpose
    publish_packs(all_packs(), at=began)
    rows = [AreaRow(code, code, up or None, kind) for code, (kind, up) in KINDS.items()]
    import_areas(rows, actor=SYSTEM_ACTOR, at=began)
    found = District(cast_of(policy.roles))
    import_units(_unit_rows(found), actor=SYSTEM_ACTOR, at=began)
    for name, seats in found.cast.items():
        _seat(found, name, seats, at=at)
    _propose(found, at=at)
    _take_in(found, cases, chance, at=began)
    _tell_units(found, Oracle(policy, found), at=began + timedelta(days=1))
    gone = list(_unit_rows(found, closed_on=at - timedelta(days=1)))
    import_units(gone, actor=SYSTEM_ACTOR, at=at)
    return found


def _unit_rows(found: District, *, closed_on: datetime | None = None) -> Iterator[UnitRow]:
    """Units with the posts that the cast needs; some close, and one is merged into another."""
    for code, area in UNITS.items():
        roles = {s.role for seats in found.cast.values() for s in seats if s.unit == code}
        is_gone = closed_on is not None and code in GONE
        yield UnitRow(
            code=code,
            name=code,
            kind="department",
            area=area,
            parent=PART_OF.get(code, ""),
            valid_to=closed_on.date() if is_gone and closed_on else None,
            successor=MERGED_INTO.get(code, "") if is_gone else "",
            posts=tuple(
                PostRow(_post(role, clear), role, role) for role in roles for clear in _CLEAR
            ),
        )


_CLEAR = ("", *LEVELS[1:])


def _post(role: str, clearance: str) -> str:
    return f"{role}-{clearance}" if clearance else role


def _seat(found: District, name: str, seats: tuple[Seat, ...], *, at: datetime) -> None:
    # Demo accounts need no second step, else a page of its own would hide what they may see.
    user = create_user(name, name=name, password=None, actor=SYSTEM_ACTOR, at=at, is_demo=True)
    found.users[name] = user
    for seat in seats:
        post = Post.objects.select_related("unit").get(
            unit__code=seat.unit, code=_post(seat.role, seat.clearance)
        )
        if post.clearance != seat.clearance:
            post.clearance = seat.clearance
            post.save(update_fields=["clearance"])
        area = area_by_code(seat.area)
        member = appoint(user, post, area, actor=SYSTEM_ACTOR, at=at + seat.since)
        if seat.until is not None:
            last = (at + seat.until).date()
            dismiss(member, actor=SYSTEM_ACTOR, at=at + seat.until, last_day=last)
        found.posts.setdefault(name, member.pk)


def _propose(found: District, *, at: datetime) -> None:
    """Let a post of weight wait for a decision over the whole district, and over a street."""
    proposer, proposed = (found.users[name] for name in PROPOSED)
    by = actor_for(proposer, at=at)
    post = Post.objects.select_related("unit").get(unit__code="police", code="auditor")
    for area in (DISTRICT, WEST):
        made: PostProposal = propose_post(
            proposed, post, area_by_code(area), reason="轮岗", actor=by, at=at
        )
        found.proposals[area] = made.public_id


def _take_in(found: District, cases: int, chance: Random, *, at: datetime) -> None:
    places = [*ABOVE, *COMMUNITIES]
    matters = matter_tree(at)
    classes = {matter.parent_id for matter in matters}
    ours = (one for one in matters if one.standard_code == settings.LINLI_STANDARD)
    matter = next(one.code for one in ours if one.pk not in classes)
    batch = [
        Incoming(
            NewMessage(
                channel="phone",
                body=BODY,
                title=TITLE.format(serial),
                area=places[serial % len(places)],
                matter=matter,
                petition_type="help",
                urgency="ordinary",
            ),
            f"access:{serial}",
        )
        for serial in range(cases)
    ]
    wholes: list[str] = []
    for serial, came in enumerate(receive_messages(batch, actor=SYSTEM_ACTOR, at=at)):
        if not isinstance(came, Received):
            raise came
        life = Life(
            case=came.case,
            chance=chance,
            at=at,
            open_units=sorted(set(UNITS) - {"closed"}),
            earlier=[case.ref for case in found.filed] or [came.case.public_id],
            wholes=wholes,
        )
        FATES[serial % len(FATES)](life)
        if not life.is_closed:
            wholes.append(came.case.public_id)
        case = _hidden(life, serial, came.receipt, places[serial % len(places)])
        found.filed.append(case)


def _photo(life: Life) -> str:
    """Add a photograph; all cases share the bytes, else drawing them would take the most time."""
    known = Attachment.objects.order_by("id").first()
    if known is None:
        out = BytesIO()
        Image.new("RGB", (24, 16), (9, 90, 9)).save(out, "JPEG")
        out.seek(0)
        add_photos(life.case.public_id, [Upload("a.jpg", out)], is_public=True, **life.by())
        return Attachment.objects.get(case=life.case).public_id
    known.pk, known.public_id, known.case = None, public_id(), life.case
    known.key = f"access:{known.public_id}"
    known.save(force_insert=True)
    return known.public_id


def _tell_units(found: District, oracle: Oracle, *, at: datetime) -> None:
    """Send the units complained about what two persons let them know, where anybody may."""
    approvers = {ref: who for who in found.cast for ref in oracle.reach(who, "rendition.approve")}
    for case in found.filed:
        if case.ref not in approvers or case.state != "open" or not case.respondent:
            continue
        made = write_rendition(
            case.ref, unit=case.respondent, text=TOLD, reason="已核对", **_by(SYSTEM_ACTOR, "w", at)
        )
        if made is None:
            continue
        second = actor_for(found.users[approvers[case.ref]], at=at)
        approve_rendition(case.ref, made.public_id, reason="已核对", **_by(second, "a", at))
        send_rendition(case.ref, made.public_id, **_by(SYSTEM_ACTOR, "s", at))
        found.renditions[made.public_id] = case.respondent


def _by(actor: Actor, key: str, at: datetime) -> By:
    return {"actor": actor, "at": at, "key": key}


def _hidden(life: Life, serial: int, receipt: str, area: str) -> Filed:
    """Make one case in three sensitive, one in six sealed; one in four complains about a unit."""
    chance, ref = life.chance, life.case.public_id
    level = chance.choice(("ordinary", "ordinary", "ordinary", "sensitive", "sensitive", "sealed"))
    respondent = chance.choice(sorted(UNITS)) if chance.random() < 0.25 else ""
    if respondent:
        name_respondent(ref, unit=respondent, reason="反映该单位", **life.by())
    if level != life.case.confidentiality:
        classify_case(ref, level=level, reason="涉及个人", **life.by())
    return Filed(
        ref=ref,
        number=life.case.number,
        serial=serial,
        receipt=receipt,
        area=area,
        units=dict(life.units),
        level=level,
        state="closed" if life.is_closed else "open",
        respondent=respondent,
        into=life.into,
        photo=_photo(life),
    )
