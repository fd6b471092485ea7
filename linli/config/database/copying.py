"""A copy of the embedded server's database to begin from again."""

import psycopg
from psycopg import sql

from linli.config.database.cluster import SUPERUSER
from linli.config.database.folders import Folders
from linli.config.database.roles import DATABASE, OWNER_ROLE, make_layout

COPY = f"{DATABASE}_copy"


def keep_copy(folders: Folders) -> None:
    """Keep the database as it is now, instead of an earlier copy; nobody may be connected."""
    with _connect(folders) as server:
        _drop(server, COPY)
        _make(server, COPY, like=DATABASE)


def begin_from_copy(folders: Folders) -> bool:
    """Put the database back to the copy; False, and nothing done, where none was kept.

    What came into it since is gone. Nobody may be connected.
    """
    with _connect(folders) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [COPY]).fetchone():
            return False
        _drop(server, DATABASE)
        _make(server, DATABASE, like=COPY)
    make_layout(str(folders.sockets), superuser=SUPERUSER)
    return True


def _connect(folders: Folders) -> psycopg.Connection[tuple[object, ...]]:
    host = str(folders.sockets)
    return psycopg.connect(host=host, user=SUPERUSER, dbname="postgres", autocommit=True)


def _drop(server: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _make(server: psycopg.Connection[tuple[object, ...]], name: str, *, like: str) -> None:
    names = [sql.Identifier(part) for part in (name, OWNER_ROLE, like)]
    command = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY")
    server.execute(command.format(*names))
