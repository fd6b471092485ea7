"""Reading a pack's folder and saying what is wrong with it, or what it would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from linli.domain.catalogue.models import Pack
from linli.domain.catalogue.rules.changes import Change, changes_between
from linli.domain.catalogue.rules.content import PackContent
from linli.domain.catalogue.rules.loader import load_pack
from linli.domain.catalogue.rules.outside import (
    Definitions,
    definitions_in_body,
    definitions_in_files,
    known_from,
)
from linli.domain.catalogue.rules.problems import Problem
from linli.domain.catalogue.rules.references import Known
from linli.domain.catalogue.rules.yaml_tree import MOST_BYTES, Tree
from linli.domain.catalogue.selectors import standard_version
from linli.kernel.bounds import MIB, MOST_PACK, MOST_PACK_FILES
from linli.kernel.errors import Rejected


@dataclass(frozen=True)
class PackReport:
    """What reading a pack found.

    Parameters
    ----------
    path : the folder read.
    content : all that the pack says, None where a fault was found.
    problems : every fault, by file and line.
    trees : the files that could be read.
    """

    path: Path
    content: PackContent | None
    problems: tuple[Problem, ...]
    trees: Mapping[str, Tree]

    @property
    def is_sound(self) -> bool:
        """Whether the pack may be published."""
        return not self.problems

    def place(self, file: str, key: str) -> tuple[str, int]:
        """A file and the line at which a key of it stands, 1 where it does not."""
        tree = self.trees.get(file)
        return file, tree.line((key,)) if tree else 1

    def place_of_standard(self, code: str) -> tuple[str, int]:
        """The file that holds a standard and the line of its version."""
        return self._place_of("standard", code)

    def place_of_ledger(self, code: str) -> tuple[str, int]:
        """The file that holds a ledger and the line of its version."""
        return self._place_of("ledger", code)

    def _place_of(self, key: str, code: str) -> tuple[str, int]:
        for name, tree in self.trees.items():
            if isinstance(tree.data, dict) and tree.data.get(key) == code:
                return self.place(name, "version")
        return "pack.yaml", 1

    def counts(self) -> dict[str, int]:
        """How many of each thing a sound pack holds; empty for a faulty one."""
        found = self.content
        if found is None:
            return {}
        return {
            "sources": len(found.sources),
            "matters": len(found.flat_matters),
            "examples": sum(len(entry.texts) for entry in found.examples),
            "urgency": len(found.urgency),
            "years": len(found.years),
            "parameters": len(found.parameters),
            "standards": len(found.standards),
            "ledgers": len(found.ledgers),
            "worked": len(found.worked),
        }


def check_pack(path: Path) -> PackReport:
    """Read a pack's folder and report every fault at once; nothing is written.

    The packs beside the folder and those published may be named by it. Raises Rejected where
    the path is no folder.
    """
    files = _files_of(path)
    loaded = load_pack(files, _known(path))
    return PackReport(path, loaded.content, loaded.problems, loaded.trees)


def diff_pack(path: Path) -> list[Change]:
    """What publishing the pack would change against its version in force.

    Raises Rejected where the pack has faults: check it first.
    """
    report = check_pack(path)
    if report.content is None:
        raise refusal(report.problems)
    return changes_to(report.content)


def diff_standard(code: str, before: str, after: str) -> list[Change]:
    """What differs between two published versions of a standard. Raises NoStandard."""
    old, new = standard_version(code, before), standard_version(code, after)
    return changes_between({"standards": [old.body]}, {"standards": [new.body]})


def changes_to(content: PackContent) -> list[Change]:
    """Differences of a content against what is in force of the same pack."""
    in_force = Pack.objects.filter(code=content.head.pack, status=Pack.Status.PUBLISHED).first()
    return changes_between(in_force.content if in_force else {}, content.body)


def refusal(problems: tuple[Problem, ...]) -> Rejected:
    """Return the error that tells the first fault and how many there are."""
    first, count = problems[0], len(problems)
    return PackFaulty(
        f"标准包有 {count} 处问题，未发布任何内容。第一处：{first.text()}"
        " 请改正后用 linli packs check 复查。",
        f"The pack has {count} faults and nothing of it was published. The first:"
        f" {first.text('en')} Mend it and run `linli packs check` again.",
        problems=problems,
    )


class PackFaulty(Rejected):
    """The pack's files hold faults; nothing of it was published."""

    code = "pack_faulty"

    def __init__(self, zh: str, en: str, *, problems: tuple[Problem, ...]) -> None:
        super().__init__(zh, en, field=problems[0].file, row=problems[0].line)
        self.problems = problems


def _files_of(path: Path) -> dict[str, bytes]:
    if not path.is_dir():
        raise Rejected(
            f"“{path}”不是文件夹，找不到标准包。请给出含 pack.yaml 的文件夹。",
            f"“{path}” is not a folder, so there is no pack. Name a folder with a pack.yaml.",
            field="path",
        )
    here = path.resolve()
    found = (file for file in path.rglob("*") if not _is_hidden(file.relative_to(path)))
    files = [file for file in found if file.is_file() and file.resolve().is_relative_to(here)]
    size = sum(min(file.stat().st_size, MOST_BYTES) for file in files)
    if len(files) > MOST_PACK_FILES or size > MOST_PACK:
        raise _too_large()
    return {file.relative_to(path).as_posix(): _read(file) for file in sorted(files)}


def _too_large() -> Rejected:
    most = MOST_PACK // MIB
    return Rejected(
        f"标准包最多 {MOST_PACK_FILES} 个文件、共 {most} MiB，这个文件夹超过了，没有读入。"
        "请只放标准包的文件。",
        f"A pack has at most {MOST_PACK_FILES} files and {most} MiB; this folder has more, so "
        "nothing was read. Keep only the pack's files in it.",
        field="path",
    )


def _read(file: Path) -> bytes:
    """Read no more than it takes to see that a file is too large."""
    with file.open("rb") as stream:
        return stream.read(MOST_BYTES + 1)


def _is_hidden(file: Path) -> bool:
    return any(part.startswith(".") for part in file.parts)


def _known(path: Path) -> Known:
    """What is published, then what lies beside the folder: of equal codes the folder's counts."""
    in_force = Pack.objects.filter(status=Pack.Status.PUBLISHED).order_by("code")
    published = [definitions_in_body(pack.content) for pack in in_force]
    return known_from(pack for pack in (*published, *_beside(path)) if pack is not None)


def known_beside(pack: str) -> Known:
    """What a pack that lies in no folder may name: what is published of the others."""
    in_force = Pack.objects.filter(status=Pack.Status.PUBLISHED).exclude(code=pack)
    published = [definitions_in_body(other.content) for other in in_force.order_by("code")]
    return known_from(other for other in published if other is not None)


def _beside(path: Path) -> list[Definitions | None]:
    here = path.resolve()
    folders = sorted(found for found in here.parent.iterdir() if found != here)
    packs = [folder for folder in folders if (folder / "pack.yaml").is_file()]
    return [_defined_by(tuple(_files_of(folder).items())) for folder in packs]


@lru_cache(maxsize=64)
def _defined_by(files: tuple[tuple[str, bytes], ...]) -> Definitions | None:
    """What the files of a pack define, read once while they stay as they are."""
    return definitions_in_files(dict(files))
