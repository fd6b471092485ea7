"""A rehearsal compares each row with the same moment of the source, and tells where they differ.

Serves: X05.
"""

import json

from linli.config.backup.comparing import differences, tables_of
from linli.config.backup.freezing import frozen
from linli.config.backup.rehearsing import Rehearser
from linli.config.backup.tests.conftest import silent
from linli.kernel.clock import utc_now


def test_a_rehearsal_finds_all_rows_equal_and_leaves_nothing_behind(stand):
    stand.write("for the rehearsal")
    rehearser = Rehearser(stand.store, stand.source, stand.key, stand.home, silent)

    done = rehearser.rehearse(at=utc_now())

    assert done.is_equal and done.tables == 1 and done.rows >= 4
    assert not (stand.store.spool(stand.home) / "rehearsal").exists()
    assert json.loads(stand.store.rehearsal.read_text())["differing"] == []


def test_a_snapshot_sees_nothing_that_came_after_its_point(stand):
    with frozen(stand.source, name="a-test") as snapshot:
        before = tables_of(snapshot)
        stand.write("too late")
        after = tables_of(snapshot)

    assert before == after


def test_a_row_that_differs_is_told_by_its_table(stand):
    with stand.source.connected() as server:
        before = tables_of(server)
        server.execute("UPDATE said SET word = word || '!' WHERE id = 1")
        changed = tables_of(server)
    stand.write("one more")
    with stand.source.connected() as server:
        grown = tables_of(server)

    (same_count,) = differences(before, changed)
    (other_count,) = differences(changed, grown)
    assert same_count.startswith("public.said") and "≠" not in same_count
    assert other_count.startswith("public.said") and "≠" in other_count
