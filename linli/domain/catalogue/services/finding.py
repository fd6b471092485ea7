"""Where in a draft each fault lies: in which entry, at which key of it.

Serves: R014.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from linli.domain.catalogue.models import PackDraft
from linli.domain.catalogue.rules.drafting import KEYS
from linli.domain.catalogue.rules.problems import Problem
from linli.domain.catalogue.rules.yaml_tree import Path, Plain, Tree
from linli.domain.catalogue.services.drafting import report_on

FOLDERS = {"calendar": "years"}


@dataclass(frozen=True)
class Found:
    """A fault of a draft.

    Parameters
    ----------
    area, code : the entry that it lies in; "" twice where it lies in none that can be edited.
    steps : keys and places within the entry that lead to it.
    problem : what is wrong; its file and line are those of no real file.
    """

    area: str
    code: str
    steps: tuple[str, ...]
    problem: Problem


def faults_of(draft: PackDraft) -> list[Found]:
    """Return every fault of a draft with the entry that it lies in, in order."""
    report = report_on(draft)
    return [_found(draft, report.trees, problem) for problem in report.problems]


def _found(draft: PackDraft, trees: Mapping[str, Tree], problem: Problem) -> Found:
    tree = trees.get(problem.file)
    folder = problem.file.split("/")[0].removesuffix(".yaml")
    area = FOLDERS.get(folder, folder)
    if tree is None or area not in KEYS:
        return Found("", "", (), problem)
    path = _path_at(tree, problem.line)
    depth = _entry_depth(tree.data, path, KEYS[area])
    entry = _at(tree.data, path[:depth])
    code = entry.get(KEYS[area]) if isinstance(entry, dict) else None
    if code is None:
        return Found("", "", (), problem)
    return Found(area, str(code), tuple(map(str, path[depth:])), problem)


def _path_at(tree: Tree, line: int) -> Path:
    """The deepest path that stands on a line; of several the first."""
    there = [path for path, at in tree.lines.items() if at == line]
    return max(there, key=len, default=())


def _entry_depth(data: Plain, path: Path, key: str) -> int:
    """How many steps lead to the innermost entry of a list file; none where the file is one."""
    found = 0
    for depth in range(1, len(path) + 1):
        above, here = path[: depth - 1], _at(data, path[:depth])
        is_on_the_way = all(isinstance(step, int) or step == "children" for step in above)
        if is_on_the_way and isinstance(path[depth - 1], int) and isinstance(here, dict):
            found = depth if key in here else found
    return found


def _at(data: Plain, path: Path) -> Plain:
    here = data
    for step in path:
        if isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        elif isinstance(here, dict) and isinstance(step, str):
            here = here.get(step)
        else:
            return None
    return here
