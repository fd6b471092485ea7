"""Broken backups are refused before a byte is written, each by the name of the broken file."""

import pytest

from linli.config.backup.checking import Checker, require_whole
from linli.config.backup.damaging import Breaker
from linli.config.backup.errors import Damaged, WrongKey
from linli.config.backup.manifest import DATABASE
from linli.config.backup.planning import Target, plan_restore


def test_twenty_four_damages_are_refused_by_name(stand, copy_of_backups):
    plan = plan_restore(copy_of_backups, stand.key, Target())
    breaker = Breaker(plan, seed=7)
    missed = []

    for number in range(24):
        with breaker.broken(number) as damage:
            try:
                require_whole(plan_restore(copy_of_backups, stand.key, Target()), stand.key)
            except (Damaged, WrongKey) as fault:
                if fault.field == damage.place and damage.place in fault.en:
                    continue
                missed.append((damage, fault.en))
            else:
                missed.append((damage, "taken"))

    assert missed == []
    require_whole(plan_restore(copy_of_backups, stand.key, Target()), stand.key)


def test_a_manifest_of_another_set_is_refused(stand, copy_of_backups):
    first, last = (copy_of_backups.sets / stand.chain[place].name for place in (0, -1))
    (last / "manifest.json").write_bytes((first / "manifest.json").read_bytes())

    with pytest.raises(Damaged, match=f"sets/{last.name}/manifest.json"):
        plan_restore(copy_of_backups, stand.key, Target())


def test_a_part_of_another_set_does_not_open_even_where_the_sums_are_not_looked_at(
    stand, copy_of_backups, tmp_path
):
    first, last = (copy_of_backups.sets / stand.chain[place].name for place in (0, -1))
    (last / DATABASE).write_bytes((first / DATABASE).read_bytes())
    checker = Checker(copy_of_backups, stand.key, tmp_path / "bench")

    (fault,) = checker.faults(only=last.name)

    assert fault.field == f"sets/{last.name}/{DATABASE}"


def test_reading_everything_back_names_what_is_broken_and_nothing_else(
    stand, copy_of_backups, tmp_path
):
    checker = Checker(copy_of_backups, stand.key, tmp_path / "bench")
    segment = sorted(copy_of_backups.wal.iterdir())[-1]
    archive = sorted(copy_of_backups.files.iterdir())[-1]
    for path in (segment, archive):
        path.write_bytes(path.read_bytes()[:-1])

    faults = list(checker.faults())

    assert [fault.field for fault in faults] == [f"wal/{segment.name}", f"files/{archive.name}"]
