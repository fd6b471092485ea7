"""The one door for reads about units, posts and duties."""

from linli.domain.organisations.models import Duty, Member, OrganisationImport, Post, Unit
from linli.domain.organisations.rules.duties import Reason, Refusal
from linli.domain.organisations.rules.kinds import ActorKind, DutyNature, UnitKind
from linli.domain.organisations.selectors.duties import (
    DispatchSuggestion,
    DutyMatch,
    duties,
    duty_for,
    may_receive,
    units_for_dispatch,
)
from linli.domain.organisations.selectors.units import (
    UnitNode,
    actor_directory,
    actor_for,
    day_of,
    members_of,
    post_by_code,
    posts_of,
    staff_of,
    unit_by_code,
    unit_tree,
    units,
    units_by_ids,
)

__all__ = [
    "ActorKind",
    "DispatchSuggestion",
    "Duty",
    "DutyMatch",
    "DutyNature",
    "Member",
    "OrganisationImport",
    "Post",
    "Reason",
    "Refusal",
    "Unit",
    "UnitKind",
    "UnitNode",
    "actor_directory",
    "actor_for",
    "day_of",
    "duties",
    "duty_for",
    "may_receive",
    "members_of",
    "post_by_code",
    "posts_of",
    "staff_of",
    "unit_by_code",
    "unit_tree",
    "units",
    "units_by_ids",
    "units_for_dispatch",
]
