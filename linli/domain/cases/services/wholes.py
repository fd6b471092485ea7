"""A part and the wholes above it, locked together and opened together. Not public."""

from django.db.models import Q

from linli.domain.access import wall
from linli.domain.audit.services import lock_streams
from linli.domain.cases.models import Case, Link
from linli.domain.cases.services.steps import lock_case
from linli.kernel.errors import NotFound, WrongState


def lock_upwards(ref: str) -> tuple[Case, list[Case]]:
    """Lock a case and every whole that it is a part of, nearest first. Raises NotFound.

    In the order of rows, as links are, so that nobody waits crosswise; and whether or not a whole
    is closed, so that none closes in the same moment because its part still was.
    """
    named = Case.objects.filter(Q(public_id=ref) | Q(number=ref)).values_list("pk", flat=True)
    row = named.first()
    if row is None:
        raise NotFound
    with wall.wider("wholes"):
        rows = Case.objects.filter(pk__in=[row, *_above(row)]).order_by("pk")
        refs = list(rows.values_list("pk", "public_id"))
    wall.hold(above for above, _ in refs)
    locked = {above: lock_case(public_id) for above, public_id in refs}
    case = locked[row]
    wholes = _above(case.pk)
    if any(above not in locked for above in wholes):
        raise WrongState(
            f"工单 {case.number} 刚刚被关联到别的工单，没有保存任何改动。请再试一次。",
            f"Case {case.number} has just been linked to another, so nothing was changed. Try "
            "again.",
        )
    lock_streams(each.public_id for each in locked.values())
    return case, [locked[above] for above in wholes]


def _above(row: int) -> list[int]:
    """The wholes above a case, nearest first."""
    parts = Link.objects.filter(kind=Link.Kind.PART)
    found: list[int] = []
    above = parts.filter(case_id=row).values_list("other_id", flat=True).first()
    while above is not None and above not in found:
        found.append(above)
        above = parts.filter(case_id=above).values_list("other_id", flat=True).first()
    return found
