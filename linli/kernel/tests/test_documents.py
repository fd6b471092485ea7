"""Documents from templates: what stands in them, and what a hostile template does not reach."""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from linli.kernel import documents
from linli.kernel.documents.errors import DocumentTooLarge, NoChineseFont, TemplateFailed
from linli.kernel.documents.typesetting import Words, typeset
from linli.kernel.documents.word_form import fill, names_in, unsafe_part

MARKUP = '#eval("1+1") *粗* _斜_ $x^2$ \\ [a] @b <c> // d #pagebreak() `r` = 题 "引"'
LETTER = """
#letter(org: say("org"), title: [受理告知书], number: [编号：#say("number")], to: say("to"))[
  #lines_of("body")
  #listed("limits", ([时限], [届满], [依据]))
  #seal(say("org"), say("day"))
]
"""
WORDS = Words(
    {"org": "东湖街道办事处", "number": "20260302-000001-1", "body": f"第一段{MARKUP}\n第二段。"},
    {"limits": [{"name": "办理", "words": "2026年3月9日24时前", "source": "《某条例》第十条"}]},
    "张三 2026-03-02 09:30 L4711-5",
)
HEAD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def told(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def form(body: str, **others: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"{HEAD}{body}<w:sectPr/></w:body></w:document>")
        for name, text in others.items():
            archive.writestr(name.replace("__", "/"), text)
    return made.getvalue()


def runs(*texts: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in texts) + "</w:p>"


def words_in(docx: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        tree = ElementTree.fromstring(archive.read("word/document.xml"))  # noqa: S314  # our own
    lines = []
    for paragraph in tree.iter(f"{{{SPACE}}}p"):
        marks: Mapping[str, str] = {f"{{{SPACE}}}br": "\n"}
        said = (
            marks.get(one.tag, one.text if one.tag.endswith("}t") else "")
            for one in paragraph.iter()
        )
        lines.append("".join(one or "" for one in said))
    return lines


@pytest.fixture(scope="module")
def letter() -> str:
    return told(typeset(LETTER, WORDS))


def test_a_letter_holds_its_words_in_their_order(letter):
    parts = ["东湖街道办事处", "受理告知书", "编号：20260302-000001-1", "第一段", "第二段。"]
    parts += ["届满", "2026年3月9日24时前", "《某条例》第十条", "（盖章）", "张三2026-03-02"]
    places = [letter.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_markup_in_words_is_printed_as_it_is(letter):
    assert re.sub(r"\s", "", MARKUP) in letter


def test_a_word_that_nobody_knows_is_left_to_be_written_by_hand():
    assert told(typeset('甲#say("none")乙', Words())) == "甲乙—1—"


HOSTILE = {
    "another file": '#read("/etc/passwd")',
    "a file by a way around": '#read("../../../../etc/passwd")',
    "a picture of the process": '#image("/proc/self/environ")',
    "a package from the network": '#import "@preview/cetz:0.3.0": *',
    "a program": '#plugin("/lib/x.wasm")',
    "a loop": "#{let n = 0; while n < 9e18 { n += 1 }}",
    "a call of itself": "#let f(n) = f(n + 1)\n#f(0)",
    "much memory": "#range(100000000).map(x => [x]).join()",
    "many pages": "#for i in range(100000) [#pagebreak() x]",
    "no sense": "#wrong",
}


@pytest.mark.parametrize("template", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_template_fails_and_tells_nothing(template):
    with pytest.raises(TemplateFailed) as failed:
        typeset(f"甲\n{template}", Words(), cpu_s=1)
    assert "root:" not in failed.value.en
    assert "linli-document" not in failed.value.en


def test_a_fault_names_its_line():
    with pytest.raises(TemplateFailed, match="第 3 行"):
        typeset("甲\n乙\n#wrong", Words())


def test_the_process_may_open_no_connection_and_run_no_program():
    child = Path(documents.__file__).with_name("typst_child.py")
    script = f"""
import importlib.util, os, socket
spec = importlib.util.spec_from_file_location("child", {str(child)!r})
child = importlib.util.module_from_spec(spec)
spec.loader.exec_module(child)
child.shut_network()
for forbidden in (socket.socket, lambda: os.execv("/bin/true", ["true"])):
    try:
        forbidden()
    except PermissionError:
        print("refused")
"""
    run = [sys.executable, "-I", "-c", script]
    done = subprocess.run(run, capture_output=True, text=True, check=True)  # noqa: S603  # our own
    assert done.stdout == "refused\nrefused\n"


def test_words_beyond_the_bound_are_refused():
    with pytest.raises(DocumentTooLarge):
        typeset("甲", Words({"body": "字" * 400_000}))


def test_without_a_chinese_typeface_the_package_is_named():
    with pytest.raises(NoChineseFont, match="fonts-noto-cjk"):
        typeset("甲", Words(), families={"body": ["None such"]})


def test_a_form_is_filled_also_where_a_name_is_torn_over_runs():
    made = fill(
        form(runs("编号{{ num", "ber }}，{{", "to}}完")), Words({"number": "7", "to": "甲"})
    )
    assert words_in(made) == ["编号7，甲完"]


def test_words_of_a_form_stay_words_and_lines_stay_lines():
    made = fill(form(runs("{{ body }}")), Words({"body": "<w:p>&甲\x07\n{{ to }}"}, mark="张三"))
    assert words_in(made) == ["<w:p>&甲\n{{ to }}", "张三"]


def test_a_form_tells_lists_line_by_line_and_leaves_blanks():
    made = fill(form(runs("{{ limits }}") + runs("{{ none }}")), Words(rows=WORDS.rows))
    assert words_in(made) == ["办理：2026年3月9日24时前（《某条例》第十条）", "＿" * 6]


def test_names_of_a_form_are_told_with_their_paragraph():
    assert names_in(form(runs("甲") + runs("{{ a.b }}{{c}}"))) == [(2, "a.b"), (2, "c")]


UNSAFE = {
    "a macro": form("", **{"word__vbaProject.bin": "x"}),
    "another file": form("", **{"word___rels__document.xml.rels": '<R TargetMode="External"/>'}),
    "a field that fetches": form('<w:instrText> INCLUDETEXT "/etc/passwd"</w:instrText>'),
    "a call of a program": form('<w:fldSimple w:instr="DDEAUTO c:\\\\x"/>'),
    "a foreign part": form('<w:altChunk r:id="a"/>'),
    "an object": form("", **{"word__embeddings__a.xlsx": "x"}),
}


@pytest.mark.parametrize("data", UNSAFE.values(), ids=UNSAFE)
def test_a_form_that_runs_or_loads_something_is_refused(data):
    assert unsafe_part(data)
    with pytest.raises(TemplateFailed):
        fill(data, Words())
