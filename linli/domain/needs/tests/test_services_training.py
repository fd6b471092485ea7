from io import BytesIO

import numpy as np
import pytest

from linli.domain.access.selectors import RESIDENT_ACTOR, SYSTEM_ACTOR
from linli.domain.audit.models import Journal
from linli.domain.cases.tests.builders import AT, later
from linli.domain.catalogue.models import Example, Matter
from linli.domain.needs.errors import NothingToLearnFrom
from linli.domain.needs.models import ReadingModel
from linli.domain.needs.selectors import current_reader, newest_model, suggest
from linli.domain.needs.services import train_reader
from linli.domain.needs.tests.builders import build_read_town, said
from linli.kernel.errors import NotPermitted
from linli.methods.artefact import digest

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return build_read_town()


def train(*, hours=1):
    return train_reader(actor=SYSTEM_ACTOR, at=later(hours=hours))


def version_in_force():
    reader = current_reader()
    return reader.version if reader else ""


def test_the_model_says_what_it_was_learnt_from_and_how_well_it_does(town):
    assert town.model.examples == Example.objects.count()
    assert 0 < town.model.metrics["accuracy"] <= town.model.metrics["class_accuracy"] <= 1


def test_the_same_examples_are_learnt_once(town):
    ReadingModel.objects.all().delete()
    assert train().pk == train().pk
    assert Journal.objects.filter(event="reader_trained").count() == 1


def test_more_examples_bring_another_reader_into_force(town):
    matter = Matter.objects.get(code="environment.noise.construction")
    added = Example.objects.create(pack_id=matter.pack_id, matter=matter, text="塔吊夜里嗡嗡响")

    newer = train(hours=1)

    assert version_in_force() == newer.sha256 != town.model.sha256
    added.delete()
    assert train(hours=2).pk == town.model.pk
    assert version_in_force() == town.model.sha256


def test_without_examples_there_is_nothing_to_learn(db):
    with pytest.raises(NothingToLearnFrom):
        train()


def test_only_who_publishes_may_train(town):
    with pytest.raises(NotPermitted):
        train_reader(actor=RESIDENT_ACTOR, at=AT)


def test_without_a_reader_a_message_is_left_to_a_person(town):
    ReadingModel.objects.all().delete()

    reading = suggest(said(), at=AT)

    assert (reading.model, reading.matters, reading.abstained) == ("", (), True)
    assert newest_model() is None


def test_bytes_changed_in_the_database_are_not_loaded(town):
    ReadingModel.objects.update(artefact=b"something else", sha256="0" * 64)

    assert current_reader() is None
    assert suggest(said(), at=AT).abstained


def test_a_reader_in_the_form_of_an_earlier_version_is_not_used(town):
    told = np.frombuffer(b"linli.text/1", np.uint8)
    written = BytesIO()
    np.savez_compressed(written, format=told)
    kept = written.getvalue()
    ReadingModel.objects.update(artefact=kept, sha256=digest(kept))

    assert current_reader() is None
