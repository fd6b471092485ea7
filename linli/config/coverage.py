"""Which requirement is served by what, read from declarations in packs, code and tests.

A pack says `serves: [R009]`; a module or a test says `Serves: R009 R041.` in its docstring.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENT = re.compile(r"\b[RX]\d{2,3}\b")
IN_PACK = re.compile(r"^\s*serves:\s*\[(.*)\]", re.MULTILINE)
IN_CODE = re.compile(r"^\s*Serves:\s*(.*)$", re.MULTILINE)


def served() -> dict[str, tuple[list[str], list[str]]]:
    """Return, for each requirement named anywhere, what serves it and which tests show it."""
    found: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for requirement, where, is_test in _declarations():
        found[requirement][is_test].append(where)
    return dict(found)


def _declarations() -> Iterator[tuple[str, str, bool]]:
    for path in sorted((ROOT / "packs").rglob("*.yaml")):
        for match in IN_PACK.finditer(path.read_text(encoding="utf-8")):
            for requirement in REQUIREMENT.findall(match[1]):
                yield requirement, str(path.relative_to(ROOT)), False
    for folder in ("linli", "tests"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from _in_code(path)


def _in_code(path: Path) -> Iterator[tuple[str, str, bool]]:
    text = path.read_text(encoding="utf-8")
    if "Serves:" not in text:
        return
    where = str(path.relative_to(ROOT))
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            continue
        name = where if isinstance(node, ast.Module) else f"{where}::{node.name}"
        for match in IN_CODE.finditer(ast.get_docstring(node) or ""):
            for requirement in REQUIREMENT.findall(match[1]):
                yield requirement, name, "tests" in path.parts
