"""Entries that rulings suggest for the duty list.

Serves: R019.
"""

from linli.domain.access.selectors import Actor
from linli.domain.organisations.models import DutyProposal
from linli.domain.places.selectors import Area
from linli.kernel.paths import is_inside

__all__ = ["DutyProposal", "areas_around", "duty_proposals"]
ACT = "organisation.manage"


def duty_proposals(actor: Actor, *, limit: int = 100) -> list[DutyProposal]:
    """Suggestions within an administrator's areas: those that wait first, then the latest."""
    rows = DutyProposal.objects.select_related("area", "lead").order_by("-proposed_at")[:limit]
    reach = actor.areas_for(ACT)
    mine = [one for one in rows if any(is_inside(one.area_path, path) for path in reach)]
    return sorted(mine, key=lambda one: one.state != DutyProposal.State.OPEN)


def areas_around(area: Area) -> list[Area]:
    """A place and those around it, the nearest first."""
    codes = area.path.strip("/").split("/")
    found = Area.objects.filter(code__in=codes).defer("polygon")
    return sorted(found, key=lambda one: -len(one.path))
