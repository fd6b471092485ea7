"""PDF from a typst template and words, set by a process of its own within bounds.

Words go in as values, never as markup: whatever stands in them is printed as it is.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from linli.kernel.bounds import (
    DOCUMENT_CPU_S,
    DOCUMENT_MEMORY,
    DOCUMENT_WAIT_S,
    DOCUMENTS_AT_ONCE,
    MOST_DOCUMENT,
    MOST_WORDS,
)
from linli.kernel.documents.errors import (
    DocumentsBusy,
    DocumentTooLarge,
    NoChineseFont,
    TemplateFailed,
)
from linli.kernel.documents.fonts import FAMILIES

_HERE = Path(__file__).parent
_CHILD = _HERE / "typst_child.py"
_OFFICIAL = _HERE / "official.typ"
# One line, so that a template's own lines are one further down.
_BEGIN = '#import "official.typ": *; #show: _page\n'
_turns = threading.BoundedSemaphore(DOCUMENTS_AT_ONCE)


@dataclass(frozen=True)
class Words:
    """What goes into a document.

    Parameters
    ----------
    texts : name → text; a name that is not there is left to be written by hand.
    rows : name → rows, each with `name`, `words` and `source`.
    mark : who had it made and when, printed small on every page.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    mark: str = ""

    def written(self) -> str:
        """Return all as JSON. Raises DocumentTooLarge."""
        told = {"texts": dict(self.texts), "rows": dict(self.rows), "mark": self.mark}
        text = json.dumps(told, ensure_ascii=False)
        if len(text.encode("utf-8", "replace")) > MOST_WORDS:
            raise DocumentTooLarge
        return text.encode("utf-8", "replace").decode()


def typeset(
    template: str,
    words: Words,
    *,
    name: str = "template.typ",
    families: Mapping[str, Sequence[str]] = FAMILIES,
    cpu_s: int = DOCUMENT_CPU_S,
) -> bytes:
    """Return a PDF, at most `MOST_DOCUMENT` bytes.

    Parameters
    ----------
    template : typst markup; everything of `official.typ` is at hand.
    name : what the template is called where it fails.
    families : typefaces for `body`, `title` and `heading`, the best first.
    cpu_s : seconds of computing that it may take.

    Raises TemplateFailed, NoChineseFont, DocumentTooLarge, DocumentsBusy.
    """
    written = words.written()
    if not _turns.acquire(timeout=DOCUMENT_WAIT_S):
        raise DocumentsBusy
    try:
        with TemporaryDirectory(prefix="linli-document-") as folder:
            place = Path(folder)
            (place / "main.typ").write_text(_BEGIN + template, encoding="utf-8")
            (place / "words.json").write_text(written, encoding="utf-8")
            (place / "official.typ").write_bytes(_OFFICIAL.read_bytes())
            said = _set_apart(folder, name, families, cpu_s)
    finally:
        _turns.release()
    return _pdf_of(said, name)


def _set_apart(folder: str, name: str, families: Mapping[str, Sequence[str]], cpu_s: int) -> bytes:
    """Have it set by a process; what that wrote, or TemplateFailed."""
    bounds = map(str, (DOCUMENT_MEMORY, cpu_s, MOST_DOCUMENT))
    try:
        done = subprocess.run(  # noqa: S603  # our own program; a folder of ours is the argument
            [sys.executable, "-I", str(_CHILD), folder, *bounds, json.dumps(families)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={},
            timeout=DOCUMENT_WAIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TemplateFailed(name, "too much time") from error
    if done.returncode:
        raise TemplateFailed(name, "too much time or memory")
    return done.stdout


def _pdf_of(said: bytes, name: str) -> bytes:
    head, _, rest = said.partition(b"\n")
    told = json.loads(head)
    fault = told.get("fault")
    if fault == "no_font":
        raise NoChineseFont
    if fault == "too_large":
        raise DocumentTooLarge
    if fault:
        raise TemplateFailed(name, str(told["reason"]), line=int(told["line"]))
    return rest
