"""Complaints about a unit: named, rendered, approved, sent, and some of them answered.

So that a visitor can see from both sides what the shield leaves a unit to read.
"""

from datetime import datetime, timedelta

from linli.domain.access.selectors import Actor
from linli.domain.cases.services import (
    answer_rendition,
    approve_rendition,
    dispatch_case,
    name_respondent,
    send_rendition,
    write_rendition,
)
from linli.domain.needs.services import NewMessage, receive_message
from linli.town.geography import Geography
from linli.town.office import Staff
from linli.town.text_data import Checked, read_data

SOURCE = "town-complaints"
STEP = timedelta(minutes=20)  # between two acts of the desk


class ComplaintEntry(Checked):
    """One complaint; `reply_hours` after sending the unit answers, 0 where it has not yet."""

    title: str
    body: str
    address: str
    name: str
    phone: str
    hours_ago: int
    rendition: str
    reply_hours: int
    reply: str


class ComplaintFile(Checked):
    """What `data/complaints.yaml` holds."""

    about: str
    handled_by: str
    matter: str
    named_because: str
    complaints: list[ComplaintEntry]


def complain(geography: Geography, staff: Staff, *, at: datetime) -> list[str]:
    """Play the complaints up to a moment; returns the public ids of their cases.

    Everything goes through the ordinary services, and raises what they raise.
    """
    file = read_data("complaints", shape=ComplaintFile)
    places = geography.communities
    return [
        _play(entry, file, staff, area=places[number % len(places)].code, at=at)
        for number, entry in enumerate(file.complaints)
    ]


def _play(
    entry: ComplaintEntry, file: ComplaintFile, staff: Staff, *, area: str, at: datetime
) -> str:
    began = at - timedelta(hours=entry.hours_ago)
    ref = _received(entry, file.matter, area, staff.clerk, at=began)
    clerk, about = staff.clerk, file.about
    name_respondent(
        ref,
        unit=about,
        reason=file.named_because,
        actor=clerk,
        at=began + STEP,
        key=f"{SOURCE}:name",
    )
    dispatch_case(
        ref, to=file.handled_by, actor=clerk, at=began + 2 * STEP, key=f"{SOURCE}:dispatch"
    )
    written = write_rendition(
        ref,
        unit=about,
        text=entry.rendition,
        actor=clerk,
        at=began + 3 * STEP,
        key=f"{SOURCE}:write",
    )
    if written is not None:
        _send(ref, written.public_id, staff, at=began + 4 * STEP)
        if entry.reply_hours:
            answer_rendition(
                written.public_id,
                reply=entry.reply,
                actor=staff.handlers[about],
                at=began + timedelta(hours=entry.reply_hours),
                key=f"{SOURCE}:answer",
            )
    return ref


def _send(ref: str, rendition: str, staff: Staff, *, at: datetime) -> None:
    approve_rendition(ref, rendition, actor=staff.supervisor, at=at, key=f"{SOURCE}:approve")
    send_rendition(ref, rendition, actor=staff.clerk, at=at + STEP, key=f"{SOURCE}:send")


def _received(entry: ComplaintEntry, matter: str, area: str, clerk: Actor, *, at: datetime) -> str:
    message = NewMessage(
        channel="phone",
        title=entry.title,
        body=entry.body,
        address=entry.address,
        area=area,
        matter=matter,
        petition_type="complaint",
        received_at=at,
        reporter_name=entry.name,
        reporter_phone=entry.phone,
    )
    key = f"{SOURCE}:{entry.phone}"
    return receive_message(message, actor=clerk, at=at, key=key).case.public_id
