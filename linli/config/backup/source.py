"""The server that is backed up: how it is reached, how far its log is, what it weighs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import psycopg

from linli.config.backup import lsn
from linli.config.backup.errors import ToolFailed
from linli.config.database.cluster import SUPERUSER
from linli.config.database.folders import Folders
from linli.config.database.roles import DATABASE

# A slot keeps the log until it lies in a backup folder; max_slot_wal_keep_size bounds how much.
SLOTS = "linli_backup_"
REPLICATOR = "linli_backup"

Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True)
class Standing:
    """How a server stands: its numbers, its size in bytes, and the end of its log."""

    system: str
    timeline: int
    server: str
    size: int
    at_lsn: int


@dataclass(frozen=True)
class Switched:
    """All that was committed before `at` lies in the log before `end`."""

    at: datetime
    end: int


@dataclass(frozen=True)
class Source:
    """An embedded server, reached over its socket."""

    sockets: str

    @property
    def tool_options(self) -> tuple[str, ...]:
        """How PostgreSQL's programs reach it."""
        return ("--host", self.sockets, "--username", REPLICATOR, "--no-password")

    @contextmanager
    def connected(self, database: str = DATABASE) -> Iterator[Connection]:
        """Have a connection as the one who may do everything, for a block."""
        with psycopg.connect(
            host=self.sockets, user=SUPERUSER, dbname=database, autocommit=True
        ) as connection:
            yield connection

    def standing(self) -> Standing:
        """Return how the server stands."""
        with self.connected() as server:
            row = _row(
                server,
                "SELECT (SELECT system_identifier::text FROM pg_control_system()), "
                "(SELECT timeline_id FROM pg_control_checkpoint()), "
                "current_setting('server_version'), "
                "(SELECT sum(pg_database_size(oid))::bigint FROM pg_database), "
                "pg_current_wal_insert_lsn()::text",
            )
        system, timeline, version, size, place = row
        return Standing(
            str(system), int(str(timeline)), str(version), int(str(size)), lsn.parse(str(place))
        )

    def switch_log(self) -> Switched:
        """Close the current segment of the log, so that it can be carried off."""
        with self.connected() as server:
            at, place = _row(server, "SELECT clock_timestamp(), pg_switch_wal()::text")
        if not isinstance(at, datetime):
            raise ToolFailed("clock_timestamp", repr(at))
        return Switched(at, lsn.end_of_segment(lsn.parse(str(place))))

    def ensure_slot(self, slot: str) -> None:
        """Have a slot; one that lost its log because nobody fetched it is made anew."""
        with self.connected() as server:
            server.execute(
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots "
                "WHERE starts_with(slot_name, %s) AND wal_status = 'lost'",
                [SLOTS],
            )
            server.execute(
                "SELECT pg_create_physical_replication_slot(%s, true) WHERE NOT EXISTS "
                "(SELECT FROM pg_replication_slots WHERE slot_name = %s)",
                [slot, slot],
            )

    def kept_from(self, slot: str) -> int:
        """Return from where on a slot keeps the log."""
        with self.connected() as server:
            (place,) = _row(
                server,
                "SELECT restart_lsn::text FROM pg_replication_slots WHERE slot_name = %s",
                slot,
            )
        return lsn.parse(str(place))

    def let_go(self, slot: str, place: int) -> None:
        """Tell the server that the log before a place needs no longer be kept for a slot."""
        with self.connected() as server:
            server.execute(
                "SELECT pg_replication_slot_advance(%s, %s::pg_lsn)", [slot, lsn.written(place)]
            )


def source_of(folders: Folders) -> Source:
    """Return the embedded server of some folders as a source."""
    return Source(str(folders.sockets))


def _row(server: Connection, query: str, *values: str) -> tuple[object, ...]:
    row = server.execute(query.encode(), values).fetchone()
    if row is None:
        raise ToolFailed("postgres", query)
    return row
