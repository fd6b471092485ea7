"""Templates of documents: what they may name, and why one is refused.

A template is data. It names words by codes that are listed here, or that its standard's form asks;
it loads no file and no package, and runs no code of its own.

Serves: R105.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Self

from pydantic import model_validator

from linli.domain.catalogue.rules.problems import Problem, problem
from linli.domain.catalogue.rules.standard import DocumentDef, StandardDef, TemplateName
from linli.domain.catalogue.rules.terms import PackModel
from linli.domain.catalogue.rules.yaml_tree import Tree
from linli.kernel.bounds import MOST_TEMPLATE
from linli.kernel.documents.word_form import names_in, unsafe_part
from linli.kernel.errors import LinliError

FOLDER = "templates/"
TEMPLATE_FILES = re.compile(r"templates/[a-z0-9]+(?:[-_][a-z0-9]+)*\.(?:typ|docx)")
# Words about a case that any template may name; `linli.domain.cases` fills them.
TEXTS = frozenset(
    f"{group}.{word}"
    for group, words in {
        "case": "number title body matter area address type urgency standard stage "
        "received opened accepted dispatched answered closed due answer",
        "document": "name basis",
        "maker": "name unit",
        "reporter": "name phone",
        "today": "date",
        "unit": "lead origin helpers",
    }.items()
    for word in words.split()
)
ROWS = frozenset({"limits", "basis", "steps"})
PERSON = frozenset({"reporter.name", "reporter.phone"})
_CALL = re.compile(r"\b(say|text_of|lines_of|rows_of)\s*\(")
_NAMED = re.compile(r'\b(say|text_of|lines_of|rows_of)\(\s*"([^"\\]*)"')
_LISTED = re.compile(r'\blisted\(\s*"([^"\\]*)"')
# What reaches beyond the template, or would take the page away from Linli.
_SHUT = re.compile(
    r"#\s*(?:import|include)\b"
    r"|\b(?:eval|plugin|read|json|yaml|toml|cbor|csv|xml|image|bibliography|raw|sys|embed|attach"
    r"|foreground|_words|_fonts|_page)\s*[(.:]"
    r"|@(?:preview|local)\b"
)
_COMMENT = re.compile(r"(?<![:\\])//.*$")


class TemplateDef(PackModel):
    """A template as stored: markup for typst, or a Word form in base64."""

    template: TemplateName
    text: str | None = None
    base64: str | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.text is None) is (self.base64 is None):
            raise ValueError("text or base64")
        if self.base64 is not None:
            base64.b64decode(self.base64, validate=True)
        return self

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        if self.text is not None:
            return self.text.encode()
        return base64.b64decode(self.base64 or "")

    @property
    def sha256(self) -> str:
        """Hash of the file."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def names(self) -> frozenset[str]:
        """All words and lists that it names."""
        return frozenset(name for _line, _kind, name in named_in(self))


def read_templates(files: Mapping[str, bytes]) -> tuple[list[TemplateDef], list[Problem]]:
    """Read the templates of a pack. Parameters: path inside the pack → bytes."""
    found: list[TemplateDef] = []
    problems: list[Problem] = []
    for name in sorted(filter(TEMPLATE_FILES.fullmatch, files)):
        template, faults = _read(name, files[name])
        problems += faults
        if template is not None:
            found.append(template)
    return found, problems


def templates_in(stored: object) -> dict[str, TemplateDef]:
    """Return stored templates by name; what is none is left out."""
    found: dict[str, TemplateDef] = {}
    for entry in stored if isinstance(stored, list) else []:
        try:
            template = TemplateDef.model_validate(entry)
            found[template.template] = template
        except ValueError:
            continue
    return found


def template_files(stored: object) -> dict[str, bytes]:
    """Return the files that stored templates would be."""
    return {FOLDER + name: one.data for name, one in templates_in(stored).items()}


def template_problems(
    templates: Sequence[TemplateDef], standards: Iterable[tuple[Tree, StandardDef]]
) -> Iterator[Problem]:
    """Documents without template, templates that no document uses, words that nobody knows."""
    by_name = {one.template: one for one in templates}
    used: dict[str, list[tuple[StandardDef, DocumentDef]]] = {}
    for tree, standard in standards:
        for index, document in enumerate(standard.documents):
            used.setdefault(document.template, []).append((standard, document))
            if document.template not in by_name:
                line = tree.line(("documents", index, "template"))
                yield problem("template_missing", tree.file, line, name=document.template)
    for name, template in by_name.items():
        if name not in used:
            yield problem("template_unused", FOLDER + name, 1)
        yield from _unknown(template, used.get(name, []))


@lru_cache(maxsize=256)
def named_in(template: TemplateDef) -> tuple[tuple[int, str, str], ...]:
    """Return what a template names: line (of a Word form, paragraph), how, and the name."""
    if template.text is None:
        found = names_in(template.data)
        return tuple((line, "any", name) for line, name in found)
    lines = enumerate(map(_bare, template.text.splitlines()), start=1)
    told: list[tuple[int, str, str]] = []
    for number, line in lines:
        told += [(number, one[1], one[2]) for one in _NAMED.finditer(line)]
        told += [(number, "rows_of", one[1]) for one in _LISTED.finditer(line)]
    return tuple(told)


def _read(file: str, raw: bytes) -> tuple[TemplateDef | None, list[Problem]]:
    if len(raw) > MOST_TEMPLATE:
        return None, [problem("too_large", file, 1, size=len(raw), most=MOST_TEMPLATE)]
    name = file.removeprefix(FOLDER)
    if name.endswith(".docx"):
        try:
            unsafe = unsafe_part(raw)
        except LinliError as error:
            return None, [problem("template_broken", file, 1, detail=error.code)]
        if unsafe:
            return None, [problem("template_unsafe", file, 1, what=unsafe)]
        return TemplateDef(template=name, base64=base64.b64encode(raw).decode()), []
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [problem("not_utf8", file, raw[: error.start].count(b"\n") + 1)]
    return TemplateDef(template=name, text=text), list(_shut(file, text))


def _shut(file: str, text: str) -> Iterator[Problem]:
    if "/*" in text:
        before = text[: text.index("/*")]
        yield problem("template_unsafe", file, before.count("\n") + 1, what="/*")
    for number, line in enumerate(map(_bare, text.splitlines()), start=1):
        for found in _SHUT.finditer(line):
            yield problem("template_unsafe", file, number, what=found[0].rstrip("(.: "))
        for call in _CALL.finditer(line):
            if not _NAMED.match(line, call.start()):
                yield problem("template_name_unclear", file, number, what=call[1])


def _unknown(
    template: TemplateDef, uses: Sequence[tuple[StandardDef, DocumentDef]]
) -> Iterator[Problem]:
    for line, kind, name in named_in(template):
        for standard, document in uses:
            if not _is_known(name, kind, standard, document):
                file = FOLDER + template.template
                facts = {"name": name, "document": document.code}
                yield problem("template_word_unknown", file, line, **facts)
                break


def _is_known(name: str, kind: str, standard: StandardDef, document: DocumentDef) -> bool:
    if kind in ("rows_of", "any") and name in ROWS:
        return True
    if kind == "rows_of":
        return False
    group, _, code = name.partition(".")
    if group == "answers":
        return standard.field(code) is not None
    if group == "asked":
        return any(field.code == code for field in document.asks)
    return name in TEXTS


def _bare(line: str) -> str:
    """A line without its comment; an address in words keeps its slashes."""
    return _COMMENT.sub("", line)
