"""One restore to a moment, and what is refused before anything is written.

Serves: X05.
"""

import json
from datetime import timedelta

import pytest

from linli.config.backup.errors import (
    Damaged,
    HalfMade,
    NothingThere,
    OutOfRange,
    PlaceTaken,
    WrongKey,
    WrongVersion,
)
from linli.config.backup.keys import BackupKey
from linli.config.backup.manifest import MANIFEST
from linli.config.backup.planning import Target, plan_restore
from linli.config.backup.restoring import MARK, Restorer
from linli.config.backup.sealing import read_sealed, write_sealed
from linli.config.backup.store import find_store
from linli.config.backup.tests.conftest import silent
from linli.config.database import embedded
from linli.config.database.tests.builders import connect


def test_a_moment_comes_back_from_a_chain_of_three_with_its_files(stand, empty_place):
    (empty_place / MARK).touch()  # what a killed restore left does not stand in the way
    plan = plan_restore(stand.store, stand.key, Target(moment=stand.moment))

    Restorer(plan, stand.key, empty_place, silent).restore()

    with embedded.serving(empty_place) as server, connect(server, role="linli_web") as web:
        words = web.execute("SELECT word FROM said ORDER BY id").fetchall()
    files = {path.name: path.read_text() for path in (empty_place / "keys").iterdir()}
    assert [made.kind for made in plan.chain] == ["full", "incremental", "incremental"]
    assert words == [("one",), ("two",), ("before",)]
    assert sorted(files) == ["one.key", "three.key", "two.key"]
    assert not (empty_place / "gone.txt").exists()
    assert not (empty_place / "late.txt").exists()
    assert not (empty_place / MARK).exists()


def test_a_moment_before_the_first_set_or_after_the_log_is_refused_with_the_range(stand):
    first = stand.chain[0].made_at

    with pytest.raises(OutOfRange, match=first.isoformat()[:19]):
        plan_restore(stand.store, stand.key, Target(moment=first - timedelta(hours=1)))
    with pytest.raises(OutOfRange):
        plan_restore(stand.store, stand.key, Target(moment=stand.moment + timedelta(hours=1)))


def test_an_earlier_moment_takes_the_set_before_it_and_no_more_log_than_it_needs(stand):
    at = stand.chain[1].made_at

    plan = plan_restore(stand.store, stand.key, Target(moment=at))

    everything = plan_restore(stand.store, stand.key, Target())
    assert plan.chain == stand.chain[:2]
    assert set(plan.log) - set(everything.log)
    assert plan.log[-1] < everything.log[-1]


def test_a_place_that_holds_anything_is_left_alone(stand, empty_place):
    (empty_place / "letter.txt").write_text("mine")
    plan = plan_restore(stand.store, stand.key, Target())

    with pytest.raises(PlaceTaken):
        Restorer(plan, stand.key, empty_place, silent).restore()

    assert [path.name for path in empty_place.iterdir()] == ["letter.txt"]


def test_another_key_is_named_as_such(stand):
    with pytest.raises(WrongKey, match=stand.chain[-1].name):
        plan_restore(stand.store, BackupKey(b"a key of somebody else"), Target())


def test_a_set_that_was_never_finished_is_refused_by_name(stand, copy_of_backups):
    name = f"{stand.chain[-1].name}.partial"
    (copy_of_backups.sets / stand.chain[-1].name).rename(copy_of_backups.sets / name)
    store, chosen = find_store(copy_of_backups.sets / name)

    with pytest.raises(HalfMade, match=name):
        plan_restore(store, stand.key, Target(), set_name=chosen)


def test_a_chain_that_lost_a_link_names_the_set(stand, copy_of_backups):
    middle = stand.chain[1].name
    (copy_of_backups.sets / middle).rename(copy_of_backups.folder / "elsewhere")

    with pytest.raises(Damaged, match=middle):
        plan_restore(copy_of_backups, stand.key, Target())


@pytest.mark.parametrize(
    ("field", "value", "told"), [("server", "17.2", "17.2"), ("linli", "99.0", "99.0")]
)
def test_another_version_is_refused_with_its_number(stand, copy_of_backups, field, value, told):
    folder = copy_of_backups.sets / stand.chain[0].name
    content = read_sealed(folder / MANIFEST, stand.key, place="")
    content = {name: content[name] for name in content if name not in ("seal", "salt", "mark")}
    write_sealed(folder / MANIFEST, content | {field: value}, stand.key, salt=stand.store.salt)

    with pytest.raises(WrongVersion, match=told):
        plan_restore(copy_of_backups, stand.key, Target())


def test_an_older_head_hides_no_log_that_is_there(stand, copy_of_backups):
    content = json.loads(copy_of_backups.head.read_text())
    content = {name: content[name] for name in content if name not in ("seal", "salt", "mark")}
    older = content | {"end": stand.chain[-1].stop_lsn, "files": None}
    write_sealed(copy_of_backups.head, older, stand.key, salt=stand.store.salt)

    found = plan_restore(copy_of_backups, stand.key, Target())

    assert found.log == plan_restore(stand.store, stand.key, Target()).log


def test_an_empty_folder_is_no_backup(tmp_path):
    with pytest.raises(NothingThere):
        find_store(tmp_path)
