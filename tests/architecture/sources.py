"""The project's own files, for the tests that read them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {".venv", ".git", "node_modules", "__pycache__", "vendor", "migrations", "build"}


@cache
def files(*suffixes: str, under: str = ".") -> list[Path]:
    """Return every file of the project with one of the suffixes, relative to its root."""
    found = (path for path in (ROOT / under).rglob("*") if path.suffix in suffixes)
    relative = (path.relative_to(ROOT) for path in found if path.is_file())
    return sorted(path for path in relative if not SKIPPED & set(path.parts))


@cache
def kept_files() -> list[Path]:
    """Return every file that git keeps, or all of the project where there is no git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return [Path(name) for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@cache
def text(path: Path) -> str:
    """Return the text of a file of the project."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file of the project."""
    return ast.parse(text(path))


def is_test(path: Path) -> bool:
    """Whether a file belongs to the tests."""
    return "tests" in path.parts or path.name == "conftest.py"


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return every function of a file, methods and inner ones too."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree(path)) if isinstance(node, kinds)]


def code_lines(node: ast.AST) -> int:
    """Count the lines of a function or file that are neither docstring nor blank at its ends."""
    body = getattr(node, "body", [])
    start = getattr(node, "lineno", 1)
    end = getattr(node, "end_lineno", None) or max((n.end_lineno or 0 for n in body), default=0)
    return end - start + 1 - sum(map(_docstring_lines, ast.walk(node)))


def _docstring_lines(node: ast.AST) -> int:
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    if not isinstance(node, kinds) or ast.get_docstring(node, clean=False) is None:
        return 0
    first = node.body[0]
    return (first.end_lineno or first.lineno) - first.lineno + 1
