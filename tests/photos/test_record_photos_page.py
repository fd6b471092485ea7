"""Photographs of a record on its pages: added with the form, shown, taken away.

Serves: R017.
"""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from linli.config.attachment_files import FolderFiles
from linli.domain.ledgers.models import Record
from linli.domain.ledgers.tests.builders import Town
from linli.web.desk.tests.builders import signed_in
from tests.photos.test_record_photos import town as town

pytestmark = pytest.mark.django_db
NEW = "/desk/ledgers/room/new/"
ROOM = {"f-title": "礼堂", "f-place": "9901"}


def jpeg() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (24, 16), (9, 90, 9)).save(out, "JPEG")
    return SimpleUploadedFile("hall.jpg", out.getvalue(), "image/jpeg")


def test_photographs_are_added_shown_and_taken_away(town: Town, tmp_path, settings):
    settings.LINLI_ATTACHMENTS = FolderFiles(tmp_path / "attachments")
    clerk = signed_in(town, "clerk")

    place = clerk.post(NEW, {**ROOM, "key": "one", "f-photos": [jpeg(), jpeg()]})["Location"]
    record = Record.objects.get()
    first, second = record.data["photos"]
    assert f'href="photos/{first}/"' in clerk.get(place).content.decode()
    assert clerk.get(f"{place}photos/{first}/")["Content-Type"] == "image/jpeg"

    said = {**ROOM, "seen": str(record.seq)}
    same = {**said, "key": "same", "f-photos-kept": [first, second]}
    assert clerk.post(f"{place}edit/", same).status_code == 302
    assert Record.objects.get().seq == record.seq
    fewer = {**said, "key": "fewer", "f-photos-kept": [second]}
    assert clerk.post(f"{place}edit/", fewer).status_code == 302
    assert Record.objects.get().data["photos"] == [second]


def test_a_photograph_that_is_none_enters_no_record(town: Town, tmp_path, settings):
    settings.LINLI_ATTACHMENTS = FolderFiles(tmp_path / "attachments")
    broken = SimpleUploadedFile("hall.jpg", b"nothing", "image/jpeg")

    answer = signed_in(town, "clerk").post(NEW, {**ROOM, "key": "one", "f-photos": [broken]})

    assert answer.status_code == 422
    assert Record.objects.count() == 0
