"""A street with a standing cast: clerks, two handlers, a supervisor, and an outsider."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.apps import apps

from linli.domain.access.models import User
from linli.domain.access.selectors import SYSTEM_ACTOR, Actor, Holding
from linli.domain.cases.models import Case
from linli.domain.cases.services import NewCase, open_case
from linli.domain.catalogue.models import Matter, Pack
from linli.domain.catalogue.services import publish_pack
from linli.domain.catalogue.tests.kept import built_once
from linli.domain.organisations.models import Duty, Unit
from linli.domain.places.models import Area, AreaImport

PACKS = Path(__file__).resolve().parents[4] / "packs"
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
# What the shipped standard asks beside the words of an answer, and when the resident is asked.
DONE = {"result": "done"}
STREET = "99/9901/990101/990101001/"


@dataclass
class Town:
    """The standing cast."""

    clerk: Actor
    other_clerk: Actor
    handler: Actor
    helper: Actor
    supervisor: Actor
    outsider: Actor


def publish_packs() -> None:
    """Put the shipped packs in force."""
    models = apps.get_app_config("catalogue").get_models()
    built_once("packs", sorted(models, key=lambda model: model is not Pack), _publish)


def _publish() -> None:
    for name in ("cn-base", "hotline-12345"):
        publish_pack(PACKS / name, actor=SYSTEM_ACTOR, at=AT)


def build_town() -> Town:
    """Publish the packs, lay out a street, and post the cast."""
    publish_packs()
    above: Area | None = None
    for code, kind in (("99", "province"), ("9901", "city"), ("990101", "district")):
        above = add_area(code, kind, above)
    street = add_area("990101001", "street", above)
    add_area("990101001001", "community", street)
    elsewhere = add_area("990101002", "street", above)
    renew_ground()
    works, water = add_unit("works", street), add_unit("water", street)
    far = add_unit("far", elsewhere)
    duty = Duty.objects.create(
        matter_code="environment",
        area=street,
        area_path=street.path,
        lead=works,
        nature="basic",
        source="test",
        valid_from=date(2020, 1, 1),
    )
    duty.assistants.add(water)
    return Town(
        clerk=member("clerk", "clerk", None, street.path),
        other_clerk=member("clerk2", "clerk", None, street.path),
        handler=member("handler", "handler", works, street.path),
        helper=member("helper", "handler", water, street.path),
        supervisor=member("supervisor", "supervisor", None, street.path),
        outsider=member("outsider", "handler", far, elsewhere.path),
    )


def add_area(code: str, kind: str, parent: Area | None) -> Area:
    path = f"{parent.path}{code}/" if parent else f"{code}/"
    return Area.objects.create(
        code=code, name=code, kind=kind, parent=parent, path=path, tree=path[:-1].replace("/", ".")
    )


def renew_ground() -> None:
    """Say that the ground has changed, as an import does: processes keep the places they know."""
    AreaImport.objects.create(
        content="areas", rows=1, created=1, changed=0, imported_at=AT, imported_by="test"
    )


def add_unit(code: str, area: Area) -> Unit:
    return Unit.objects.create(
        code=code, name=code, kind="department", area=area, area_path=area.path
    )


def member(name: str, role: str, unit: Unit | None, path: str) -> Actor:
    user = User.objects.create(username=name, name=name)
    held = Holding(role, unit.pk if unit else 0, unit.code if unit else "", path)
    return Actor(user.pk, name, (held,))


def demo_member(name: str, role: str, path: str) -> Actor:
    """Post somebody of a demo town, who signs in without a second step."""
    actor = member(name, role, None, path)
    User.objects.filter(username=name).update(is_demo=True)
    return actor


def new_case(town: Town, *, key: str = "k0", at: datetime = AT, **changed: object) -> Case:
    """Open a noise case in the community, by the clerk, unless changed."""
    values: dict[str, object] = {
        "title": "夜间施工噪声",
        "body": "工地半夜还在打桩，睡不着。",
        "matter": leaf_matter(),
        "area": "990101001001",
        "petition_type": "complaint",
        "channel": "phone",
        "received_at": at,
    }
    return open_case(NewCase(**{**values, **changed}), actor=town.clerk, at=at, key=key)  # type: ignore[arg-type]  # values are of the fields' types


def leaf_matter() -> str:
    """Code of some topic under `environment`."""
    found = Matter.objects.filter(path__startswith="environment/", children__isnull=True)
    return found.order_by("position").values_list("code", flat=True)[0]


def later(**span: int) -> datetime:
    """A moment after the town's morning."""
    return AT + timedelta(**span)
