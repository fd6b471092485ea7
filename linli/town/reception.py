"""How messages of the town come in: read by the machine, or put in order by the clerk at once."""

from datetime import datetime

from linli.domain.access.selectors import RESIDENT_ACTOR, Actor
from linli.domain.cases.selectors import case_for
from linli.domain.cases.services import Revision
from linli.domain.needs.services import NewMessage, decide_reading, receive_message
from linli.town.demands import Demand

SOURCE = "town"
BY_THEMSELVES = frozenset({"web", "wechat", "mayor_mailbox"})


class Reception:
    """Takes messages in; those since `read_since` are read, earlier ones come in order.

    An earlier message states matter and grid, as a clerk would have typed them; this spares
    one act a case, and the machine's readings of long ago would teach nobody anything.
    """

    def __init__(self, clerk: Actor, *, read_since: datetime) -> None:
        self._clerk = clerk
        self._read_since = read_since

    def receive(self, demand: Demand, *, at: datetime) -> str:
        """Take one message in; returns the public id of its case."""
        message = message_of(demand, is_stated=at < self._read_since)
        actor = RESIDENT_ACTOR if demand.channel in BY_THEMSELVES else self._clerk
        key = key_of(demand)
        return receive_message(message, actor=actor, at=at, key=key).case.public_id

    def decide(self, ref: str, demand: Demand, *, at: datetime) -> None:
        """Let the clerk set matter and place right, where they were only read."""
        if demand.received_at < self._read_since:
            return
        case = case_for(self._clerk, ref)
        decision = Revision(
            matter=demand.matter,
            area=demand.grid_code,
            petition_type=case.petition_type,
            urgency="urgent" if case.urgency == "emergency" else "ordinary",
        )
        decide_reading(ref, decision, actor=self._clerk, at=at, key=f"{SOURCE}:decide")


def message_of(demand: Demand, *, is_stated: bool) -> NewMessage:
    """Return a demand as a message; whether matter and grid are stated, or left to be read."""
    return NewMessage(
        channel=demand.channel,
        title=demand.title,
        body=demand.body,
        address=demand.address,
        area=demand.grid_code if is_stated else "",
        lng=demand.lng,
        lat=demand.lat,
        received_at=demand.received_at,
        reporter_name=demand.reporter.name,
        reporter_phone=demand.reporter.phone,
        source=SOURCE,
        source_id=demand.id,
        matter=demand.matter if is_stated else "",
        petition_type=demand.petition_type,
    )


def key_of(demand: Demand) -> str:
    """Name the submission of a demand."""
    return f"{SOURCE}:{demand.id}"
