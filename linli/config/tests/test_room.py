"""Below the floor of free space nothing new is taken, and what is there can be read."""

import pytest
from django.test import Client

from linli.config.attachment_files import FolderFiles
from linli.config.disk import NoRoom, has_room, require_room

pytestmark = pytest.mark.django_db
MORE_THAN_ANY_DISK = str(10**9)


@pytest.fixture
def full(monkeypatch) -> None:
    monkeypatch.setenv("LINLI_FLOOR_MB", MORE_THAN_ANY_DISK)


@pytest.mark.parametrize(
    "path", ["/report/what/", "/report/check/", "/track/rate/", "/desk/new/", "/api/v1/messages"]
)
def test_whatever_writes_is_answered_503_with_when_to_come_again(full, path):
    answer = Client().post(path, {"body": "工地半夜施工"})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "600")
    assert "没有收下" in answer.content.decode()


def test_english_is_answered_in_english_and_the_api_by_a_problem(full):
    asked = Client(headers={"accept-language": "en"})
    assert "nearly out of room" in asked.post("/report/what/").content.decode()
    told = asked.post("/api/v1/messages", {}, content_type="application/json")
    assert (told.json()["title"], told.headers["Content-Type"]) == (
        "no_room",
        "application/problem+json",
    )


def test_reading_goes_on_and_whoever_makes_room_can_sign_in(full):
    assert Client().get("/").status_code == 200
    assert Client().get("/track/").status_code == 200
    assert Client().post("/accounts/login/", {"login": "x", "password": "y"}).status_code == 200


def test_files_are_refused_before_they_are_written(full, tmp_path):
    with pytest.raises(NoRoom):
        FolderFiles(tmp_path / "attachments").put("abcdefghijklmnop", b"x")
    assert list(tmp_path.rglob("*")) == []
    with pytest.raises(NoRoom):
        require_room(tmp_path)


def test_above_the_floor_nothing_is_in_the_way(monkeypatch, tmp_path):
    monkeypatch.setenv("LINLI_FLOOR_MB", "0")
    assert has_room(tmp_path)
    assert has_room(tmp_path / "absent")
