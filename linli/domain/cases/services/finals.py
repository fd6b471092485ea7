"""What has ended for good: nothing follows it, and it is not opened again. Not public.

Serves: R141.
"""

from linli.domain.access import wall
from linli.domain.cases.bars import MatterIsFinal
from linli.domain.cases.models import Case, Link
from linli.domain.cases.services.steps import definition_of


def require_not_final(case: Case) -> None:
    """Raise MatterIsFinal where a case, or one that it follows or that follows it, ended finally.

    Final is what its standard calls so: the end after which the same matter is not taken up.
    """
    if ended := ended_for_good(case):
        raise MatterIsFinal(ended.number)


@wall.wider("rings")
def ended_for_good(case: Case) -> Case | None:
    """The case, among this one and those tied to it by what follows what, that ended finally."""
    seen, waiting = {case.pk}, [case]
    follows = Link.objects.filter(kind=Link.Kind.FOLLOWS)
    while waiting:
        here = waiting.pop()
        if _is_final(here):
            return here
        before = follows.filter(case=here).values_list("other_id", flat=True)
        after = follows.filter(other=here).values_list("case_id", flat=True)
        fresh = {*before, *after} - seen
        seen |= fresh
        waiting += Case.objects.filter(pk__in=fresh).select_related("standard")
    return None


def _is_final(case: Case) -> bool:
    if case.status != Case.Status.CLOSED:
        return False
    ways = (way for stage in definition_of(case).stages for way in stage.ways)
    return any(way.final and way.code == case.outcome for way in ways)
