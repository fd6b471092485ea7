"""A street whose people may ask about their own data."""

from datetime import datetime

from linli.domain.access.selectors import RESIDENT_ACTOR, SYSTEM_ACTOR, Actor
from linli.domain.cases.models import Case, WorkItem
from linli.domain.cases.services import close_by_route, complete_item
from linli.domain.cases.tests.builders import AT, PACKS, Town, build_town
from linli.domain.catalogue.services import publish_pack
from linli.domain.needs.services import NewMessage, receive_message
from linli.domain.needs.services.receiving import Received
from linli.domain.privacy.models import PersonalRequest
from linli.domain.privacy.services import Asked, ask_by_receipt, fulfil_request

NAME, PHONE, WORDS = "林小满", "13800001234", "楼道堆满杂物，我住三栋五零一。"


def build_privacy_town() -> Town:
    """Lay out the street with the pack of personal data in force."""
    town = build_town()
    publish_pack(PACKS / "personal-data", actor=SYSTEM_ACTOR, at=AT)
    return town


def report(key: str = "r1", *, at: datetime = AT) -> Received:
    """A resident reports something by name."""
    new = NewMessage(
        channel="web",
        body=WORDS,
        address="三栋五零一",
        area="990101001001",
        reporter_name=NAME,
        reporter_phone=PHONE,
    )
    return receive_message(new, actor=RESIDENT_ACTOR, at=at, key=key)


def closed(town: Town, case: Case, *, at: datetime = AT) -> Case:
    """Close a case at the desk."""
    return close_by_route(
        case.public_id, route="route_out_of_duty", actor=town.clerk, at=at, key="close"
    )


def asked(about: Case, kind: str, *, at: datetime = AT, key: str = "a1", **more: str) -> Case:
    """Whoever holds the receipt asks; returns the case of the request."""
    return ask_by_receipt(about, Asked(kind, **more), actor=RESIDENT_ACTOR, at=at, key=key)


def request_in(case: Case) -> PersonalRequest:
    """The request that a case is, as it is stored now."""
    return PersonalRequest.objects.select_related("case").get(case=case)


def fulfil(case: Case, actor: Actor, *, at: datetime = AT, key: str = "f1") -> PersonalRequest:
    """Do what a request asks."""
    return fulfil_request(case.public_id, words="已照办。", actor=actor, at=at, key=key)


def proposed(town: Town, case: Case, *, at: datetime = AT) -> Case:
    """The clerk proposes a deletion."""
    item = WorkItem.objects.get(case=case, state="open")
    return complete_item(
        case.public_id,
        item.pk,
        outcome="propose",
        reason="本人要求",
        actor=town.clerk,
        at=at,
        key="p1",
    )
