"""Reads about units, posts and who holds them.

Serves: R009 R033 R034.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet

from linli.domain.access.selectors import BREAK, Actor, Holding, User, grants_of, opened_cases
from linli.domain.organisations.models import Member, Post, Unit
from linli.domain.organisations.rules.kinds import ActorKind, UnitKind, usual_actor
from linli.domain.organisations.rules.validity import local_day
from linli.domain.organisations.selectors.kinship import ABOVE, TAKES_OVER
from linli.domain.places.selectors import EVERYWHERE, inside
from linli.kernel.errors import NotFound


@dataclass
class UnitNode:
    """A unit with those below it, for pickers and the directory."""

    unit: Unit
    children: "list[UnitNode]" = field(default_factory=list)


def day_of(at: datetime) -> date:
    """Return the local day of a moment, as posts and duties count days."""
    return local_day(at, settings.TIME_ZONE)


def holds_on(day: date, prefix: str = "") -> Q:
    """Return the condition "valid on that day"; the last day still counts."""
    start, end = f"{prefix}valid_from", f"{prefix}valid_to"
    began = Q((f"{start}__isnull", True)) | Q((f"{start}__lte", day))
    return began & (Q((f"{end}__isnull", True)) | Q((f"{end}__gte", day)))


def unit_by_code(code: str) -> Unit:
    """Return the unit of a code; raises NotFound."""
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise NotFound(
            f"没有代码为“{code}”的单位。请核对代码，或先导入单位。",
            f"There is no unit with the code {code}. Check the code or import the units first.",
        )
    return unit


def units_by_codes(codes: Sequence[str]) -> list[Unit]:
    """Return the units of some codes, in their order; one query. Raises NotFound."""
    found = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    return [found.get(code) or unit_by_code(code) for code in codes]


def units(
    path: str = EVERYWHERE, *, at: datetime | None = None, kind: UnitKind | None = None
) -> QuerySet[Unit]:
    """Return the units inside an area, those of a kind or of a moment if asked, by code."""
    found = Unit.objects.filter(inside(path)).select_related("area")
    if kind is not None:
        found = found.filter(kind=kind)
    return found if at is None else found.filter(holds_on(day_of(at)))


def units_by_ids(ids: set[int]) -> dict[int, Unit]:
    """Return the units of some row ids, by id; one query."""
    return Unit.objects.in_bulk(ids)


def unit_names(codes: set[str]) -> dict[str, str]:
    """Return the names of units by code, closed ones included."""
    return dict(Unit.objects.filter(code__in=codes).order_by("id").values_list("code", "name"))


def unit_tree(*, at: datetime, path: str = EVERYWHERE) -> list[UnitNode]:
    """Return the units that exist at a moment, each below its parent, for the directory."""
    nodes = {unit.pk: UnitNode(unit) for unit in units(path, at=at)}
    roots: list[UnitNode] = []
    for node in nodes.values():
        above = nodes.get(node.unit.parent_id or 0)
        (roots if above is None else above.children).append(node)
    return roots


def actor_directory(*, at: datetime, path: str = EVERYWHERE) -> dict[ActorKind, list[Unit]]:
    """Return who takes part in governing an area at a moment, by party, each by code.

    Every party has its place in the directory, also where nobody stands in it yet.
    """
    directory: dict[ActorKind, list[Unit]] = {kind: [] for kind in ActorKind}
    for unit in units(path, at=at):
        directory[ActorKind(unit.actor_kind or usual_actor(unit.kind))].append(unit)
    return directory


def posts_of(unit: Unit) -> QuerySet[Post]:
    """Return the posts of a unit."""
    return Post.objects.filter(unit=unit)


def post_by_code(unit: Unit, *, code: str) -> Post:
    """Return the post of a unit by its code; raises NotFound."""
    post = Post.objects.select_related("unit").filter(unit=unit, code=code).first()
    if post is None:
        raise NotFound(
            f"“{unit.name}”没有代码为“{code}”的岗位。请核对代码，或先导入岗位。",
            f"{unit.name} has no post {code}. Check the code or import the post first.",
        )
    return post


def members_of(unit: Unit, *, at: datetime) -> QuerySet[Member]:
    """Return who holds a post in a unit at a moment, with account and post."""
    held = Member.objects.filter(holds_on(day_of(at)), post__unit=unit)
    return held.select_related("user", "post", "area").order_by("post__code", "user__username")


def staff_of(unit: Unit, *, at: datetime) -> list[User]:
    """Return the accounts of those who hold a post in a unit at a moment, each once."""
    return list({member.user_id: member.user for member in members_of(unit, at=at)}.values())


HELD = ("post__role", "post__unit_id", "post__unit__code", "area_path", "post__clearance")


def actor_for(user: User, *, at: datetime) -> Actor:
    """Return who an account is at a moment: the posts it holds, with unit and area.

    A post counts to the end of its last day in the local zone; a post in a unit that has
    been closed, and every post of an account that has been shut, gives nothing. What emergency
    access opens counts while some post lets its holder ask for it.
    """
    holdings: tuple[Holding, ...] = ()
    opened: tuple[str, ...] = ()
    if user.is_active:
        day = day_of(at)
        held = Member.objects.filter(holds_on(day), holds_on(day, "post__unit__"), user=user)
        rows = (
            held.annotate(
                takes_over=TAKES_OVER,
                above=ABOVE,
                opened=opened_cases(at=at, user=OuterRef("user_id")),
            )
            .order_by("post__unit__code", "post__code", "area_path")
            .values_list("opened", *HELD, "takes_over", "above")
        )
        held_now = list(rows)
        holdings = tuple(
            Holding(role, unit_id, unit, area, clearance, tuple(gone), tuple(above))
            for _, role, unit_id, unit, area, clearance, gone, above in held_now
        )
        if any(grants_of(holding.role, BREAK) for holding in holdings):
            opened = tuple(held_now[0][0])
    return Actor(user.pk, user.name, holdings=holdings, lang=user.language, opened=opened)
