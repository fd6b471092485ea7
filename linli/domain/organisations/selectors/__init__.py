"""The one door for reads about units, posts and duties."""

from linli.domain.access.models import AccountNotice, PostProposal
from linli.domain.access.rules.weights import factor_for, is_enough, needs_two_persons
from linli.domain.organisations.models import Duty, Member, OrganisationImport, Post, Unit
from linli.domain.organisations.rules.duties import Reason, Refusal
from linli.domain.organisations.rules.kinds import ActorKind, DutyNature, UnitKind
from linli.domain.organisations.selectors.duties import (
    DispatchSuggestion,
    DutyMatch,
    duties,
    duty_for,
    first_refusal,
    may_receive,
    units_for_dispatch,
)
from linli.domain.organisations.selectors.kinship import house_of
from linli.domain.organisations.selectors.staff import (
    StaffMember,
    account_by_name,
    all_staff,
    factors_of,
    notices_of,
    proposals_for,
    staff_member,
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
    unit_names,
    unit_tree,
    units,
    units_by_codes,
    units_by_ids,
)

__all__ = [
    "AccountNotice",
    "PostProposal",
    "StaffMember",
    "account_by_name",
    "all_staff",
    "factor_for",
    "factors_of",
    "is_enough",
    "needs_two_persons",
    "notices_of",
    "proposals_for",
    "staff_member",
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
    "first_refusal",
    "house_of",
    "may_receive",
    "members_of",
    "post_by_code",
    "posts_of",
    "staff_of",
    "unit_by_code",
    "unit_names",
    "unit_tree",
    "units",
    "units_by_codes",
    "units_by_ids",
    "units_for_dispatch",
]
