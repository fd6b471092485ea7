"""The reading that stands beside a case; reached through the case alone."""

from collections.abc import Collection

from linli.domain.access.selectors import Actor, visible
from linli.domain.cases.selectors import Case, case_for
from linli.domain.needs.models import Message, Reading
from linli.domain.needs.rules.duplicates import DuplicateGuess
from linli.domain.needs.rules.reporter import Reporter, reporter_from
from linli.domain.vault.selectors import masked_fields


def reading_of(actor: Actor, ref: str) -> Reading | None:
    """What the machine made of the message that opened a case. Raises NotFound."""
    case = case_for(actor, ref)
    return Reading.objects.filter(message__case=case).order_by("message_id").first()


def duplicates_of(actor: Actor, reading: Reading) -> list[DuplicateGuess]:
    """The earlier cases that a reading found alike, likest first; those out of reach left out."""
    kept = {row["ref"]: row for row in reading.duplicates}
    cases = visible(Case.objects.filter(public_id__in=kept), actor, "case.list")
    found = [
        DuplicateGuess(
            ref=case.public_id,
            number=case.number,
            title=case.title,
            score=kept[case.public_id]["score"],
            distance_m=kept[case.public_id]["distance_m"],
        )
        for case in cases
    ]
    return sorted(found, key=lambda guess: (-guess.score, guess.number))


def masked_reporter(case: Case) -> Reporter:
    """Whoever sent the message, masked: 林** 138****1234. To see more is a look for a reason."""
    return reporter_from(masked_fields(case.public_id))


def message_by_key(key: str) -> Message | None:
    """The message that came with a submission key, or None."""
    return Message.objects.filter(key=key).select_related("case", "reading").first()


def messages_by_key(keys: Collection[str]) -> dict[str, Message]:
    """The messages that came with some submission keys, by key."""
    rows = Message.objects.filter(key__in=keys).select_related("case", "reading")
    return {message.key: message for message in rows}


def messages_by_source(numbers: Collection[tuple[str, str]]) -> dict[tuple[str, str], Message]:
    """The messages that came from systems under some numbers there, by system and number."""
    sources, ids = ({pair[place] for pair in numbers} for place in (0, 1))
    rows = Message.objects.filter(source__in=sources, source_id__in=ids - {""})
    found = rows.select_related("case", "reading") if ids - {""} else ()
    return {(message.source, message.source_id): message for message in found}


def message_by_source(source: str, source_id: str) -> Message | None:
    """The message that came from a system under a number there, or None."""
    if not source_id:
        return None
    rows = Message.objects.filter(source=source, source_id=source_id)
    return rows.select_related("case", "reading").first()
