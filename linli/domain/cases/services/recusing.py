"""Keeping whoever withdrew for an interest out of a case. Not public.

Serves: R141 X08.
"""

from linli.domain.access.selectors import Actor
from linli.domain.cases.bars import Recused
from linli.domain.cases.models import Case, WorkItem


def require_unrecused(case: Case, actor: Actor) -> None:
    """Raise Recused where the actor left a stage of the case by a way that recuses.

    Nothing is asked of the database where the standard has no such way.
    """
    stages = case.standard.definition.stages
    ways = [way.code for stage in stages for way in stage.ways if way.recuses]
    if not ways or actor.user_id is None:
        return
    left = WorkItem.objects.filter(case=case, closed_by=actor.user_id, outcome__in=ways)
    if left.exists():
        raise Recused(case.number)
