"""Records go on when their ledger is published anew; what is newly asked is never passed over.

Serves: R017.
"""

from datetime import timedelta
from pathlib import Path
from shutil import copytree

import pytest

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.catalogue.services import publish_pack
from linli.domain.ledgers.errors import LedgerEnded
from linli.domain.ledgers.models import Record
from linli.domain.ledgers.selectors import public_records, record_view, records
from linli.domain.ledgers.services import (
    add_record,
    change_record,
    import_records,
    realign_records,
    review_record,
)
from linli.domain.ledgers.tests.builders import AT, PACK, Town, build_town, room, table
from linli.kernel.errors import RejectedTogether

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)
FLOOR = "  - {code: floor, name: 楼层, name_en: Floor, kind: text, required: true}\nstates:\n"


@pytest.fixture
def town() -> Town:
    return build_town()


def publish(folder: Path, *edits: tuple[str, str], gone: bool = False) -> None:
    """Publish the trial pack again, with another definition of rooms, or without it."""
    copytree(PACK, folder / "pack")
    head, ledger = folder / "pack/pack.yaml", folder / "pack/ledgers/room.yaml"
    head.write_text(head.read_text().replace("2026.1", "2026.2"))
    text = ledger.read_text()
    for old, new in (('version: "2026.1"', 'version: "2026.2"'), *edits):
        assert old in text
        text = text.replace(old, new, 1)
    ledger.write_text(text)
    if gone:
        ledger.unlink()
        (folder / "pack/ledgers/booking.yaml").unlink()
    publish_pack(folder / "pack", actor=SYSTEM_ACTOR, at=LATER)


def test_what_a_newer_version_requires_is_shown_as_missing_and_asked_at_the_next_change(
    town: Town, tmp_path: Path
):
    record = room(town, seats="10")
    publish(tmp_path, ("states:\n", FLOOR))

    view = record_view(town.clerk, record.number, at=LATER)
    assert (view.missing, view.record.version.version) == (("floor",), "2026.1")
    review_record(record.number, actor=town.clerk, at=LATER, key="v")

    def change(given: dict[str, object], key: str) -> Record:
        return change_record(record.number, given=given, actor=town.clerk, at=LATER, key=key)

    with pytest.raises(RejectedTogether) as refused:
        change({"seats": "11"}, "a")
    assert [fault.field for fault in refused.value.faults] == ["floor"]
    file = table("名称,座位", "礼堂,11")
    with pytest.raises(RejectedTogether) as refused:
        import_records("room", file, actor=town.clerk, at=LATER, key="i")
    assert [(fault.row, fault.field) for fault in refused.value.faults] == [(2, "floor")]

    changed = change({"floor": "二楼"}, "b")

    assert (changed.version.version, changed.data["seats"]) == ("2026.2", 10)


def test_what_a_newer_version_has_no_field_for_stays_stored(town: Town, tmp_path: Path):
    record = room(town, page="https://example.org")
    line = "  - {code: page, name: 网页, name_en: Page, kind: url}\n"
    publish(tmp_path, (line, ""))

    changed = change_record(record.number, given={"seats": 5}, actor=town.clerk, at=LATER, key="c")

    assert changed.data["page"] == "https://example.org"
    shown = record_view(town.clerk, record.number, at=LATER).shown
    assert "page" not in {one.field.code for one in shown}


def test_a_ledger_made_less_visible_hides_the_records_that_it_has(town: Town, tmp_path: Path):
    record = room(town)
    publish(tmp_path, ("visibility: public", "visibility: unit"))

    assert list(public_records("room", at=LATER)) == []
    assert realign_records(at=LATER) == 1
    assert realign_records(at=LATER) == 0
    found = Record.objects.get(pk=record.pk)
    assert (found.confidentiality, found.is_public) == ("sensitive", False)
    assert records(town.analyst, "room", at=LATER).total == 0
    assert records(town.clerk, "room", at=LATER).total == 1


def test_a_ledger_that_ended_can_be_read_and_nothing_else(town: Town, tmp_path: Path):
    record = room(town)
    publish(tmp_path, gone=True)
    over = LATER + timedelta(days=1)

    assert record_view(town.clerk, record.number, at=over).definition.name == "场所"
    assert records(town.clerk, "room", at=over).total == 1
    with pytest.raises(LedgerEnded):
        change_record(record.number, given={}, actor=town.clerk, at=over, key="c")
    with pytest.raises(LedgerEnded):
        add_record("room", given={}, actor=town.clerk, at=over, key="n")
