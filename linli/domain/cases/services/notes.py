"""Words added to a case, and leaving a case out of the rates."""

from datetime import datetime

from django.db import transaction

from linli.domain.access.selectors import Actor
from linli.domain.cases.events import ExclusionDecided, ExclusionProposed, NoteAdded
from linli.domain.cases.models import Case, Note, WorkItem
from linli.domain.cases.rules.sides import EXCLUSION
from linli.domain.cases.services.beside import ask_beside, decide_beside
from linli.domain.cases.services.steps import (
    definition_of,
    is_repeat,
    lock_for,
    require_listed,
    require_open_words,
    require_words,
    require_working,
    write,
)
from linli.kernel.errors import WrongState
from linli.methods.normalise import clean


@transaction.atomic
def add_note(
    ref: str, *, text: str, is_public: bool = False, actor: Actor, at: datetime, key: str
) -> Case:
    """Add a note; a public one is shown to the resident. Records NoteAdded.

    Raises NotFound, NotPermitted, ReasonMissing for an empty note.
    """
    case = lock_for(ref, act="case.note", actor=actor)
    if is_repeat(case, key):
        return case
    require_working(case, actor, "case.note", or_done=True)
    require_words(text)
    require_open_words(text)
    Note.objects.create(
        case=case,
        text=clean(text),
        is_public=is_public,
        written_at=at,
        author_id=actor.user_id,
        author_name=actor.name,
    )
    write(case, NoteAdded(case.public_id, is_public), actor=actor, at=at, key=key)
    return case


@transaction.atomic
def propose_exclusion(
    ref: str, *, reason: str, evidence: str, actor: Actor, at: datetime, key: str
) -> WorkItem | None:
    """Propose to leave a case out of the rates, for a listed reason and with evidence.

    Returns the side item for the second person, None for a repeated command. Records
    ExclusionProposed. Raises NotFound, NotPermitted, Rejected, ReasonMissing, WrongState.
    """
    case = lock_for(ref, act="case.propose_exclusion", actor=actor)
    if is_repeat(case, key):
        return None
    require_working(case, actor, "case.propose_exclusion", or_done=True)
    listed = definition_of(case).exclusion_reasons
    require_listed(reason, listed, zh="剔除情形", en="reasons for exclusion", field="reason")
    require_words(evidence)
    require_open_words(evidence)
    waiting = WorkItem.objects.filter(case=case, stage=EXCLUSION, state="open")
    if case.exclusion or waiting.exists():
        raise WrongState(
            "该工单已经剔除或正在审核剔除申请。",
            "The case is already excluded, or a proposal waits for a decision.",
        )
    item = ask_beside(
        case, EXCLUSION, "supervisor", reason=evidence, result={"reason": reason},
        actor=actor, at=at,
    )  # fmt: skip
    write(case, ExclusionProposed(case.public_id, reason), actor=actor, at=at, key=key, item=item)
    return item


@transaction.atomic
def decide_exclusion(
    ref: str, item_id: int, *, granted: bool, reason: str, actor: Actor, at: datetime, key: str
) -> Case:
    """Decide, as a second person, whether a case is left out of the rates.

    Records ExclusionDecided. Raises NotFound, NotPermitted, ItemIsDone, ReasonMissing,
    SamePerson.
    """
    case = lock_for(ref, act="case.approve_exclusion", actor=actor)
    if is_repeat(case, key):
        return case
    item = decide_beside(
        case, item_id, stage=EXCLUSION, granted=granted, reason=reason, actor=actor, at=at
    )
    if granted:
        case.exclusion = str(item.result.get("reason", ""))
        case.save(update_fields=["exclusion"])
    fact = ExclusionDecided(case.public_id, granted, reason)
    write(case, fact, actor=actor, at=at, key=key, item=item)
    return case
