"""The master keys: there, the right ones, and nobody else's to read."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from linli.config.database.migrating import pending
from linli.config.doctor.finding import Finding
from linli.config.master_keys import FileKeeper, open_to_others
from linli.domain.vault.selectors import GenerationStanding, key_standing
from linli.kernel.errors import LinliError


def key_findings() -> Iterator[Finding]:
    """Yield what concerns the keys that seal personal data."""
    if isinstance(settings.LINLI_KEY_KEEPER, FileKeeper):
        yield from _files(settings.LINLI_KEY_KEEPER)
    if not pending():
        yield from _registered()


def _files(keeper: FileKeeper) -> Iterator[Finding]:
    if not keeper.folder.is_dir():
        return
    yield _mode(keeper.folder, "700")
    for generation in keeper.generations():
        yield _mode(keeper.path_of(generation), "600")


def _mode(path: Path, wanted: str) -> Finding:
    is_open = open_to_others(path)
    return Finding(
        not is_open,
        f"主密钥 {path} {'其他用户可读' if is_open else '只有本用户可读'}",
        f"Master key {path} {'is open to others' if is_open else 'is ours alone'}",
        f"chmod {wanted} {path}; linli keys rotate" if is_open else "",
    )


def _registered() -> Iterator[Finding]:
    try:
        standing = key_standing()
    except (LinliError, DatabaseError) as error:
        text = error.en if isinstance(error, LinliError) else str(error)
        yield Finding(False, "主密钥无法核对", "The master keys cannot be checked", text)
        return
    if not standing:
        yield Finding(False, "没有主密钥", "There is no master key", "linli migrate")
    for row in standing:
        yield _registered_one(row)


def _registered_one(row: GenerationStanding) -> Finding:
    is_well = row.is_kept and row.is_right
    return Finding(
        is_well,
        f"第 {row.generation} 代主密钥{'完好' if is_well else '缺失或不是原件'}，"
        f"用于 {row.uses} 把密钥",
        f"Master key {row.generation} {'is sound' if is_well else 'is missing or another'}, "
        f"{row.uses} keys under it",
        "" if is_well else "docs/how-to/keys.md",
    )
