"""The packs that Linli ships, read once."""

from functools import cache
from pathlib import Path

from linli.domain.catalogue.rules.content import PackContent
from linli.domain.catalogue.rules.loader import Loaded, load_pack
from linli.domain.catalogue.rules.outside import Definitions, definitions_in_files, known_from

PACKS = Path(__file__).resolve().parents[2] / "packs"
NAMES = sorted(folder.parent.name for folder in PACKS.glob("*/pack.yaml"))


def files_of(name: str) -> dict[str, bytes]:
    """Every file of a shipped pack."""
    folder = PACKS / name
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@cache
def defined(name: str) -> Definitions | None:
    """What a shipped pack defines, faulty or not."""
    return definitions_in_files(files_of(name))


@cache
def loaded(name: str) -> Loaded:
    """A shipped pack, with the others beside it."""
    others = (defined(other) for other in NAMES if other != name)
    return load_pack(files_of(name), known_from(pack for pack in others if pack))


def content_of(name: str) -> PackContent:
    """What a shipped pack says; it must be sound."""
    found = loaded(name)
    assert found.content is not None, "\n".join(map(str, found.problems))
    return found.content
