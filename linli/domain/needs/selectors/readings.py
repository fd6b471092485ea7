"""The reading that stands beside a case; reached through the case alone."""

from linli.domain.access.selectors import Actor
from linli.domain.cases.selectors import Case, case_for
from linli.domain.needs.models import Message, Reading, Reporter


def reading_of(actor: Actor, ref: str) -> Reading | None:
    """What the machine made of the message that opened a case. Raises NotFound."""
    case = case_for(actor, ref)
    return Reading.objects.filter(message__case=case).order_by("message_id").first()


def reporter_of(case: Case) -> Reporter | None:
    """Whoever sent the message; showing it is a look that the caller records."""
    return Reporter.objects.filter(message__case=case).order_by("message_id").first()


def message_by_key(key: str) -> Message | None:
    """The message that came with a submission key, or None."""
    return Message.objects.filter(key=key).select_related("case", "reading").first()


def message_by_source(source: str, source_id: str) -> Message | None:
    """The message that came from a system under a number there, or None."""
    if not source_id:
        return None
    rows = Message.objects.filter(source=source, source_id=source_id)
    return rows.select_related("case", "reading").first()
