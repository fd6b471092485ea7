"""Learning a reader from the examples of the packs in force."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor
from linli.domain.access.services import require_act
from linli.domain.audit.services import record
from linli.domain.catalogue.selectors import examples, matters_for_residents
from linli.domain.needs.errors import NothingToLearnFrom
from linli.domain.needs.events import ReaderTrained
from linli.domain.needs.models import ReadingModel
from linli.methods.artefact import FORMAT, digest, to_bytes
from linli.methods.learning import Lesson, learn_classifier


def train_reader(*, actor: Actor, at: datetime) -> ReadingModel:
    """Put in force a reader learnt from the packs' examples; the same examples, the same reader.

    Takes about two seconds for four thousand examples, a moment where they have been learnt
    before. Records ReaderTrained when another reader comes into force. Raises NothingToLearnFrom,
    NotPermitted.
    """
    require_act(actor, "catalogue.publish")
    lessons = _lessons()
    state = _digest_of(lessons)
    newest = ReadingModel.objects.defer("artefact").first()
    if newest is not None and newest.learnt_from == state:
        return newest
    known = ReadingModel.objects.filter(learnt_from=state).defer("artefact").first()
    return _put_in_force(known or _learnt(lessons, state, at), actor=actor, at=at)


def learn_to_read(*, at: datetime) -> bool:
    """Have messages read by what the packs in force teach; False where they teach nothing."""
    try:
        train_reader(actor=SYSTEM_ACTOR, at=at)
    except NothingToLearnFrom:
        return False
    return True


def _learnt(lessons: Sequence[Lesson], state: str, at: datetime) -> ReadingModel:
    learnt = learn_classifier(lessons)
    artefact = to_bytes(learnt.classifier)
    said = [lesson for lesson in lessons if not lesson.is_hint]
    return ReadingModel(
        sha256=digest(artefact),
        trained_at=at,
        learnt_from=state,
        examples=len(said),
        matters=len({lesson.label for lesson in said}),
        metrics={
            "accuracy": round(learnt.accuracy, 4),
            "class_accuracy": round(learnt.class_accuracy, 4),
        },
        artefact=artefact,
    )


def _lessons() -> list[Lesson]:
    """The packs' sentences, and the names and synonyms of the matters that have some.

    Only of matters that residents may bring: nothing else may be read out of what they write.
    """
    brought = {matter.code: matter for matter in matters_for_residents()}
    said = [Lesson(one.text, one.matter_code) for one in examples() if one.matter_code in brought]
    if len({lesson.label for lesson in said}) < 2:
        raise NothingToLearnFrom
    taught = {lesson.label for lesson in said}
    hints = [
        Lesson(word, matter.code, is_hint=True)
        for matter in brought.values()
        if matter.code in taught
        for word in (matter.name, *matter.synonyms)
    ]
    return [*said, *hints]


def _digest_of(lessons: Sequence[Lesson]) -> str:
    """Name what is learnt from, and the way of learning."""
    told = [f"{lesson.label}\t{lesson.is_hint}\t{lesson.text}" for lesson in lessons]
    return digest("\n".join([FORMAT, *sorted(told)]).encode())


def _put_in_force(model: ReadingModel, *, actor: Actor, at: datetime) -> ReadingModel:
    """Store the model as the newest; whoever else learnt the same meanwhile has been first."""
    model.trained_at = at
    try:
        with transaction.atomic():
            if model.pk is None:
                model.save(force_insert=True)
            else:
                model.save(update_fields=["trained_at"])
            fact = ReaderTrained(model.sha256, model.examples, model.matters)
            record(fact, actor=actor, at=at)
    except IntegrityError:
        return ReadingModel.objects.defer("artefact").get(learnt_from=model.learnt_from)
    return model
