"""A street whose reader is trained, and messages to it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from linli.domain.access.selectors import RESIDENT_ACTOR, SYSTEM_ACTOR, Actor
from linli.domain.cases.tests.builders import AT, Town, build_town, renew_ground
from linli.domain.catalogue.models import Example, Matter
from linli.domain.catalogue.tests.kept import built_once
from linli.domain.needs.models import ReadingModel
from linli.domain.needs.services import NewMessage, Received, receive_message, train_reader
from linli.domain.places.models import Area, Landmark

COMMUNITY = "990101001001"
NOISE = "工地半夜两点还在打桩，噪音太大，孩子睡不着"


@dataclass
class ReadTown:
    """The standing cast of the cases' street, and the reader in force."""

    cast: Town
    model: ReadingModel


def build_read_town() -> ReadTown:
    """Lay out the street with one known estate, and learn two classes of the shipped packs."""
    cast = build_town()
    classes = Q(path__startswith="environment/") | Q(path__startswith="transport/")
    # As a list: the planner knows nothing of tables just emptied, and would walk rows times rows.
    taught = list(Matter.objects.filter(classes).values_list("pk", flat=True))
    Example.objects.exclude(matter_id__in=taught).delete()
    community = Area.objects.get(code=COMMUNITY)
    Landmark.objects.create(name="幸福家园", area=community, area_path=community.path)
    renew_ground()
    built_once("reader", [ReadingModel], lambda: train_reader(actor=SYSTEM_ACTOR, at=AT))
    return ReadTown(cast, train_reader(actor=SYSTEM_ACTOR, at=AT))


def said(body: str = NOISE, *, address: str = "幸福家园3栋", source_id: str = "") -> NewMessage:
    """A resident's message from the web."""
    source = "hotline" if source_id else ""
    return NewMessage("web", body, address=address, source=source, source_id=source_id)


def receive(
    new: NewMessage, *, key: str = "k1", actor: Actor = RESIDENT_ACTOR, at: datetime = AT
) -> Received:
    """Take a message in."""
    return receive_message(new, actor=actor, at=at, key=key)
