"""What became of cases that were merged into others."""

from linli.domain.access import wall
from linli.domain.cases.models import Case, Link


def main_case_of(case: Case) -> Case | None:
    """Return the case that a duplicate was merged into, the last of a chain; None for others."""
    with wall.wider("merged"):
        found = _last_of(case)
    if found is not None:
        wall.hold([found.pk])
    return found


def _last_of(case: Case) -> Case | None:
    links = Link.objects.filter(kind=Link.Kind.DUPLICATE)
    found, seen = case.pk, {case.pk}
    while True:
        above = links.filter(case_id=found).values_list("other_id", flat=True).first()
        if above is None or above in seen:
            break
        seen.add(above)
        found = above
    if found == case.pk:
        return None
    return Case.objects.select_related("standard", "lead_unit").get(pk=found)
