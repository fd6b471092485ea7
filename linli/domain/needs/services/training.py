"""Learning a reader from the examples of the packs in force."""

from datetime import datetime

from django.db import transaction

from linli.domain.access.selectors import Actor
from linli.domain.audit.services import record
from linli.domain.catalogue.selectors import examples, published_state
from linli.domain.needs.errors import NothingToLearnFrom
from linli.domain.needs.events import ReaderTrained
from linli.domain.needs.models import ReadingModel
from linli.methods.artefact import digest, to_bytes
from linli.methods.learning import learn_classifier


def train_reader(*, actor: Actor, at: datetime) -> ReadingModel:
    """Learn a reader from the packs' examples, unless that has been done for this very state.

    Takes about ten seconds for two thousand examples. Records ReaderTrained. Raises
    NothingToLearnFrom.
    """
    state = published_state()
    known = ReadingModel.objects.filter(learnt_from=state).defer("artefact").first()
    if known is not None:
        return known
    lessons = examples()
    if not lessons:
        raise NothingToLearnFrom
    texts = [lesson.text for lesson in lessons]
    codes = [lesson.matter_code for lesson in lessons]
    artefact = to_bytes(learn_classifier(texts, codes))
    with transaction.atomic():
        model, is_new = ReadingModel.objects.get_or_create(
            sha256=digest(artefact),
            defaults={
                "trained_at": at,
                "learnt_from": state,
                "examples": len(texts),
                "matters": len(set(codes)),
                "artefact": artefact,
            },
        )
        if is_new:
            fact = ReaderTrained(model.sha256, len(texts), len(set(codes)))
            record(fact, actor=actor, at=at)
    return model
