"""Templates of a pack: read with it, checked with it, part of what is published."""

import pytest

from linli.domain.catalogue.rules.changes import changes_between
from linli.domain.catalogue.rules.content import PackContent
from linli.domain.catalogue.rules.drafting import files_of
from linli.domain.catalogue.rules.loader import load_pack
from linli.domain.catalogue.rules.references import Known
from linli.domain.catalogue.tests.builders import SMALL, load, said

STANDARD = "standards/wish.yaml"
DOCUMENTS = """
documents:
  - code: letter
    name: 告知书
    name_en: Letter
    template: letter.typ
    stages: [{stage}]
    source: law-art1
    asks:
      - {{code: why, name: 理由, name_en: Why, kind: text, required: true}}
"""
GOOD = '#letter(title: [告知书])[#say("case.number") #lines_of("asked.why")]\n// #read("x")\n'


def with_template(text: str = GOOD, *, name: str = "letter.typ", **more: str) -> dict[str, str]:
    standard = SMALL[STANDARD]
    stage = standard.split("stages:")[1].split("key: ")[1].split("\n")[0]
    files = {**SMALL, STANDARD: standard + DOCUMENTS.format(stage=stage)}
    return {**files, f"templates/{name}": text, **more}


def content(files: dict[str, str]) -> PackContent:
    loaded = load(files)
    assert loaded.problems == ()
    assert loaded.content is not None
    return loaded.content


def test_a_template_is_part_of_the_content_and_of_its_hash():
    one, other = content(with_template()), content(with_template(GOOD + "更多"))
    assert one.sha256 != other.sha256
    changed = changes_between(one.body, other.body)
    assert [(change.area, change.path) for change in changed] == [("templates", "letter.typ")]


def test_a_draft_carries_templates_with_it():
    whole = content(with_template())
    again = load_pack(files_of(whole.body), Known()).content
    assert again is not None
    assert again.sha256 == whole.sha256


FAULTS = {
    '#say("case.mood")': "letter.typ:2: “case.mood” is no word",
    '#say("asked.who")': "letter.typ:2: “asked.who” is no word",
    '#say("answers.none")': "letter.typ:2: “answers.none” is no word",
    '#rows_of("case.title")': "letter.typ:2: “case.title” is no word",
    "#say(name)": "letter.typ:2: say( must be followed by a name",
    '#read("/etc/passwd")': "letter.typ:2: The template holds “read”",
    '#import "@preview/x:1.0.0"': "letter.typ:2: The template holds “#import”",
    '#eval("1")': "letter.typ:2: The template holds “eval”",
    "#set page(foreground: none)": "letter.typ:2: The template holds “foreground”",
    "/* hidden */": "letter.typ:2: The template holds “/*”",
}


@pytest.mark.parametrize(("line", "fault"), FAULTS.items(), ids=FAULTS)
def test_what_a_template_may_not_say_is_named_with_its_line(line, fault):
    problems = load(with_template(f"甲\n{line}\n")).problems
    assert any(fault in one.text("en") for one in problems), [p.text("en") for p in problems]
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in p.text()) for p in problems)


def test_a_document_without_template_and_a_template_without_document_are_faults():
    faults = said(with_template(name="other.typ"))
    assert any("There is no template “letter.typ”" in fault for fault in faults)
    assert any(fault.startswith("templates/other.typ:1: No document") for fault in faults)


def test_a_broken_word_form_is_a_fault():
    faults = said(with_template("no zip", name="other.docx"))
    assert any(
        fault.startswith("templates/other.docx:1: The template is no usable") for fault in faults
    )


def test_no_other_file_stands_among_templates():
    faults = said(with_template(**{"templates/run.py": "print()"}))
    assert any(fault.startswith("templates/run.py:1: ") for fault in faults)
