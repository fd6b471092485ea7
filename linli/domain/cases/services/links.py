"""Tying cases together: part of, duplicate of, follows."""

from datetime import datetime
from typing import Literal

from django.db import IntegrityError, transaction
from django.db.models import Q

from linli.domain.access import wall
from linli.domain.access.selectors import Actor
from linli.domain.access.services import require
from linli.domain.audit.services import lock_streams
from linli.domain.cases.errors import CaseIsClosed
from linli.domain.cases.events import CaseLinked
from linli.domain.cases.models import Case, Link
from linli.domain.cases.rules.closing import makes_a_ring
from linli.domain.cases.services.finals import require_not_final
from linli.domain.cases.services.moving import close
from linli.domain.cases.services.steps import (
    definition_of,
    is_repeat,
    lock_case,
    require_way,
    write,
)
from linli.domain.cases.services.withdrawing import carry_over
from linli.kernel.errors import Rejected

LinkKind = Literal["part", "duplicate", "follows"]


@transaction.atomic
def link_cases(
    ref: str, *, to: str, kind: LinkKind, actor: Actor, at: datetime, key: str
) -> Link | None:
    """Tie a case to another. Records CaseLinked on both.

    Returns the link, None for a repeated command. Raises NotFound, NotPermitted, CaseIsClosed
    for a part of a closed whole, MatterIsFinal for what follows an end that is final, Rejected for
    a ring or a second whole.
    """
    case, other = _lock_both(ref, to)
    require(actor, "case.link", case)
    require(actor, "case.link", other)
    if is_repeat(case, key):
        return None
    return tie(case, other, kind, actor=actor, at=at, key=key)


@transaction.atomic
def merge_duplicate(ref: str, *, into: str, actor: Actor, at: datetime, key: str) -> Case:
    """Close a case as a duplicate of another, where its standard lets it be left so.

    Its receipt goes on to open it, and tells how far the other one is. What a unit complained
    about is still to answer goes on with the other one. Records CaseLinked, CaseClosed. Raises
    NotFound, NotPermitted, CaseIsClosed, CaseIsElsewhere, Rejected.
    """
    case, other = _lock_both(ref, into)
    require(actor, "case.triage", case)
    require(actor.by_post(), "case.view", other)
    if is_repeat(case, key):
        return case
    if case.status == Case.Status.CLOSED:
        raise CaseIsClosed(case.number)
    require_way(case, "merge")
    tie(case, other, "duplicate", actor=actor, at=at, key=key)
    carry_over(case, other, actor=actor, at=at)
    close(case, outcome="merge", route=definition_of(case).merge_route or "", actor=actor, at=at)
    return case


def _lock_both(one: str, two: str) -> tuple[Case, Case]:
    """Lock two cases and their journal streams in one order, whoever names which first."""
    named = Case.objects.filter(Q(public_id__in=[one, two]) | Q(number__in=[one, two]))
    for ref in named.order_by("pk").values_list("public_id", flat=True):
        lock_case(ref)
    cases = lock_case(one), lock_case(two)
    lock_streams(case.public_id for case in cases)
    return cases


def tie(case: Case, other: Case, kind: LinkKind, *, actor: Actor, at: datetime, key: str) -> Link:
    """Tie two locked cases. Records CaseLinked on both.

    Raises CaseIsClosed, MatterIsFinal, Rejected.
    """
    if case.pk == other.pk or _would_ring(case, other):
        raise Rejected(
            "工单不能直接或间接地关联为自己的上级，请核对编号。",
            "A case cannot become, directly or through others, its own whole; check the number.",
            field="to",
        )
    if kind == "part" and other.status == Case.Status.CLOSED:
        raise CaseIsClosed(other.number)
    if kind == "follows":
        require_not_final(other)
    try:
        with transaction.atomic():
            link = Link.objects.create(
                case=case, other=other, kind=kind, linked_at=at, linked_by=actor.name
            )
    except IntegrityError as error:
        raise Rejected(
            f"工单 {case.number} 已经有上级或已是重复件，不能再次关联。",
            f"Case {case.number} already belongs to another; it cannot belong to two.",
            field="to",
        ) from error
    for side, far in ((case, other), (other, case)):
        fact = CaseLinked(side.public_id, far.public_id, str(kind))
        write(side, fact, actor=actor, at=at, key=key if side is case else "")
    return link


@wall.wider("rings")
def _would_ring(case: Case, other: Case) -> bool:
    binding = Link.objects.filter(kind__in=[Link.Kind.PART, Link.Kind.DUPLICATE])
    above: dict[int, int] = {}
    step: int | None = other.pk
    while step is not None and step not in above:
        found = binding.filter(case_id=step).values_list("other_id", flat=True).first()
        if found is None:
            break
        above[step] = found
        step = found
    return makes_a_ring(above, case=case.pk, other=other.pk)
