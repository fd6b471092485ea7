"""Word forms (DOCX) filled in: each `{{ name }}` gives way to its words, all else stays.

Nothing in a form is carried out: no template language is read, and what could run or load when the
file is opened (macros, embedded objects, links to other files, fields that fetch) is refused.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape, unescape

from linli.kernel.archives import check_archive
from linli.kernel.bounds import MIB, MOST_DOCUMENT, MOST_TEMPLATE
from linli.kernel.documents.errors import DocumentTooLarge, TemplateFailed
from linli.kernel.documents.typesetting import Words

MOST_PART = 4 * MIB  # one part of a form, unpacked
TEXT_PARTS = re.compile(r"word/(?:document|header[0-9]*|footer[0-9]*)\.xml")
UNSAFE_PARTS = re.compile(r"\.bin$|embeddings/|activeX|vbaProject|afchunk", re.IGNORECASE)
UNSAFE_LINKS = re.compile(rb"TargetMode\s*=\s*[\"']External", re.IGNORECASE)
UNSAFE_MARKUP = re.compile(
    rb"macroEnabled|<w:altChunk"
    rb"|(?:<w:instrText[^>]*>|w:instr\s*=\s*[\"'])\s*(?:DDE|INCLUDE|LINK|IMPORT|HYPERLINK|DATABASE)",
    re.IGNORECASE,
)
PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
RUN_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}")
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
BLANK = "＿" * 6
QUOTES = {"&quot;": '"', "&apos;": "'"}
MARK = (
    '<w:p><w:r><w:rPr><w:color w:val="808080"/><w:sz w:val="14"/></w:rPr>'
    '<w:t xml:space="preserve">{}</w:t></w:r></w:p>'
)


def unsafe_part(data: bytes) -> str:
    """Return the name of the first part of a form that could run or load something; "" for none.

    Raises the refusals of `kernel.archives`, TemplateFailed where it is no Word form.
    """
    for name, part in _parts(data):
        is_link = name.endswith(".rels") and UNSAFE_LINKS.search(part)
        if UNSAFE_PARTS.search(name) or is_link or UNSAFE_MARKUP.search(part):
            return name
    return ""


def names_in(data: bytes) -> list[tuple[int, str]]:
    """Return what stands in braces, each with the number of its paragraph, from 1."""
    found: list[tuple[int, str]] = []
    for name, part in _parts(data):
        if TEXT_PARTS.fullmatch(name):
            for number, paragraph in enumerate(PARAGRAPH.findall(_decoded(part)), start=1):
                said = "".join(map(_plain, RUN_TEXT.findall(paragraph)))
                found += [(number, one.strip()) for one in PLACEHOLDER.findall(said)]
    return found


def fill(data: bytes, words: Words, *, name: str = "template.docx") -> bytes:
    """Return the form with its words in it, at most `MOST_DOCUMENT` bytes.

    Raises TemplateFailed, DocumentTooLarge, the refusals of `kernel.archives`.
    """
    words.written()
    if unsafe_part(data):
        raise TemplateFailed(name, "unsafe")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for part_name, part in _parts(data):
            info = zipfile.ZipInfo(part_name)  # 1980: the same words make the same file
            info.compress_type = zipfile.ZIP_DEFLATED
            is_text = TEXT_PARTS.fullmatch(part_name)
            archive.writestr(info, _filled(_decoded(part), words).encode() if is_text else part)
    if made.tell() > MOST_DOCUMENT:
        raise DocumentTooLarge
    return made.getvalue()


def _parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield each part of a form that has been looked through."""
    if len(data) > MOST_TEMPLATE:
        raise DocumentTooLarge
    file = io.BytesIO(data)
    check_archive(file)
    with zipfile.ZipFile(file) as archive:
        if "word/document.xml" not in archive.namelist():
            raise TemplateFailed("word/document.xml", "missing")
        for info in archive.infolist():
            if info.file_size > MOST_PART:
                raise DocumentTooLarge
            yield info.filename, archive.read(info)


def _decoded(part: bytes) -> str:
    return part.decode("utf-8-sig", "replace")


def _filled(xml: str, words: Words) -> str:
    whole = PARAGRAPH.sub(lambda found: _paragraph(found[0], words), xml)
    if not words.mark or "</w:body>" not in whole:
        return whole
    mark = MARK.format(_told(words.mark))
    end = whole.rfind("<w:sectPr", whole.rfind("</w:p>"))
    at = end if end >= 0 else whole.rfind("</w:body>")
    return whole[:at] + mark + whole[at:]


def _paragraph(xml: str, words: Words) -> str:
    """Fill a paragraph, in which a placeholder may be torn over several runs."""
    runs = list(RUN_TEXT.finditer(xml))
    said = [_plain(run[1]) for run in runs]
    whole = "".join(said)
    found = list(PLACEHOLDER.finditer(whole))
    if not found:
        return xml
    starts = [sum(map(len, said[:place])) for place in range(len(said) + 1)]
    made: list[str] = []
    end = 0
    for place, run in enumerate(runs):
        made += [xml[end : run.start()], _run(whole, found, starts[place : place + 2], words)]
        end = run.end()
    return "".join([*made, xml[end:]])


def _run(whole: str, found: list[re.Match[str]], span: list[int], words: Words) -> str:
    """Text of one run: what begins in it, and what stands between."""
    told, here = "", span[0]
    for one in found:
        if one.end() <= span[0] or one.start() >= span[1]:
            continue
        told += _told(whole[here : max(here, one.start())])
        if one.start() >= span[0]:
            told += _told(_words(one[1].strip(), words))
        here = min(one.end(), span[1])
    told += _told(whole[here : span[1]])
    return f'<w:t xml:space="preserve">{told}</w:t>'


def _words(name: str, words: Words) -> str:
    rows = words.rows.get(name)
    if rows is None:
        return words.texts.get(name, "") or BLANK
    told = (f"{row['name']}：{row['words']}（{row['source']}）" for row in rows)
    return "\n".join(line.replace("（）", "") for line in told) or BLANK


def _told(text: str) -> str:
    """Escape words for XML; a line break becomes one of Word's."""
    safe = escape(NOT_IN_XML.sub("", text))
    lines = safe.replace("\r\n", "\n").split("\n")
    return '</w:t><w:br/><w:t xml:space="preserve">'.join(lines)


def _plain(xml: str) -> str:
    return unescape(xml, QUOTES)
