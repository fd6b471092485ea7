"""A street, a trial pack with two ledgers, and those who keep them."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from linli.domain.access.models import User
from linli.domain.access.selectors import SYSTEM_ACTOR, Actor, Holding
from linli.domain.catalogue.services import publish_pack
from linli.domain.ledgers.models import Record
from linli.domain.ledgers.services import add_record
from linli.domain.organisations.models import Post, Unit
from linli.domain.places.models import Area

PACK = Path(__file__).with_name("pack")
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
STREET, COMMUNITY, OTHER = "99/9901/", "99/9901/990101/", "99/9902/"


@dataclass
class Town:
    """The standing cast: clerks of the street, a handler of works, one of another street."""

    clerk: Actor
    supervisor: Actor
    handler: Actor
    analyst: Actor
    neighbour: Actor
    below: Actor

    def both(self) -> Actor:
        """The clerk, who holds the supervisor's post too."""
        return replace(self.clerk, holdings=(*self.clerk.holdings, *self.supervisor.holdings))


def build_town() -> Town:
    publish_pack(PACK, actor=SYSTEM_ACTOR, at=AT)
    top = _area("99", None)
    street, elsewhere = _area("9901", top), _area("9902", top)
    community = _area("990101", street)
    works, far = _unit("works", street), _unit("far", elsewhere)
    Post.objects.create(code="desk", name="前台", role="handler", unit=works)
    return Town(
        clerk=_member("clerk", "clerk", None, street.path),
        supervisor=_member("supervisor", "supervisor", None, street.path),
        handler=_member("handler", "handler", works, street.path),
        analyst=_member("analyst", "analyst", None, street.path),
        neighbour=_member("neighbour", "clerk", far, elsewhere.path),
        below=_member("below", "clerk", None, community.path),
    )


def _area(code: str, parent: Area | None) -> Area:
    path = f"{parent.path}{code}/" if parent else f"{code}/"
    kind = "province" if parent is None else "city"
    return Area.objects.create(
        code=code,
        name=f"区{code}",
        kind=kind,
        parent=parent,
        path=path,
        tree=path[:-1].replace("/", "."),
    )


def _unit(code: str, area: Area) -> Unit:
    return Unit.objects.create(
        code=code, name=f"单位{code}", kind="department", area=area, area_path=area.path
    )


def _member(name: str, role: str, unit: Unit | None, path: str) -> Actor:
    user = User.objects.create(username=name, name=name)
    held = Holding(role, unit.pk if unit else 0, unit.code if unit else "", path)
    return Actor(user.pk, name, (held,))


def room(town: Town, title: str = "礼堂", *, by: Actor | None = None, **more: object) -> Record:
    """Enter a room in the street, by the clerk unless another is named."""
    given: dict[str, object] = {"title": title, "place": "9901", **more}
    return add_record("room", given=given, actor=by or town.clerk, at=AT, key=f"add:{title}")


def table(*lines: str) -> BytesIO:
    """A CSV file of some lines."""
    return BytesIO("\n".join(lines).encode())


def later(**span: int) -> datetime:
    """A moment after the town's morning."""
    return AT + timedelta(**span)
