"""Every shipped template can be set, with all its words and without any."""

import io
import re
import zipfile

import pytest
from pypdf import PdfReader

from linli.domain.catalogue.rules.templates import ROWS, TemplateDef, read_templates
from linli.kernel.documents.typesetting import Words, typeset
from linli.kernel.documents.word_form import BLANK, fill
from tests.packs.shipped import PACKS

ROW = {"name": "办理时限", "words": "7天", "source": "《某条例》第一条"}


def shipped() -> dict[str, TemplateDef]:
    found: dict[str, TemplateDef] = {}
    for folder in sorted(path.parent for path in PACKS.glob("*/pack.yaml")):
        files = {f"templates/{f.name}": f.read_bytes() for f in folder.glob("templates/*")}
        templates, problems = read_templates(files)
        assert problems == []
        found |= {f"{folder.name}/{one.template}": one for one in templates}
    return found


TEMPLATES = shipped()


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_every_word_that_a_template_names_stands_in_the_document(template):
    texts = {
        name: f"词{place}〔#{place}〕" for place, name in enumerate(sorted(template.names - ROWS))
    }
    words = Words(texts, {name: [ROW] for name in ROWS}, "张三 L1-1")

    said = told(template, words)

    assert [name for name, text in texts.items() if text not in said] == []
    assert "张三L1-1" in said


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_a_template_without_words_leaves_room_for_the_pen(template):
    said = told(template, Words())
    assert "{{" not in said
    assert "none" not in said
    assert BLANK in said or template.text is not None


def told(template: TemplateDef, words: Words) -> str:
    if template.text is None:
        with zipfile.ZipFile(io.BytesIO(fill(template.data, words))) as archive:
            xml = archive.read("word/document.xml").decode()
        return re.sub(r"\s|<[^>]*>", "", xml)
    pages = PdfReader(io.BytesIO(typeset(template.text, words))).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
