"""Photographs of cases: whole or not there, seen by whom they concern, gone when they must go.

Serves: R109 X01 X08.
"""

import io
from datetime import timedelta

import pytest
from django.test import override_settings
from PIL import Image

from linli.config.attachment_files import FolderFiles
from linli.domain.access.selectors import RESIDENT_ACTOR, SYSTEM_ACTOR
from linli.domain.attachments.errors import TooManyPhotos
from linli.domain.attachments.models import Attachment
from linli.domain.attachments.selectors import (
    file_store,
    photo_by_receipt,
    photo_for,
    photo_of,
    photos_of,
)
from linli.domain.attachments.services import (
    Upload,
    add_photos,
    erase_photos,
    report_with_photos,
    sweep_files,
)
from linli.domain.cases.services import dispatch_case, name_respondent
from linli.domain.cases.tests.builders import AT, Town, build_town
from linli.domain.needs.services import NewMessage
from linli.kernel.errors import NotFound, NotPermitted, Rejected, Unavailable
from linli.kernel.pictures import PictureUnknown

pytestmark = pytest.mark.django_db
BODY = "工地半夜施工，睡不着觉"


@pytest.fixture
def town() -> Town:
    return build_town()


@pytest.fixture(autouse=True)
def store(tmp_path):
    folder = FolderFiles(tmp_path / "attachments")
    with override_settings(LINLI_ATTACHMENTS=folder):
        yield folder


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (24, 16), (9, 90, 9)).save(out, "JPEG")
    return out.getvalue()


def uploads(count: int = 1, data: bytes | None = None) -> list[Upload]:
    return [Upload(f"{n}.jpg", io.BytesIO(data or jpeg())) for n in range(count)]


def reported(files: list[Upload], *, key: str = "one"):
    new = NewMessage(channel="web", body=BODY, address="学府路口", area="990101001001")
    return report_with_photos(new, files, actor=RESIDENT_ACTOR, at=AT, key=key)


def files_in(store: FolderFiles) -> list[str]:
    return [path.name for path in store.folder.glob("*/*")]


def test_a_report_keeps_its_photographs_once_however_often_it_is_sent(town, store):
    received = reported(uploads(2))
    again = reported(uploads(2))

    assert (again.is_repeat, again.case.pk) == (True, received.case.pk)
    assert len(photos_of(received.case)) == 2
    assert all(
        Image.open(io.BytesIO(photo_of(one))).size == (24, 16) for one in photos_of(received.case)
    )


def test_files_are_ours_alone_and_their_names_say_nothing(town, store):
    reported([Upload("我家门口.jpg", io.BytesIO(jpeg()))])

    paths = [store.folder, *store.folder.rglob("*")]
    assert {oct(path.stat().st_mode & 0o777) for path in paths} == {"0o700", "0o600"}
    assert not [path for path in paths if "门" in str(path)]


def test_one_photograph_that_is_refused_takes_the_report_with_it(town, store):
    bad = Upload("a.jpg", io.BytesIO(b"<script>"))
    for files, refusal in (([*uploads(1), bad], PictureUnknown), (uploads(7), TooManyPhotos)):
        with pytest.raises(refusal):
            reported(files)

    assert (Attachment.objects.count(), files_in(store)) == (0, [])


def test_a_report_that_is_refused_leaves_files_that_the_sweeper_takes(town, store):
    new = NewMessage(channel="web", body="", address="", area="")
    with pytest.raises(Rejected):
        report_with_photos(new, uploads(1), actor=RESIDENT_ACTOR, at=AT, key="k")
    assert len(files_in(store)) == 2
    later = AT + timedelta(days=3650)

    assert (sweep_files(at=AT - timedelta(days=3650)), sweep_files(at=later)) == (0, 2)
    assert files_in(store) == []


def test_the_sweeper_takes_half_files_and_lets_be_what_rows_name(town, store):
    case = reported(uploads(1)).case
    kept = files_in(store)
    half = store.path_of("abcdefghijklmnopqrstuvwxyz").with_suffix(".small.partial")
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"half")

    assert sweep_files(at=AT + timedelta(days=3650)) == 1
    assert sorted(files_in(store)) == sorted(kept)
    assert photo_of(photos_of(case)[0])


def test_a_full_disk_takes_nothing_and_leaves_nothing(town, store):
    class Full(FolderFiles):
        def put(self, name: str, data: bytes) -> None:
            raise Unavailable("磁盘已满", "The disk is full")

    with override_settings(LINLI_ATTACHMENTS=Full(store.folder)), pytest.raises(Unavailable):
        reported(uploads(1))
    assert (Attachment.objects.count(), files_in(store)) == (0, [])


def test_the_unit_adds_some_and_the_resident_sees_those_meant_for_them(town):
    received = reported(uploads(1))
    ref = received.case.public_id
    dispatch_case(ref, to="works", actor=town.clerk, at=AT, key="d")
    for number, is_public in enumerate((True, False)):
        add_photos(
            ref, uploads(1), is_public=is_public, actor=town.handler, at=AT, key=f"a{number}"
        )
    add_photos(ref, uploads(1), is_public=True, actor=town.handler, at=AT, key="a0")

    shown, all_of_them = photos_of(received.case, public_only=True), photos_of(received.case)
    assert (len(shown), len(all_of_them)) == (2, 3)
    hidden = next(one for one in all_of_them if not one.is_public)
    assert photo_for(town.clerk, ref, hidden.public_id)[1] == hidden
    with pytest.raises(NotFound):
        photo_by_receipt(received.receipt, hidden.public_id)
    assert photo_by_receipt(received.receipt, shown[0].public_id) == shown[0]


def test_who_is_complained_about_or_has_no_part_in_it_sees_no_photograph(town):
    case = reported(uploads(1)).case
    photo = photos_of(case)[0].public_id
    with pytest.raises(NotFound):
        photo_for(town.handler, case.public_id, photo)
    dispatch_case(case.public_id, to="works", actor=town.clerk, at=AT, key="d")
    assert photo_for(town.handler, case.public_id, photo)
    by = {"actor": town.clerk, "at": AT, "key": "n"}
    name_respondent(case.public_id, unit="works", reason="反映的是该单位", **by)
    with pytest.raises(NotFound):
        photo_for(town.handler, case.public_id, photo)
    with pytest.raises(NotFound):
        add_photos(case.public_id, uploads(1), is_public=True, actor=town.handler, at=AT, key="x")


def test_a_photograph_is_not_found_under_another_case(town):
    first, second = reported(uploads(1)).case, reported(uploads(1), key="two").case
    photo = photos_of(first)[0].public_id

    with pytest.raises(NotFound):
        photo_for(town.clerk, second.public_id, photo)


def test_what_a_person_has_shown_goes_with_the_person(town, store):
    case = reported(uploads(2)).case
    dispatch_case(case.public_id, to="works", actor=town.clerk, at=AT, key="d")
    add_photos(case.public_id, uploads(1), is_public=True, actor=town.handler, at=AT, key="a")
    with pytest.raises(NotPermitted):
        erase_photos(case.public_id, actor=town.clerk, at=AT)

    assert erase_photos(case.public_id, actor=SYSTEM_ACTOR, at=AT) == 2
    sweep_files(at=AT + timedelta(days=3650))
    assert (len(photos_of(case)), len(files_in(store))) == (1, 2)


def test_names_that_are_not_ours_open_nothing(store):
    for name in ("../secret_key", "a/b", "", "." * 12, "abcdefghij.txt", "a" * 41):
        with pytest.raises(ValueError, match="no name"):
            store.get(name)
    assert file_store() is store
