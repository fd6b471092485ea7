"""Which of the mappings at hand fits a file."""

from pathlib import Path

from linli.config.importing import load_mapping
from linli.kernel.errors import Rejected
from linli.kernel.tables import open_table

SUFFIX = ".mapping.yaml"


def mapping_for(file: Path, *, folder: Path) -> Path:
    """Return the mapping of a file: the one beside it, else the fullest of a folder that fits.

    A mapping fits where the file has every column that it names. Raises Rejected where none does.
    """
    beside = file.with_name(file.name.partition(".")[0] + SUFFIX)
    if beside.is_file():
        return beside
    with file.open("rb") as opened:
        head = set(open_table(opened).head)
    columns = {path: set(_columns_of(path)) for path in sorted(folder.glob(f"*{SUFFIX}"))}
    fitting = [path for path, named in columns.items() if named <= head]
    if not fitting:
        raise Rejected(
            f"{file.name} 的表头不合 {folder} 中的任何对应表。请写一份 {beside.name} 放在它旁边。",
            f"No mapping in {folder} fits the head of {file.name}. Write {beside.name} beside it.",
        )
    return max(fitting, key=lambda path: len(columns[path]))


def _columns_of(mapping: Path) -> tuple[str, ...]:
    return tuple(load_mapping(mapping).columns.named().values())
