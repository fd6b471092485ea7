"""The one visibility predicate, and who an actor is. Public reads of this app.

Serves: R033 R129.
"""

from datetime import datetime
from typing import TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from linli.domain.access.models import ApiToken, Opening, User
from linli.domain.access.policy import ACTS, POLICY, Grant, Level, Reach, Role, grants_of
from linli.domain.access.rules.actors import (
    LOOKING,
    RESIDENT_ACTOR,
    SYSTEM_ACTOR,
    Actor,
    Holding,
    ScopedRow,
    Standing,
    is_shut_out,
    reaches_by_place,
    reaches_row,
    standing_of,
)
from linli.domain.access.rules.openings import BREAK, GLASS, OPENINGS, reasons_for
from linli.domain.access.rules.tokens import digest_of
from linli.kernel.paths import path_range, paths_above

__all__ = [
    "ACTS",
    "BREAK",
    "OPENINGS",
    "POLICY",
    "RESIDENT_ACTOR",
    "SYSTEM_ACTOR",
    "Actor",
    "ApiToken",
    "Grant",
    "Holding",
    "Level",
    "Opening",
    "Reach",
    "Role",
    "ScopedRow",
    "Standing",
    "User",
    "grants_of",
    "is_open_at",
    "is_shielded_from",
    "may",
    "may_by_place",
    "may_on",
    "opened_cases",
    "predicate",
    "reaches_row",
    "reasons_for",
    "token_by_secret",
    "tokens_of",
    "user_by_id",
    "user_by_name",
    "visible",
]

Row = TypeVar("Row", bound=Model)
NOTHING = Q(pk__in=[])


def predicate(actor: Actor, act: str, *, prefix: str = "") -> Q:
    """Say in SQL which scoped rows an act of the actor reaches; `reaches_row` says the same.

    Parameters
    ----------
    actor : who acts, with the posts held now.
    act : an act of the policy table.
    prefix : relation to the scoped row, e.g. ``"case__"`` from a work item.

    Returns
    -------
    A condition over `area_path` (range, C collation), `unit_ids` and `respondent_ids` (array
    overlap), `confidentiality` and `status`. Without a post that grants the act it matches
    nothing, but for what emergency access has opened to be looked at.
    """
    if actor.is_system:
        return Q()
    alike: dict[tuple[str, tuple[Level, ...]], list[tuple[Grant, Holding]]] = {}
    for grant, holding in actor.reaches(act):
        alike.setdefault((grant.state, grant.levels(holding.clearance)), []).append(
            (grant, holding)
        )
    condition = NOTHING
    for (state, levels), pairs in alike.items():
        related = _related(pairs, prefix)
        if levels != tuple(Level):
            related &= Q(**{f"{prefix}confidentiality__in": [level.value for level in levels]})
        condition |= related if state == "any" else related & Q(**{f"{prefix}status": state})
    if act == LOOKING and actor.opened:
        condition |= Q(**{f"{prefix}public_id__in": list(actor.opened)})
    own = list(actor.belongs_to())
    return condition & ~Q(**{f"{prefix}respondent_ids__overlap": own}) if own else condition


def _related(pairs: list[tuple[Grant, Holding]], prefix: str) -> Q:
    """Rows that stand to some of the posts as their grants say."""
    condition = NOTHING
    over_areas = {h.area_path for grant, h in pairs if grant.over is Reach.AREA and h.area_path}
    for path in sorted(over_areas):
        low, high = path_range(path)
        condition |= Q(**{f"{prefix}area_path__gte": low, f"{prefix}area_path__lt": high})
    below = {h.area_path for grant, h in pairs if grant.over is Reach.ABOVE and h.area_path}
    if below:
        above = sorted({one for path in below for one in paths_above(path)})
        condition |= Q(**{f"{prefix}area_path__in": above})
    units = {unit for grant, h in pairs if grant.over is Reach.UNIT for unit in h.works_for}
    if units:
        condition |= Q(**{f"{prefix}unit_ids__overlap": sorted(units)})
    return condition


def visible(rows: QuerySet[Row], actor: Actor, act: str, *, prefix: str = "") -> QuerySet[Row]:
    """Keep the rows that an act of the actor reaches; used by all six doors."""
    return rows.filter(predicate(actor, act, prefix=prefix))


def may(actor: Actor, act: str) -> bool:
    """Whether the actor may do the act on anything at all (for menus, never for rows)."""
    return actor.may(act)


def may_on(actor: Actor, act: str, row: ScopedRow) -> bool:
    """Whether an act of the actor reaches a stored row (for the buttons beside it)."""
    return reaches_row(actor, act, standing_of(row))


def may_by_place(actor: Actor, act: str, row: ScopedRow) -> bool:
    """Whether an act of the actor reaches a stored row by where it lies, not by work on it."""
    return reaches_by_place(actor, act, standing_of(row))


def is_shielded_from(actor: Actor, row: ScopedRow) -> bool:
    """Whether a stored row complains about a unit that stands behind the actor."""
    return is_shut_out(actor, standing_of(row))


def is_open_at(at: datetime) -> Q:
    """Return the condition "stands open at a moment" for openings."""
    return Q(starts_at__lte=at, ends_at__gt=at, ended_at__isnull=True)


def opened_cases(*, at: datetime, user: OuterRef) -> Combinable:
    """Return a column for queries: public ids of cases that emergency access opens to a user."""
    rows = Opening.objects.filter(is_open_at(at), user_id=user, kind=GLASS)
    return ArraySubquery(rows.order_by("case_ref").values("case_ref").distinct())


def user_by_id(user_id: int) -> User | None:
    """Return an active account by its row id, or None."""
    return User.objects.filter(pk=user_id, is_active=True).first()


def user_by_name(username: str) -> User | None:
    """Return an active account by its user name, or None."""
    return User.objects.filter(username=username, is_active=True).first()


def tokens_of(user: User) -> list[ApiToken]:
    """Return the keys issued for an account, newest first, dead ones among them."""
    return list(ApiToken.objects.filter(user=user).order_by("-created_at", "-id"))


def token_by_secret(secret: str, *, at: datetime) -> ApiToken | None:
    """Return the living key that a secret opens, with its account, or None."""
    rows = ApiToken.objects.filter(
        digest=digest_of(secret), revoked_at__isnull=True, user__is_active=True
    )
    alive = rows.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at))
    return alive.select_related("user").first()
