"""A photograph's way: from a resident's form to the tracking page and the desk, and nowhere else.

Serves: R041 R109 X01 X08.
"""

import base64
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from linli.config.attachment_files import FolderFiles
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.attachments.models import Attachment
from linli.domain.attachments.services import sweep_files
from linli.domain.audit.models import Journal
from linli.domain.audit.selectors import facts_about
from linli.domain.cases.models import Case
from linli.domain.cases.tests.builders import Town, build_town
from linli.domain.needs.services import erase_reporter
from linli.jobs.outbox import queue_reactions
from linli.jobs.reactions import REACTIONS, take_photos_away
from linli.kernel.clock import utc_now
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db
SECRET = "LiuYinJie9Hao"


@pytest.fixture
def town() -> Town:
    return build_town()


@pytest.fixture(autouse=True)
def store(tmp_path, settings) -> FolderFiles:
    folder = FolderFiles(tmp_path / "attachments")
    settings.LINLI_ATTACHMENTS = folder
    return folder


def photo(name: str = "IMG_0001.jpg") -> SimpleUploadedFile:
    exif = Image.Exif()
    exif[0x010E] = SECRET
    exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 54.0, 20.0), 3: "E", 4: (116.0, 23.0, 30.0)})
    out = io.BytesIO()
    drawn = Image.effect_noise((400, 300), 60).convert("RGB")
    drawn.save(out, "JPEG", exif=exif, comment=SECRET.encode())
    return SimpleUploadedFile(name, out.getvalue())


def answered(client: Client) -> None:
    client.post("/report/what/", {"body": "工地半夜施工，睡不着觉"})
    client.post("/report/where/", {"address": "学府路口", "area": "990101001001"})
    client.post("/report/who/", {"name": "王岚", "phone": "13800001402"})


def sent(client: Client, *photos: SimpleUploadedFile):
    answered(client)
    page = client.get("/report/check/").content.decode()
    assert 'enctype="multipart/form-data"' in page
    return client.post("/report/check/", {"key": "one", "photos": list(photos)}, follow=True)


def code_in(page) -> str:
    found = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", page.content.decode())
    assert found is not None
    return found[0]


def pictures_in(page: str) -> list[bytes]:
    return [base64.b64decode(data) for data in re.findall(r"base64,([A-Za-z0-9+/=]+)", page)]


def test_a_resident_shows_what_is_wrong_and_sees_it_again_by_the_receipt(town, store):
    client = Client()
    code = code_in(sent(client, photo(), photo("b.JPG")))

    page = Client().post("/track/", {"code": code}).content.decode()
    assert [Image.open(io.BytesIO(one)).size for one in pictures_in(page)] == [(320, 240)] * 2
    ref = Attachment.objects.order_by("id")[0].public_id
    large = Client().post("/track/photo/", {"code": code, "photo": ref})
    assert (large.status_code, large.headers["Content-Type"]) == (200, "image/jpeg")
    assert "sandbox" in large.headers["Content-Security-Policy"]
    assert large.headers["X-Content-Type-Options"] == "nosniff"
    for said in ({"code": "", "photo": ref}, {"code": code, "photo": "x"}, {"photo": ref}):
        assert Client().post("/track/photo/", said).status_code == 404
    kept = b"".join(path.read_bytes() for path in store.folder.rglob("*") if path.is_file())
    assert SECRET.encode() not in kept
    assert b"Exif" not in kept


def test_a_file_that_is_no_photograph_is_told_beside_the_field_and_nothing_is_sent(town):
    client = Client()
    page = sent(client, SimpleUploadedFile("a.jpg", b"<script>alert(1)</script>"))
    assert page.status_code == 422
    assert "不是 JPEG、PNG 或 WebP 照片" in page.content.decode()
    heic = sent(client, SimpleUploadedFile("a.heic", b"\0\0\0\x18ftypheic" + b"\0" * 64))
    assert "HEIC" in heic.content.decode()
    assert Case.objects.count() == 0


def test_the_desk_sees_the_photographs_adds_some_and_each_look_is_written_down(town):
    client = Client()
    sent(client, photo())
    case, clerk = Case.objects.get(), signed_in(town, "clerk")
    ref = Attachment.objects.get().public_id

    assert len(pictures_in(clerk.get(f"/desk/cases/{case.public_id}/").content.decode())) == 1
    before = Journal.objects.count()
    large = clerk.get(f"/desk/cases/{case.public_id}/photos/{ref}/")
    assert (large.status_code, large.headers["Cache-Control"]) == (200, "no-store")
    assert Journal.objects.count() == before + 1
    said = {"key": "k", "photos": [photo()], "is_public": "on"}
    answer = clerk.post(f"/desk/cases/{case.public_id}/photos/", said)
    assert answer.status_code == 302
    assert len(pictures_in(clerk.get(answer.headers["Location"]).content.decode())) == 2
    stranger = signed_in(town, "handler")
    absent = stranger.get(f"/desk/cases/{case.public_id}/photos/nosuchphoto/")
    hidden = stranger.get(f"/desk/cases/{case.public_id}/photos/{ref}/")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert Client().get(f"/desk/cases/{case.public_id}/photos/{ref}/").status_code == 302


def test_photographs_go_with_the_person_who_sent_them(town, store):
    sent(Client(), photo())
    case = Case.objects.get()
    erase_reporter(case.public_id, actor=SYSTEM_ACTOR, at=utc_now())
    assert queue_reactions(REACTIONS, limit=100)
    fact = next(f for f in facts_about("case", case.public_id) if f.event == "person_erased")
    take_photos_away(fact, utc_now())

    sweep_files(at=utc_now().replace(year=2100))
    assert [path for path in store.folder.rglob("*") if path.is_file()] == []
