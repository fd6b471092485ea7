"""Photographs of records: named by a file field, seen by whoever sees the record.

Serves: R017 R109.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import override_settings

from linli.config.attachment_files import FolderFiles
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.attachments.models import RecordPhoto
from linli.domain.attachments.selectors import photo_of, record_photo_for, record_photos
from linli.domain.attachments.services import add_record_photos, sweep_files
from linli.domain.catalogue.services import publish_pack
from linli.domain.ledgers.errors import FieldUnknown
from linli.domain.ledgers.models import Record
from linli.domain.ledgers.services import change_record
from linli.domain.ledgers.tests.builders import AT, Town, build_town, room
from linli.kernel.errors import NotFound, RejectedTogether
from tests.photos.test_attachments import uploads

pytestmark = pytest.mark.django_db
PACKS = Path(__file__).resolve().parents[2] / "packs"


@pytest.fixture
def town() -> Town:
    publish_pack(PACKS / "cn-base", actor=SYSTEM_ACTOR, at=AT)  # how many photographs at most
    return build_town()


@pytest.fixture(autouse=True)
def store(tmp_path):
    folder = FolderFiles(tmp_path / "attachments")
    with override_settings(LINLI_ATTACHMENTS=folder):
        yield folder


def add(record: Record, town: Town, count: int = 2, *, field: str = "photos") -> Record:
    return add_record_photos(
        record.number, uploads(count), field=field, actor=town.clerk, at=AT, key="p"
    )


def test_photographs_are_named_by_the_record_once_however_often_they_are_sent(town, store):
    record = add(room(town), town)
    again = add(record, town)

    photos = record_photos(town.clerk, record.number, field="photos")
    assert [photo.public_id for photo in photos] == record.data["photos"] == again.data["photos"]
    assert photo_of(photos[0]).startswith(b"\xff\xd8")
    assert RecordPhoto.objects.count() == 2
    late = AT + timedelta(days=400)
    sweep_files(at=late)
    assert photo_of(photos[1]), "what a record names is not swept"


def test_whoever_does_not_see_the_record_sees_no_photograph(town):
    record = add(room(town), town)
    photo = record.data["photos"][0]

    assert record_photo_for(town.below, record.number, photo).public_id == photo
    for actor, name in ((town.neighbour, photo), (town.clerk, "a" * 26), (town.clerk, "../x")):
        with pytest.raises(NotFound):
            record_photo_for(actor, record.number, name)


def test_filling_in_takes_photographs_away_and_never_names_others(town):
    record = add(room(town), town)
    first = record.data["photos"][0]

    with pytest.raises(RejectedTogether):
        change_record(record.number, given={"photos": ["z" * 26]}, actor=town.clerk, at=AT, key="x")
    kept = change_record(record.number, given={"photos": [first]}, actor=town.clerk, at=AT, key="y")

    assert kept.data["photos"] == [first]
    assert len(record_photos(town.clerk, record.number, field="photos")) == 1


def test_a_field_that_holds_no_files_takes_none(town):
    with pytest.raises(FieldUnknown):
        add(room(town), town, field="seats")
