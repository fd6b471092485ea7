"""Reckoning a field of a whole from what was answered in its parts. Not public.

Serves: R139.
"""

from collections.abc import Iterator
from decimal import Decimal

from linli.domain.access import wall
from linli.domain.cases.bars import PartUnanswered, WeightsUneven
from linli.domain.cases.models import Case, Link, WorkItem
from linli.domain.cases.rules.answers import Answer
from linli.domain.catalogue.selectors import ReckonDef, StageDef, parameters_in_force
from linli.methods.stability import Factor, Marks, index_of, level_of

CODES = "assessment."


def reckoned(case: Case, stage: StageDef) -> dict[str, Answer]:
    """Return the fields that a stage reckons from the parts of its case.

    By the thresholds in force when the case was opened. Raises PartUnanswered where a part does
    not say what counts, WeightsUneven where the weights do not add up to one.
    """
    if not stage.reckons:
        return {}
    marks = _marks(case)
    return {one.field: _result(one, list(_factors(case, one)), marks) for one in stage.reckons}


def _result(one: ReckonDef, factors: list[Factor], marks: Marks) -> Answer:
    weight = sum((factor.weight for factor in factors), Decimal(0))
    if weight != 1:
        raise WeightsUneven(str(weight))
    if one.by == "risk_index":
        return float(index_of(factors))
    return level_of(factors, marks)


def _factors(case: Case, one: ReckonDef) -> Iterator[Factor]:
    """Read each part of the matter that counts; the last answer of several holds."""
    with wall.wider("parts"):
        parts = Case.objects.filter(links_out__other=case, links_out__kind=Link.Kind.PART)
        rows = list(parts.exclude(outcome__in=one.without).select_related("matter").order_by("pk"))
        done = WorkItem.objects.filter(case__in=rows, kind="main", state="done")
        results = list(done.order_by("closed_at", "pk").values_list("case_id", "result"))
    for part in rows:
        if part.matter.code != one.of and not part.matter.code.startswith(f"{one.of}."):
            continue
        said: dict[str, Answer] = {}
        for case_id, result in results:
            if case_id == part.pk:
                said |= result
        yield Factor(
            *(_share(part, said.get(code)) for code in (one.chance, one.impact, one.weight))
        )


def _share(part: Case, answer: Answer) -> Decimal:
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        raise PartUnanswered(part.number)
    return Decimal(str(answer))


def _marks(case: Case) -> Marks:
    rows = parameters_in_force(case.opened_at)
    known = {row.code.removeprefix(CODES): row.value for row in rows if row.code.startswith(CODES)}
    return Marks.of(known)
