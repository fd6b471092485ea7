import os
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import psutil
import pytest

from linli.config.database import embedded
from linli.config.database.binaries import programs_for
from linli.config.database.folders import lay_out
from linli.config.database.owner import server_owner
from linli.config.database.roles import EXTENSIONS, ROLES
from linli.config.database.tests.builders import connect, runs
from linli.kernel.errors import Unavailable

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")


def test_a_fresh_home_gets_a_server_with_every_role_and_extension(home):
    with embedded.serving(home) as server, connect(server, role="linli_web") as connection:
        roles = connection.execute("SELECT rolname FROM pg_roles WHERE rolcanlogin").fetchall()
        extensions = connection.execute("SELECT extname FROM pg_extension").fetchall()

    assert {role.name for role in ROLES} <= {name for (name,) in roles}
    assert set(EXTENSIONS) <= {name for (name,) in extensions}


def test_all_who_start_at_once_on_a_fresh_home_get_the_same_server(home):
    together = Barrier(8)

    def start(_: int) -> embedded.Server:
        together.wait(timeout=30)
        return embedded.start(home)

    with ThreadPoolExecutor(8) as pool:
        servers = list(pool.map(start, range(8)))
    for server in servers:
        server.leave()

    assert len({server.pid for server in servers}) == 1
    assert not runs(servers[0].pid)


def test_no_role_of_ours_is_a_superuser_or_passes_row_rules(home):
    with embedded.serving(home) as server, connect(server, role="linli_web") as connection:
        grand = connection.execute(
            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'linli%%' "
            "AND (rolsuper OR rolbypassrls OR rolcreaterole)"
        ).fetchall()

    assert grand == []


def test_the_web_role_uses_the_rows_of_a_table_but_owns_and_makes_none(home):
    with embedded.serving(home) as server:
        with connect(server, role="linli_owner") as owner:
            owner.execute("CREATE TABLE made_by_owner (id int)")
        with connect(server, role="linli_web") as web:
            web.execute("INSERT INTO made_by_owner VALUES (1)")
            may_make = web.execute("SELECT has_schema_privilege('public', 'CREATE')").fetchone()
            may_cut = web.execute(
                "SELECT has_table_privilege('made_by_owner', 'TRUNCATE')"
            ).fetchone()

    assert may_make == (False,)
    assert may_cut == (False,)


def test_a_test_database_has_the_extensions_without_a_superuser(home):
    with embedded.serving(home) as server:
        with connect(server, role="linli_owner") as owner:
            owner.execute("CREATE DATABASE test_copy")
        with connect(server, role="linli_owner", database="test_copy") as copy:
            extensions = copy.execute("SELECT extname FROM pg_extension").fetchall()

    assert set(EXTENSIONS) <= {name for (name,) in extensions}


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("data_checksums", "on"),
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
        ("listen_addresses", ""),
        ("summarize_wal", "on"),
    ],
)
def test_the_server_keeps_what_it_confirmed_and_hears_no_network(server, setting, value):
    with connect(server, role="linli_web") as connection:
        assert connection.execute("SELECT current_setting(%s)", [setting]).fetchone() == (value,)


def test_trigrams_are_found_in_chinese_text(server):
    with connect(server, role="linli_web") as connection:
        found = connection.execute("SELECT cardinality(show_trgm('噪音扰民'))").fetchone()

    assert found == (5,)


def test_starting_again_uses_the_server_that_runs(home):
    with embedded.serving(home) as first, embedded.serving(home) as second:
        assert (second.pid, second.was_adopted) == (first.pid, True)


def test_the_last_to_leave_stops_the_server(home):
    first = embedded.start(home)
    second = embedded.start(home)

    first.leave()
    ran_on = runs(first.pid)
    second.leave()

    assert (ran_on, runs(first.pid)) == (True, False)


def test_stopping_leaves_no_process_behind(home):
    server = embedded.start(home)
    family = [server.pid, *(child.pid for child in psutil.Process(server.pid).children())]

    embedded.stop(home)

    assert [pid for pid in family if runs(pid)] == []


def test_stopping_says_whether_anything_ran(home):
    assert embedded.stop(home) is False


def test_data_and_sockets_are_closed_to_everybody_else(server):
    folders = server.folders

    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folders.data, folders.sockets)]

    assert modes == [0o700, 0o700]


def test_no_folder_above_is_opened(home):
    inner = home / "closed" / "home"
    inner.mkdir(parents=True)
    parents = [inner, *inner.parents]
    (home / "closed").chmod(0o700)
    before = [parent.stat().st_mode for parent in parents]

    with embedded.serving(inner):
        after = [parent.stat().st_mode for parent in parents]
    embedded.remove(inner)

    assert after == before


@needs_root
def test_another_system_user_is_not_let_in(server):
    psql = programs_for(server_owner()) / "psql"

    said = subprocess.run(
        [psql, "-h", server.folders.sockets, "-U", "linli_web", "linli", "-c", "SELECT 1"],
        user="nobody",
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode != 0
    assert "Permission denied" in said.stderr


@needs_root
def test_a_home_of_somebody_else_is_refused(home):
    os.chown(home, 65534, 65534)

    with pytest.raises(Unavailable, match="65534"):
        lay_out(home, server_owner())

    os.chown(home, 0, 0)


def test_data_of_another_major_is_refused_with_both_numbers(home):
    with embedded.serving(home) as server:
        version = server.folders.data / "PG_VERSION"
    version.write_text("15\n")

    with pytest.raises(Unavailable, match="PostgreSQL 15"):
        embedded.start(home)


def test_removing_a_home_takes_its_data_along(home):
    with embedded.serving(home) as server:
        data = server.folders.data

    embedded.remove(home)

    assert (home.exists(), Path(data).exists()) == (False, False)
