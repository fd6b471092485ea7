import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from linli.config.backup.carrying import carry
from linli.config.backup.keys import BackupKey, find_key
from linli.config.backup.making import Maker
from linli.config.backup.manifest import Manifest
from linli.config.backup.source import Source, source_of
from linli.config.backup.store import Store
from linli.config.database import embedded
from linli.config.database.tests.builders import connect
from linli.kernel.clock import utc_now


@dataclass(frozen=True)
class Stand:
    """A server with a chain of three sets behind it, and a moment between two rows."""

    home: Path
    server: embedded.Server
    store: Store
    source: Source
    key: BackupKey
    maker: Maker
    chain: tuple[Manifest, ...]
    moment: datetime

    def write(self, word: str) -> datetime:
        """Commit a row and return the moment after."""
        return write(self.server, word)


def write(server: embedded.Server, word: str) -> datetime:
    with connect(server, role="linli_owner") as owner:
        owner.execute("INSERT INTO said (word) VALUES (%s)", [word])
        row = owner.execute("SELECT clock_timestamp()").fetchone()
        assert row is not None and isinstance(row[0], datetime)
        return row[0]


def silent(_: str, __: str) -> None:
    """Say nothing."""


@pytest.fixture(scope="session")
def stand() -> Iterator[Stand]:
    home = Path(tempfile.mkdtemp(prefix="linli-home-"))
    with embedded.serving(home) as server:
        with connect(server, role="linli_owner") as owner:
            owner.execute("CREATE TABLE said (id serial PRIMARY KEY, word text)")
        (home / "keys").mkdir()
        (home / "keys" / "one.key").write_text("first key")
        (home / "gone.txt").write_text("deleted for good")
        store, source = Store(home / "backups"), source_of(server.folders)
        key = find_key(home, may_make=True)
        maker = Maker(store, source, key, home, silent)
        chain = [maker.make(at=utc_now())]
        for word in ("one", "two"):
            write(server, word)
            chain.append(maker.make(at=utc_now()))
        (home / "keys" / "two.key").write_text("second key")
        (home / "gone.txt").unlink()
        moment = write(server, "before")
        (home / "keys" / "three.key").write_text("third key")
        (home / "late.txt").write_text("not yet there")
        carry(store, source, key, home=home)
        write(server, "after")
        carry(store, source, key, home=home)
        yield Stand(home, server, store, source, key, maker, tuple(chain), moment)
    embedded.remove(home)


@pytest.fixture
def empty_place() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="linli-home-"))
    yield place
    if place.exists():
        embedded.remove(place)


@pytest.fixture
def copy_of_backups(stand: Stand, tmp_path: Path) -> Store:
    """Return a copy of the backups that may be broken."""
    shutil.copytree(stand.store.folder, tmp_path / "backups")
    return Store(tmp_path / "backups")
