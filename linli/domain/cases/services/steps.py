"""What every command on a case does: lock, refuse a repeat, write the fact down. Not public."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from django.db.models import Q

from linli.domain.access import wall
from linli.domain.access.selectors import Actor, may_by_place
from linli.domain.access.services import require
from linli.domain.audit.services import record
from linli.domain.cases.errors import (
    AnswerMissing,
    CaseIsClosed,
    CaseIsElsewhere,
    ItemIsDone,
    NotListed,
    ReasonMissing,
)
from linli.domain.cases.events import CaseFact
from linli.domain.cases.models import Case, CaseEvent, WorkItem
from linli.domain.cases.rules.answers import Answer, WordsField, asked_by, faults_in, is_blank
from linli.domain.cases.services.keeping import keep
from linli.domain.cases.services.recusing import require_unrecused
from linli.domain.catalogue.selectors import (
    CASE_FACTS,
    Fact,
    OutcomeDef,
    StageDef,
    StandardDef,
    secrecy_basis,
)
from linli.domain.organisations.selectors import Unit
from linli.kernel.errors import NotFound, NotPermitted, RejectedTogether
from linli.kernel.secrecy import SecretMarked, secret_mark
from linli.methods.normalise import clean

Json = Answer


class Coded(Protocol):
    """An entry of a list of the standard."""

    @property
    def code(self) -> str: ...


def lock_case(ref: str) -> Case:
    """Lock a case by public id or number; whoever else comes waits. Raises NotFound."""
    rows = Case.objects.select_for_update().filter(Q(public_id=ref) | Q(number=ref))
    locked = rows.values_list("pk", flat=True).first()
    if locked is None:
        raise NotFound
    wall.hold([locked])  # it may be moved out of the actor's sight by what is done now
    # Read only now: a row joined while waiting would be that of the matter before a revision.
    found = Case.objects.select_related("standard", "matter")
    return found.defer("standard__body", "search", "search_text").get(pk=locked)


def lock_for(ref: str, *, act: str, actor: Actor) -> Case:
    """Lock a case that an act of the actor reaches. Raises NotFound, NotPermitted, Recused."""
    case = lock_case(ref)
    require(actor, act, case)
    require_unrecused(case, actor)
    return case


def require_working(case: Case, actor: Actor, act: str, *, or_done: bool = False) -> None:
    """Raise NotPermitted where a unit acts on a case in which it has no work any more.

    Whoever reaches the case by its place is not concerned.

    Parameters
    ----------
    or_done : also enough is work that the unit has finished and not sent back.
    """
    if may_by_place(actor, act, case):
        return
    own = WorkItem.objects.filter(case=case, kind="main", unit_id__in=actor.units_for(act))
    found = list(own.order_by("-id").values_list("state", "outcome"))
    has_finished = bool(found) and found[0][0] == "done" and found[0][1] != "return"
    if any(state == "open" for state, _ in found) or (or_done and has_finished):
        return
    raise NotPermitted(
        "贵单位在这件工单上已没有在办的工作，不能再进行此操作。可以查看，不能代办。",
        "Your unit has no work in this case any more, so it may look but not act.",
    )


def is_repeat(case: Case, key: str) -> bool:
    """Whether a command with this key has already been carried out on the case."""
    return bool(key) and CaseEvent.objects.filter(case=case, key=key).exists()


def definition_of(case: Case) -> StandardDef:
    """The version of the standard that the case began under."""
    return case.standard.definition


def stage_def(case: Case, key: str | None = None) -> StageDef:
    """A stage of the case's standard; the current one unless another is named."""
    stage = definition_of(case).stage(key or case.stage)
    if stage is None:
        raise CaseIsClosed(case.number)
    return stage


def require_stage(case: Case, key: str) -> StageDef:
    """Return the current stage; raises CaseIsElsewhere unless it is the one named."""
    stage = stage_def(case)
    if stage.key != key:
        raise CaseIsElsewhere(case.number, stage.title, stage.title_en)
    return stage


def require_way(case: Case, way: str) -> StageDef:
    """Return the current stage; raises CaseIsElsewhere unless its standard lets it be left so.

    A command is possible wherever the standard offers its way, whatever the stage is called.
    """
    stage = stage_def(case)
    if stage.way(way) is None:
        raise CaseIsElsewhere(case.number, stage.title, stage.title_en)
    return stage


def require_role_way(case: Case, way: str) -> StageDef:
    """Return the current stage; raises CaseIsElsewhere unless a role may leave it so."""
    stage = require_way(case, way)
    if stage.each == "units":
        raise CaseIsElsewhere(case.number, stage.title, stage.title_en)
    return stage


def require_words(text: str) -> None:
    """Raise ReasonMissing where nothing was written."""
    if not text.strip():
        raise ReasonMissing


def require_open_words(*words: object) -> None:
    """Raise SecretMarked where some text bears a mark of state secrecy: nothing of it is kept."""
    for text in words:
        mark = secret_mark(text) if isinstance(text, str) else None
        if mark is not None:
            raise SecretMarked(mark, secrecy_basis(), field="reason")


def require_listed(code: str, listed: Iterable[Coded], *, zh: str, en: str, field: str) -> None:
    """Raise NotListed unless the standard lists the code; `zh` and `en` say what the list holds."""
    if code not in {known.code for known in listed}:
        raise NotListed(code, zh, en, field=field)


def answered(
    case: Case, stage: StageDef, given: Mapping[str, Json], *, words: str, fills: WordsField
) -> tuple[str, dict[str, Json]]:
    """Check answers against the stage's form; returns the words, and the answers to be kept.

    Parameters
    ----------
    given : code of a field → answer. words : what the command itself says.
    fills : the field that the words answer, if the form asks for it; either may be given.

    Raises RejectedTogether, naming each field.
    """
    asked = asked_by(definition_of(case), stage)
    filled = {code: answer for code, answer in given.items() if not is_blank(answer)}
    if any(field.code == fills for field in asked):
        words = words if words.strip() else str(filled.get(fills, ""))
        filled[fills] = words
    if faults := list(faults_in(asked, filled)):
        raise RejectedTogether(faults)
    filled.pop(fills, None)
    return words, filled


def require_needs(case: Case, way: OutcomeDef, said: Mapping[str, Json]) -> None:
    """Raise RejectedTogether where a field that the way alone requires was left empty."""
    wanted = (definition_of(case).field(code) for code in way.needs)
    missing = [field for field in wanted if field is not None and is_blank(said.get(field.code))]
    if missing:
        raise RejectedTogether([AnswerMissing(f.code, f.name, f.name_en) for f in missing])


def known_of(case: Case) -> dict[str, Fact]:
    """Return what rule tables may ask of a case: its own facts, and the last answers to forms."""
    done = WorkItem.objects.filter(case=case, kind="main", state="done").order_by("closed_at", "pk")
    known: dict[str, Fact] = {}
    if any(way.decide for stage in definition_of(case).stages for way in stage.ways):
        for result in done.values_list("result", flat=True):
            known |= result
    own = {name: getattr(case, name) for name in CASE_FACTS}
    return known | own


def require_said(case: Case, stage: StageDef, said: Mapping[str, Json]) -> None:
    """Raise RejectedTogether where what was said fails the fields of the stage's form for it."""
    asked = [field for field in asked_by(definition_of(case), stage) if field.code in said]
    known = {field.code: said[field.code] for field in asked}
    if faults := list(faults_in(asked, known)):
        raise RejectedTogether(faults)


def open_items(case: Case) -> list[WorkItem]:
    """The open main items of the case, lead first."""
    rows = WorkItem.objects.select_for_update(of=("self",)).select_related("unit")
    return list(rows.filter(case=case, state="open", kind="main").order_by("-is_lead", "id"))


def item_of(case: Case, item_id: int) -> WorkItem:
    """An open item of the case. Raises NotFound, ItemIsDone."""
    rows = WorkItem.objects.select_for_update(of=("self",)).select_related("unit")
    item = rows.filter(case=case, pk=item_id).first()
    if item is None:
        raise NotFound
    if item.state != WorkItem.State.OPEN:
        raise ItemIsDone
    return item


def side_item_of(case: Case, item_id: int, *, stage: str) -> WorkItem:
    """An open side item of one kind, so that no decision closes what it is not about.

    Raises NotFound, ItemIsDone.
    """
    item = item_of(case, item_id)
    if item.kind != WorkItem.Kind.SIDE or item.stage != stage:
        raise NotFound
    return item


def close_item(
    item: WorkItem,
    *,
    outcome: str,
    reason: str,
    result: Mapping[str, Json],
    actor: Actor,
    at: datetime,
) -> None:
    """Mark an item as done, by whom, with what came of it."""
    require_open_words(reason, *result.values())
    item.state = WorkItem.State.DONE
    item.outcome = outcome
    item.reason = clean(reason)
    item.result = dict(result)
    item.closed_at = at
    item.closed_by = actor.user_id
    item.save(update_fields=["state", "outcome", "reason", "result", "closed_at", "closed_by"])


def write(
    case: Case,
    fact: CaseFact,
    *,
    actor: Actor,
    at: datetime,
    key: str = "",
    item: WorkItem | None = None,
    unit: Unit | None = None,
    attrs: Mapping[str, Json] | None = None,
) -> CaseEvent:
    """Write a fact into the journal and the case's own history, and save its position."""
    require_open_words(*fact.payload().values())
    journal_id = record(fact, actor=actor, at=at)
    case.seq += 1
    event = event_of(case, fact, journal_id, actor=actor, at=at, key=key)
    event.item = item
    event.unit = unit or (item.unit if item else None)
    event.attrs |= attrs or {}
    event.save(force_insert=True)
    keep(case, "seq")
    return event


def event_of(
    case: Case, fact: CaseFact, journal_id: int, *, actor: Actor, at: datetime, key: str
) -> CaseEvent:
    """Return the row of a case's history for a fact at its present position, not yet stored."""
    return CaseEvent(
        case=case,
        seq=case.seq,
        at=at,
        activity=fact.name,
        stage=case.stage,
        round=case.round,
        actor_id=actor.user_id,
        actor_name=actor.name,
        attrs={name: value for name, value in fact.payload().items() if name != "case_ref"},
        key=key or None,
        journal_id=journal_id,
    )
