"""What a stage's form asks, and whether what was filled in answers it.

Serves: R014 R105.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from math import isfinite
from typing import Literal

from linli.domain.cases.errors import AnswerMissing, AnswerUnfit, NotListed, UnknownAnswer
from linli.domain.catalogue.rules.stage import StageDef
from linli.domain.catalogue.rules.standard import FieldDef, StandardDef
from linli.kernel.errors import Rejected

Answer = str | int | float | bool | None | list[str] | list[int]
# The fields that the words of a command fill: they are kept in the words, not written twice.
WordsField = Literal["answer", "ruling"]


def asked_by(standard: StandardDef, stage: StageDef) -> list[FieldDef]:
    """Return the fields of a stage's form, in its order."""
    found = (standard.field(code) for code in stage.form)
    return [field for field in found if field is not None]


def faults_in(asked: Sequence[FieldDef], given: Mapping[str, Answer]) -> Iterator[Rejected]:
    """Yield what is wrong with answers to a form, field by field.

    Parameters
    ----------
    asked : the fields of the form.
    given : code of a field → answer; None, "" and blank text are no answer.
    """
    known = {field.code: field for field in asked}
    for code in given:
        if code not in known:
            yield UnknownAnswer(code)
    for field in asked:
        answer = given.get(field.code)
        if is_blank(answer):
            if field.required:
                yield AnswerMissing(field.code, field.name, field.name_en)
        elif strange := _unlisted(field, answer):
            yield NotListed(strange, field.name, field.name_en, field=field.code)
        elif field.kind == "number" and not _is_within(field, answer) or not _fits(field, answer):
            yield AnswerUnfit(field.code, field.name, field.name_en)


def is_blank(answer: Answer) -> bool:
    """Whether nothing was said."""
    return answer is None or answer == [] or (isinstance(answer, str) and not answer.strip())


def _unlisted(field: FieldDef, answer: Answer) -> str:
    """The first answer that the field does not offer; "" where all are, or none is asked."""
    if field.kind not in ("choice", "choices"):
        return ""
    offered = [choice.code for choice in field.choices]
    many = field.kind == "choices" and isinstance(answer, list)
    given = answer if many and isinstance(answer, list) else [answer]
    return next((str(one) for one in given if one not in offered), "")


def _is_within(field: FieldDef, answer: Answer) -> bool:
    if isinstance(answer, bool) or not isinstance(answer, int | float) or not isfinite(answer):
        return False
    low = field.at_least is None or answer >= field.at_least
    return low and (field.at_most is None or answer <= field.at_most)


def _fits(field: FieldDef, answer: Answer) -> bool:
    if field.kind == "yes_no":
        return isinstance(answer, bool)
    if field.kind in ("number", "choices"):
        return True  # judged before
    if not isinstance(answer, str):
        return False
    if field.kind in ("date", "datetime"):
        return _is_moment(answer, whole_day=field.kind == "date")
    return True


def _is_moment(text: str, *, whole_day: bool) -> bool:
    try:
        _ = date.fromisoformat(text) if whole_day else datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
