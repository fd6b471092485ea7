"""Whether documents can be set: the typefaces that the system has for Chinese."""

from collections.abc import Iterator

from linli.config.doctor.finding import Finding
from linli.kernel.documents.fonts import PACKAGES, Typefaces, typefaces_here


def document_findings() -> Iterator[Finding]:
    """Yield what concerns documents."""
    yield typefaces_finding(typefaces_here())


def typefaces_finding(found: Typefaces) -> Finding:
    """Say which typefaces documents would be set in, or which package is missing."""
    lacking = [part for part, name in found.items() if not name]
    if lacking:
        return Finding(
            False,
            "没有中文字体，PDF 文书生成不了",
            "There is no Chinese typeface, so PDF documents cannot be made",
            f"apt install {PACKAGES}",
        )
    said = ", ".join(dict.fromkeys(found.values()))
    return Finding(True, f"文书字体：{said}", f"Documents are set in {said}")
