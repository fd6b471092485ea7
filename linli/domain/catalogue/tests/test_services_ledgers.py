"""A ledger is published with its pack, version by version, and stays as it was.

Serves: R017.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.catalogue.errors import NoLedger
from linli.domain.catalogue.models import LedgerVersion
from linli.domain.catalogue.selectors import ledger_by_code, ledger_version, ledgers_in_force
from linli.domain.catalogue.services import PackFaulty, diff_pack, publish_pack
from linli.domain.catalogue.tests.builders import write
from linli.domain.catalogue.tests.test_rules_ledger import FILE, with_ledger

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
NEW = 'ledger: room\nversion: "2026.1"', 'ledger: room\nversion: "2026.2"'
MORE = (
    "states:\n",
    "  - {code: floor, name: 楼层, name_en: Floor, kind: text, required: true}\nstates:\n",
)


def files(version: str, *edits: tuple[str, str]) -> dict[str, str]:
    found = with_ledger()
    for old, new in edits:
        assert old in found[FILE]
        found[FILE] = found[FILE].replace(old, new, 1)
    found["pack.yaml"] = found["pack.yaml"].replace('"2026.1"', f'"{version}"')
    return found


def publish(folder: Path, said: dict[str, str]) -> None:
    publish_pack(write(folder, said), actor=SYSTEM_ACTOR, at=AT)


def test_publishing_puts_the_ledgers_of_a_pack_in_force(tmp_path: Path):
    publish(tmp_path, files("2026.1"))

    assert [row.code for row in ledgers_in_force(AT)] == ["room"]
    assert ledger_by_code("room", AT).definition.title_field == "title"
    with pytest.raises(NoLedger):
        ledger_by_code("garden", AT)


def test_a_newer_version_takes_the_place_of_the_one_before_which_stays_readable(tmp_path: Path):
    publish(tmp_path, files("2026.1"))

    changes = diff_pack(write(tmp_path, files("2026.2", NEW, MORE)))
    publish(tmp_path, files("2026.2", NEW, MORE))

    assert [c.text("en") for c in changes if c.area == "ledgers" and c.kind == "added"] == [
        "ledger room/fields/floor: added “楼层”"
    ]
    assert ledger_by_code("room", AT).version == "2026.2"
    assert ledger_version("room", "2026.1").definition.field("floor") is None


def test_a_ledger_cannot_change_under_its_version(tmp_path: Path):
    publish(tmp_path, files("2026.1"))

    with pytest.raises(PackFaulty) as refused:
        publish(tmp_path, files("2026.2", MORE))

    assert [fault.kind for fault in refused.value.problems] == ["ledger_stands"]


def test_the_database_itself_keeps_a_published_ledger_as_it_was(tmp_path: Path):
    publish(tmp_path, files("2026.1"))

    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerVersion.objects.update(name="别的")
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerVersion.objects.all().delete()


def test_a_ledger_that_a_pack_leaves_out_ends(tmp_path: Path):
    publish(tmp_path, files("2026.1"))
    gone = files("2026.2")
    (write(tmp_path, gone) / FILE).unlink()
    del gone[FILE]

    publish(tmp_path, gone)

    assert ledgers_in_force(AT) == []
