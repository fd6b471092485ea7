"""What a stage's form asks, and whether what was filled in answers it.

Serves: R014 R105.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Literal

from linli.domain.cases.errors import AnswerMissing, AnswerUnfit, NotListed, UnknownAnswer
from linli.domain.catalogue.rules.standard import FieldDef, StageDef, StandardDef
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
        elif field.kind == "choice" and answer not in {choice.code for choice in field.choices}:
            yield NotListed(str(answer), field.name, field.name_en, field=field.code)
        elif not _fits(field, answer):
            yield AnswerUnfit(field.code, field.name, field.name_en)


def is_blank(answer: Answer) -> bool:
    """Whether nothing was said."""
    return answer is None or (isinstance(answer, str) and not answer.strip())


def _fits(field: FieldDef, answer: Answer) -> bool:
    if field.kind == "yes_no":
        return isinstance(answer, bool)
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
