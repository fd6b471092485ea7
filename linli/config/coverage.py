"""Which requirement is served by what, and which test shows it.

`docs/requirements.yaml` lists them in our own words. A pack says `serves: [R009]`; a module, a
class, a function or a test says `Serves: R009 R041.` in its docstring.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from yaml import safe_load

ROOT = Path(__file__).resolve().parents[2]
LIST = Path("docs/requirements.yaml")
REQUIREMENT = re.compile(r"\b[RX]\d{2,3}\b")
IN_PACK = re.compile(r"^\s*serves:\s*\[(.*)\]", re.MULTILINE)
IN_CODE = re.compile(r"^\s*Serves:\s*(.*)$", re.MULTILINE)


class Asked(BaseModel):
    """A requirement as the list states it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=f"^{REQUIREMENT.pattern}$")
    title: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    status: str = Field(pattern="^(served|part)$")
    missing: str = ""
    missing_en: str = ""


@dataclass(frozen=True)
class Declared:
    """Somewhere that names a requirement.

    Parameters
    ----------
    where : path of a pack's file or a module, with `::name` for a class, function or test.
    """

    requirement: str
    where: str
    is_test: bool


@dataclass(frozen=True)
class Line:
    """What is known of one requirement.

    Parameters
    ----------
    fault : what is wrong with it: unlisted, unserved, unshown, unsaid; "" where nothing is.
    """

    id: str
    title: str
    title_en: str
    status: str
    missing: str
    missing_en: str
    served_by: list[str]
    shown_by: list[str]
    fault: str

    def as_json(self) -> dict[str, str | list[str]]:
        """Return the line as JSON holds it."""
        return asdict(self)


def coverage(root: Path = ROOT) -> list[Line]:
    """Return a line for each requirement that is listed or named anywhere, in order of its id."""
    listed = {asked.id: asked for asked in _listed(root)}
    found = list(_declared(root))
    named = listed.keys() | {one.requirement for one in found}
    return [_line(name, listed.get(name), found) for name in sorted(named)]


def _line(name: str, asked: Asked | None, found: list[Declared]) -> Line:
    here = [one for one in found if one.requirement == name]
    serving = sorted({one.where for one in here if not one.is_test})
    showing = sorted({one.where for one in here if one.is_test})
    known = asked or Asked(id=name, title="--", title_en="--", status="part", missing="--")
    fault = _fault(asked, serving, showing)
    return Line(**known.model_dump(), served_by=serving, shown_by=showing, fault=fault)


def _fault(asked: Asked | None, serving: list[str], showing: list[str]) -> str:
    if asked is None:
        return "unlisted"
    if not serving:
        return "unserved"
    if not showing:
        return "unshown"
    says = bool(asked.missing and asked.missing_en)
    return "" if says is (asked.status == "part") else "unsaid"


def _listed(root: Path) -> list[Asked]:
    raw = safe_load((root / LIST).read_text(encoding="utf-8"))
    return TypeAdapter(list[Asked]).validate_python(raw)


def _declared(root: Path) -> Iterator[Declared]:
    for path in sorted((root / "packs").rglob("*.yaml")):
        for match in IN_PACK.finditer(path.read_text(encoding="utf-8")):
            for requirement in REQUIREMENT.findall(match[1]):
                yield Declared(requirement, path.relative_to(root).as_posix(), is_test=False)
    for folder in ("linli", "tests"):
        for path in sorted((root / folder).rglob("*.py")):
            yield from _in_code(path, root)


def _in_code(path: Path, root: Path) -> Iterator[Declared]:
    text = path.read_text(encoding="utf-8")
    if "Serves:" not in text:
        return
    where = path.relative_to(root)
    is_test = "tests" in where.parts
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            continue
        name = str(where) if isinstance(node, ast.Module) else f"{where}::{node.name}"
        for match in IN_CODE.finditer(ast.get_docstring(node) or ""):
            for requirement in REQUIREMENT.findall(match[1]):
                yield Declared(requirement, name, is_test)
