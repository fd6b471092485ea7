"""Answers to a form: known, given where asked for, and of the kind that the field is.

Serves: R014 R105.
"""

from typing import Literal

import pytest

from linli.domain.cases.rules.answers import Answer, faults_in
from linli.domain.catalogue.rules.standard import Choice, FieldDef

Kind = Literal["line", "text", "choice", "yes_no", "date", "datetime"]
CHOICES = (Choice(code="done", name="已解决", name_en="Solved"),)


def field(code: str, kind: Kind = "text", *, required: bool = False) -> FieldDef:
    choices = CHOICES if kind == "choice" else ()
    return FieldDef(
        code=code, name=code, name_en=code, kind=kind, required=required, choices=choices
    )


def found(asked: list[FieldDef], given: dict[str, Answer]) -> list[tuple[str, str | None]]:
    return [(type(fault).__name__, fault.field) for fault in faults_in(asked, given)]


def test_every_fault_is_told_with_its_field():
    asked = [field("result", "choice", required=True), field("seen", "yes_no", required=True)]
    assert found(asked, {"colour": "red", "result": "eaten"}) == [
        ("UnknownAnswer", "colour"),
        ("NotListed", "result"),
        ("AnswerMissing", "seen"),
    ]


@pytest.mark.parametrize("nothing", [None, "", "  \n"])
def test_a_blank_answer_is_none_and_matters_only_where_one_is_required(nothing):
    assert found([field("a", required=True)], {"a": nothing}) == [("AnswerMissing", "a")]
    assert found([field("a")], {"a": nothing}) == []


def test_no_is_an_answer():
    assert found([field("seen", "yes_no", required=True)], {"seen": False}) == []


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("text", "已修", 3),
        ("line", "已修", ["已修"]),
        ("yes_no", True, "yes"),
        ("date", "2026-11-24", "24.11.2026"),
        ("datetime", "2026-11-24 10:00:00+08:00", "soon"),
    ],
)
def test_an_answer_is_of_the_kind_of_its_field(kind, good, bad):
    assert found([field("a", kind)], {"a": good}) == []
    assert found([field("a", kind)], {"a": bad}) == [("AnswerUnfit", "a")]


@pytest.mark.parametrize("answer", [{"a": 1}, [["done"]], [{}], [None]])
def test_a_choice_that_is_no_text_at_all_is_not_listed(answer):
    for kind in ("choice", "choices"):
        asked = field("result", "choice").model_copy(update={"kind": kind})
        assert found([asked], {"result": answer}) == [("NotListed", "result")]
