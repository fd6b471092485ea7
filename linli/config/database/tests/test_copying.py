"""A copy of the database to begin from again."""

from linli.config.database import embedded
from linli.config.database.copying import begin_from_copy, keep_copy
from linli.config.database.tests.builders import connect


def test_what_came_after_the_copy_is_gone_and_what_came_before_is_there(home):
    with embedded.serving(home) as server:
        with connect(server, role="linli_owner") as owner:
            owner.execute("CREATE TABLE made_by_owner (id int)")
            owner.execute("INSERT INTO made_by_owner VALUES (1)")
        keep_copy(server.folders)
        with connect(server, role="linli_owner") as owner:
            owner.execute("INSERT INTO made_by_owner VALUES (2)")
        assert begin_from_copy(server.folders)
        with connect(server, role="linli_web") as web:
            assert web.execute("SELECT id FROM made_by_owner").fetchall() == [(1,)]


def test_without_a_copy_nothing_is_done(home):
    with embedded.serving(home) as server:
        with connect(server, role="linli_owner") as owner:
            owner.execute("CREATE TABLE made_by_owner (id int)")
        assert not begin_from_copy(server.folders)
        with connect(server, role="linli_web") as web:
            assert web.execute("SELECT count(*) FROM made_by_owner").fetchall() == [(0,)]


def test_a_crash_between_dropping_and_copying_leaves_a_home_that_starts(home):
    with embedded.serving(home) as server:
        keep_copy(server.folders)
        with connect(server, role="postgres", database="postgres") as superuser:
            superuser.execute("DROP DATABASE linli")
    with embedded.serving(home) as server:
        assert begin_from_copy(server.folders)
