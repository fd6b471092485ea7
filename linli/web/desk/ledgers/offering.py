"""What fields of a ledger offer: choices of the definition, and what they name elsewhere."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from linli.domain.catalogue.selectors import LedgerField, sources, standards_in_force
from linli.domain.organisations.selectors import units
from linli.web.desk.choices import Choice, Offered, area_choices, matter_choices
from linli.web.desk.ledgers.base import Opened
from linli.web.desk.words import name_of, stage_name


def offered_for(field: LedgerField, opened: Opened, act: str) -> Offered:
    """Return what a field can hold, of the kinds that are chosen from a list."""
    if field.kind in ("choice", "choices"):
        return [(choice.code, name_of(choice)) for choice in field.choices]
    if field.kind == "yes_no":
        return [("yes", _("是")), ("no", _("否"))]
    if field.kind == "area":
        return area_choices(opened.actor, act)
    if field.kind == "unit":
        return units_within(opened, act)
    if field.kind == "post":
        return list(_posts(opened, act))
    if field.kind == "matter":
        return matter_choices(opened.at)
    if field.kind == "stage":
        return _stages(opened)
    return [(source.code, source.title) for source in sources()]


def units_within(opened: Opened, act: str) -> list[Choice]:
    """Return the units inside the areas that an act of the actor reaches."""
    paths = sorted({holding.area_path for _reach, holding in opened.actor.reaches(act)})
    found = {unit.code: unit.name for path in paths for unit in units(path, at=opened.at)}
    return list(found.items())


def _posts(opened: Opened, act: str) -> Iterator[tuple[str, list[Choice]]]:
    paths = sorted({holding.area_path for _reach, holding in opened.actor.reaches(act)})
    found = (u for path in paths for u in units(path, at=opened.at).prefetch_related("posts"))
    for unit in dict.fromkeys(found):
        held = [(f"{unit.code}/{post.code}", post.name) for post in unit.posts.all()]
        if held:
            yield unit.name, held


def _stages(opened: Opened) -> Offered:
    return [
        (
            name_of(version.definition),
            [
                (f"{version.code}/{stage.key}", stage_name(stage))
                for stage in version.definition.stages
            ],
        )
        for version in standards_in_force(opened.at)
    ]
