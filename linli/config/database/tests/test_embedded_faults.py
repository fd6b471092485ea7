import os
import shutil
import signal
import stat
from pathlib import Path

from linli.config.database import embedded
from linli.config.database.folders import LONGEST_SOCKET_BYTES, SOCKET_NAME, lay_out
from linli.config.database.owner import server_owner
from linli.config.database.tests.builders import connect, hold_server, runs, wait_until


def test_a_server_outlives_its_killed_parent_and_is_adopted(home):
    holder, pid = hold_server(home)
    holder.kill()
    holder.wait()

    with embedded.serving(home) as server:
        assert (server.pid, server.was_adopted) == (pid, True)

    assert not runs(pid)


def test_a_killed_parent_no_longer_counts_as_a_user(home):
    holder, _ = hold_server(home)
    was_in_use = embedded.is_in_use(home)

    holder.kill()
    holder.wait()

    assert (was_in_use, embedded.is_in_use(home)) == (True, False)


def test_a_left_over_server_can_be_stopped_from_outside(home):
    holder, pid = hold_server(home)
    holder.kill()
    holder.wait()

    assert embedded.stop(home) is True
    assert not runs(pid)


def test_ctrl_c_reaches_the_parent_but_not_the_server(home):
    holder, pid = hold_server(home)
    assert holder.stdout is not None

    os.killpg(holder.pid, signal.SIGINT)
    heard = holder.stdout.readline()
    ran_on = runs(pid)
    holder.communicate("")

    assert (heard, ran_on, runs(pid)) == ("interrupted\n", True, False)


def test_what_was_committed_is_there_after_the_server_was_killed(home):
    first = embedded.start(home)
    with connect(first, role="linli_owner") as owner:
        owner.execute("CREATE TABLE kept AS SELECT 'kept' AS word")
    os.kill(first.pid, signal.SIGKILL)
    assert wait_until(lambda: not runs(first.pid))

    with embedded.serving(home) as second, connect(second, role="linli_owner") as owner:
        kept = owner.execute("SELECT word FROM kept").fetchone()

    first.leave()
    assert kept == ("kept",)


def test_a_stale_pid_file_that_names_a_stranger_is_cleared(home):
    with embedded.serving(home) as server:
        pid_file = server.folders.data / "postmaster.pid"
        lines = pid_file.read_text().splitlines()
    lines[0] = str(os.getpid())
    pid_file.write_text("\n".join(lines) + "\n")

    with embedded.serving(home) as server:
        assert not server.was_adopted


def test_a_half_made_data_folder_is_made_anew(home):
    folders = lay_out(home, server_owner())
    draft = folders.data.with_name(folders.data.name + ".new")
    draft.mkdir()
    (draft / "PG_VERSION").write_text("18\n")

    with embedded.serving(home) as server, connect(server, role="linli_web") as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_home_too_long_for_a_socket_gets_a_private_folder_elsewhere(home):
    deep = home / ("d" * 60) / ("e" * 60)

    with embedded.serving(deep) as server, connect(server, role="linli_web") as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
        sockets = server.folders.sockets
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    embedded.remove(deep)

    assert len(os.fsencode(sockets / SOCKET_NAME)) <= LONGEST_SOCKET_BYTES
    assert not sockets.exists()


def test_a_private_folder_that_was_swept_away_is_made_again(home):
    deep = home / ("d" * 60) / ("e" * 60)
    with embedded.serving(deep) as server:
        sockets = server.folders.sockets
    if os.geteuid() != 0:  # root's lie in /var/lib/linli, which nobody sweeps
        shutil.rmtree(sockets)

    with embedded.serving(deep) as server:
        assert Path(server.folders.sockets).is_dir()
    embedded.remove(deep)
