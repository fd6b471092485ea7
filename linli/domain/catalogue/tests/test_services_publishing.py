"""Publishing is all or nothing, once, and final.

Serves: R014.
"""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor
from linli.domain.catalogue.models import (
    CalendarDay,
    Example,
    Matter,
    Pack,
    Parameter,
    Source,
    StandardVersion,
    UrgencyWord,
)
from linli.domain.catalogue.services import PackFaulty, check_pack, diff_pack, publish_pack
from linli.domain.catalogue.tests.builders import SMALL, edited, write
from linli.kernel.errors import NotPermitted, Rejected

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
OUTSIDER = Actor(7, "外人")


def publish(folder: Path, files: dict[str, str] | None = None, at: datetime = AT) -> Pack:
    """Write the files and publish them as the system."""
    return publish_pack(write(folder, files or dict(SMALL)), actor=SYSTEM_ACTOR, at=at)


def raised(files: dict[str, str], version: str = "2026.2") -> dict[str, str]:
    """The same files under another version of the pack."""
    head = files["pack.yaml"].replace('version: "2026.1"', f'version: "{version}"')
    return {**files, "pack.yaml": head}


def test_publishing_lays_down_all_that_the_pack_says(tmp_path: Path) -> None:
    pack = publish(tmp_path)

    assert (pack.code, pack.version, pack.published_by) == ("small", "2026.1", "system")
    assert list(Matter.objects.order_by("position").values_list("path", "level")) == [
        ("noise/", 1),
        ("noise/building/", 2),
        ("noise/dancing/", 2),
    ]
    building = Matter.objects.get(code="noise.building")
    assert (building.standard_code, building.clock_code) == ("wish", "general")
    assert building.source.code == "ours"
    assert StandardVersion.objects.get().status == "published"
    assert CalendarDay.objects.count() == 4
    assert (Example.objects.count(), UrgencyWord.objects.count()) == (2, 1)
    assert Parameter.objects.get().unit == "share"


def test_publishing_is_recorded_in_the_journal(tmp_path: Path) -> None:
    publish(tmp_path)

    with connection.cursor() as cursor:
        cursor.execute("SELECT subject_id, payload FROM audit_journal WHERE event='pack_published'")
        rows = cursor.fetchall()
    assert len(rows) == 1
    assert rows[0][0] == "small"
    assert '"version":"2026.1"' in str(rows[0][1]).replace(" ", "")


def test_the_same_content_twice_is_one_publication(tmp_path: Path) -> None:
    first = publish(tmp_path)
    second = publish(tmp_path, {**SMALL, "pack.yaml": "# a remark\n" + SMALL["pack.yaml"]}, LATER)

    assert first.pk == second.pk
    assert Pack.objects.count() == 1
    assert second.published_at == AT


def test_other_content_under_a_published_version_is_refused_with_its_line(tmp_path: Path) -> None:
    publish(tmp_path)
    write(tmp_path, edited("hours.yaml", "09:00", "08:30"))

    with pytest.raises(PackFaulty) as error:
        publish_pack(tmp_path, actor=SYSTEM_ACTOR, at=LATER)

    assert error.value.problems[0].text("en") == (
        "pack.yaml:2: Version 2026.1 of “small” is published with other content, and what is"
        " published stays. Raise the version number here."
    )


def test_a_standard_changed_under_its_version_is_refused_with_its_line(tmp_path: Path) -> None:
    publish(tmp_path)
    write(tmp_path, raised(edited("standards/wish.yaml", "value: 7", "value: 5")))

    with pytest.raises(PackFaulty) as error:
        publish_pack(tmp_path, actor=SYSTEM_ACTOR, at=LATER)

    assert [(fault.file, fault.line) for fault in error.value.problems] == [
        ("standards/wish.yaml", 2)
    ]


def test_a_lower_version_cannot_replace_a_higher(tmp_path: Path) -> None:
    publish(tmp_path, raised(dict(SMALL), "2026.10"))

    with pytest.raises(PackFaulty, match=r"2026\.9 低于"):
        publish(tmp_path, raised(dict(SMALL), "2026.9"), LATER)


def test_a_new_version_of_a_standard_leaves_the_old_to_its_cases(tmp_path: Path) -> None:
    publish(tmp_path)
    text = (
        SMALL["standards/wish.yaml"].replace('"2026.1"', '"2027.1"').replace("value: 7", "value: 5")
    )
    text = text.replace("valid_from: 2026-01-01", "valid_from: 2027-01-01")
    publish(tmp_path, raised({**SMALL, "standards/wish.yaml": text}), LATER)

    old, new = StandardVersion.objects.order_by("version")
    assert (old.status, old.valid_to) == ("retired", date(2026, 12, 31))
    assert (new.status, new.valid_to) == ("published", None)
    assert old.definition.clocks[0].limit.value == 7
    assert new.definition.clocks[0].limit.value == 5


def test_a_matter_that_is_left_out_ends_but_stays(tmp_path: Path) -> None:
    publish(tmp_path)
    text = SMALL["matters.yaml"].split("    - code: noise.dancing")[0]
    publish(tmp_path, raised({**SMALL, "matters.yaml": text}), LATER)

    assert Matter.objects.get(code="noise.dancing").valid_to == date(2026, 11, 30)
    assert Matter.objects.get(code="noise.building").valid_to is None


def test_a_renamed_matter_keeps_its_row(tmp_path: Path) -> None:
    publish(tmp_path)
    before = Matter.objects.get(code="noise.building").pk
    publish(tmp_path, raised(edited("matters.yaml", "施工噪声", "工地噪声")), LATER)

    after = Matter.objects.get(code="noise.building")
    assert (after.pk, after.name) == (before, "工地噪声")


def test_only_one_version_of_a_pack_is_in_force(tmp_path: Path) -> None:
    publish(tmp_path)
    publish(tmp_path, raised(dict(SMALL)), LATER)

    assert list(Pack.objects.order_by("version").values_list("status", flat=True)) == [
        "retired",
        "published",
    ]
    assert Source.objects.count() == 2


def test_a_faulty_pack_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(PackFaulty) as error:
        publish(tmp_path, edited("parameters.yaml", "  unit: share\n", ""))

    assert (error.value.field, error.value.row) == ("parameters.yaml", 1)
    assert "parameters.yaml:1" in error.value.message("en")
    assert Pack.objects.count() == Matter.objects.count() == Source.objects.count() == 0


def test_who_may_not_publish_is_refused(tmp_path: Path) -> None:
    write(tmp_path)

    with pytest.raises(NotPermitted):
        publish_pack(tmp_path, actor=OUTSIDER, at=AT)

    assert Pack.objects.count() == 0


def test_a_required_pack_must_be_published_first(tmp_path: Path) -> None:
    write(tmp_path / "base", dict(SMALL))
    own = {
        "pack.yaml": 'pack: own\nversion: "1000.1"\ntitle: 己\ntitle_en: Own\n'
        "valid_from: 2026-01-01\nrequires: [small]\n",
        "sources.yaml": SMALL["sources.yaml"],
        "examples/noise.yaml": SMALL["examples/noise.yaml"],
    }
    write(tmp_path / "own", own)

    assert check_pack(tmp_path / "own").problems == ()
    with pytest.raises(PackFaulty) as error:
        publish_pack(tmp_path / "own", actor=SYSTEM_ACTOR, at=AT)
    assert error.value.problems[0].kind == "required_not_published"

    publish_pack(tmp_path / "base", actor=SYSTEM_ACTOR, at=AT)
    publish_pack(tmp_path / "own", actor=SYSTEM_ACTOR, at=AT)
    assert Example.objects.filter(pack__code="own").count() == 2


def test_a_standard_in_use_elsewhere_cannot_be_left_out(tmp_path: Path) -> None:
    base = {k: v for k, v in SMALL.items() if k != "matters.yaml" and "examples" not in k}
    write(tmp_path / "base", base)
    user = {
        "pack.yaml": SMALL["pack.yaml"].replace("pack: small", "pack: user"),
        "sources.yaml": SMALL["sources.yaml"],
        "matters.yaml": SMALL["matters.yaml"],
    }
    write(tmp_path / "user", user)
    publish_pack(tmp_path / "base", actor=SYSTEM_ACTOR, at=AT)
    publish_pack(tmp_path / "user", actor=SYSTEM_ACTOR, at=AT)
    (tmp_path / "base" / "standards" / "wish.yaml").unlink()
    write(tmp_path / "base", {"pack.yaml": raised(base)["pack.yaml"]})

    with pytest.raises(PackFaulty) as error:
        publish_pack(tmp_path / "base", actor=SYSTEM_ACTOR, at=LATER)

    assert [fault.kind for fault in error.value.problems] == ["standard_in_use"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE catalogue_standardversion SET body = '{}'",
        "UPDATE catalogue_standardversion SET valid_from = '2020-01-01'",
        "UPDATE catalogue_standardversion SET status = 'draft'",
        "DELETE FROM catalogue_standardversion",
        "UPDATE catalogue_pack SET content = '{}'",
        "UPDATE catalogue_pack SET sha256 = ''",
    ],
)
def test_the_database_refuses_to_change_what_was_published(tmp_path: Path, change: str) -> None:
    publish(tmp_path)

    refused = pytest.raises(IntegrityError, match="is published")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_a_draft_may_still_be_changed(tmp_path: Path) -> None:
    pack = publish(tmp_path)
    draft = StandardVersion.objects.create(
        pack=pack,
        code="wish",
        version="2099.1",
        name="草",
        name_en="Draft",
        body={},
        sha256="0",
        status="draft",
        valid_from=date(2099, 1, 1),
    )

    draft.name = "稿"
    draft.save(update_fields=["name"])

    assert StandardVersion.objects.get(version="2099.1").name == "稿"


def test_a_diff_says_what_would_change_against_what_is_in_force(tmp_path: Path) -> None:
    publish(tmp_path)
    write(tmp_path, raised(edited("parameters.yaml", "value: 0.7", "value: 0.75")))

    assert [change.text("en") for change in diff_pack(tmp_path)] == [
        "pack version: “2026.1” → “2026.2”",
        "parameter lights.yellow@2026-01-01: 0.7 share → 0.75 share",
    ]


def test_a_path_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Rejected, match="不是文件夹"):
        check_pack(tmp_path / "nowhere")
