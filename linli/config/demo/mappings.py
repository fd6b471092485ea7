"""Which of the mappings at hand fits a file."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from linli.config.importing import load_mapping
from linli.domain.needs.services import ImportMapping, read_export
from linli.kernel.errors import LinliError, Rejected

SUFFIX = ".mapping.yaml"


def mapping_for(file: Path, *, folder: Path, at: datetime) -> Path:
    """Return the mapping of a file: the one beside it, else the fullest of a folder that fits.

    A mapping fits where the file has every column that it names. Raises Rejected where none does.
    """
    beside = file.with_name(file.name.partition(".")[0] + SUFFIX)
    if beside.is_file():
        return beside
    fitting = [path for path in _mappings(folder) if _fits(file, load_mapping(path), at=at)]
    if not fitting:
        raise Rejected(
            f"{file.name} 的表头不合 {folder} 中的任何对应表。请写一份 {beside.name} 放在它旁边。",
            f"No mapping in {folder} fits the head of {file.name}. Write {beside.name} beside it.",
        )
    return max(fitting, key=lambda path: len(load_mapping(path).columns.model_fields_set))


def _mappings(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.glob(f"*{SUFFIX}"))


def _fits(file: Path, mapping: ImportMapping, *, at: datetime) -> bool:
    try:
        with file.open("rb") as opened:
            read_export(opened, mapping, at=at)
    except LinliError:
        return False
    return True
