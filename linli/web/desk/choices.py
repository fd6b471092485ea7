"""What the desk's forms offer: matters, areas, channels and kinds of demand in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from linli.domain.access.selectors import Actor
from linli.domain.catalogue.selectors import (
    StandardDef,
    matter_tree,
    matters_for_residents,
    published_state,
    standard_by_code,
    standards_in_force,
)
from linli.domain.places.selectors import AreaKind, areas_under
from linli.web.desk.words import name_of, stage_name
from linli.web.ui.languages import is_english

Choice = tuple[str, str]
Urgency = Literal["ordinary", "urgent", "emergency"]
Group = tuple[str, list[Choice]]
Offered = Sequence[Choice | Group]

CHANNELS = {
    "phone": noop("电话"),
    "window": noop("窗口"),
    "visit": noop("走访"),
    "letter": noop("来信"),
    "grid": noop("网格上报"),
}
OTHER_CHANNELS = {
    "hotline": noop("热线"),
    "web": noop("网上"),
    "wechat": noop("微信"),
    "app": noop("手机应用"),
    "mayor_mailbox": noop("领导信箱"),
    "superior": noop("上级交办"),
    "media": noop("媒体转办"),
    "import": noop("导入"),
    "api": noop("其他系统"),
    "other": noop("其他"),
}
URGENCIES = {"ordinary": noop("一般"), "urgent": noop("加急"), "emergency": noop("特急")}


def channel_choices() -> list[Choice]:
    """Return how a message can reach a clerk."""
    return [(code, _(words)) for code, words in CHANNELS.items()]


def every_channel() -> list[Choice]:
    """Return every way in which a message can have come."""
    return [(code, _(words)) for code, words in {**CHANNELS, **OTHER_CHANNELS}.items()]


def channel_words(code: str) -> str:
    """Name a channel; one that we do not know keeps its code."""
    return dict(every_channel()).get(code, code)


def urgency_choices() -> list[Choice]:
    """Return the grades of urgency."""
    return [(code, _(words)) for code, words in URGENCIES.items()]


def urgency_words(code: str) -> str:
    """Name a grade of urgency."""
    return dict(urgency_choices()).get(code, code)


def petition_choices(at: datetime, standard: StandardDef | None = None) -> list[Choice]:
    """Return the kinds of demand of a standard, of the installation's own where none is given."""
    held = standard or standard_by_code(settings.LINLI_STANDARD, at).definition
    return [(kind.code, name_of(kind)) for kind in held.petition_types]


def matter_choices(at: datetime) -> list[Group]:
    """Return the matters that a message can be about, under their classes."""
    tree = matters_for_residents(at)
    parents = {matter.parent_id for matter in tree}
    names = {m.code: name_of(m) for m in tree}
    groups: dict[str, list[Choice]] = {}
    for matter in tree:
        if matter.pk not in parents:
            root = matter.path.split("/", 1)[0]
            groups.setdefault(root, []).append((matter.code, names[matter.code]))
    return [(names.get(root, root), leaves) for root, leaves in groups.items()]


def matters_below(roots: Sequence[str], at: datetime) -> list[Choice]:
    """Return the leaves below some matters, or the matters themselves."""
    tree = matter_tree(at)
    parents = {matter.parent_id for matter in tree}
    return [
        (matter.code, name_of(matter))
        for matter in tree
        if matter.pk not in parents
        and any(matter.code == root or matter.code.startswith(f"{root}.") for root in roots)
    ]


def matters_of(standard: str, at: datetime) -> list[Choice]:
    """Return the matters that a standard is for and that have none below them."""
    tree = matter_tree(at)
    parents = {matter.parent_id for matter in tree}
    own = (m for m in tree if m.standard_code == standard and m.pk not in parents)
    return [(matter.code, name_of(matter)) for matter in own]


@dataclass(frozen=True)
class Headings:
    """What lists are narrowed by that only a publication changes: classes of matters, stages."""

    classes: list[Choice]
    stages: list[Choice]


def headings(at: datetime) -> Headings:
    """Return classes and stages in force, kept in the process until the next publication."""
    return _headings(published_state(), timezone.localdate(at), is_english())


@lru_cache(maxsize=8)
def _headings(state: str, on: date, english: bool) -> Headings:
    at = timezone.make_aware(datetime(on.year, on.month, on.day, 12))  # noqa: DTZ001  # made aware
    roots = [matter for matter in matter_tree(at) if matter.parent_id is None]
    stages: dict[str, str] = {}
    for standard in standards_in_force(at):
        for stage in standard.definition.stages:
            # The first standard that has a key names it.
            stages.setdefault(stage.key, stage_name(stage))
    return Headings([(m.code, name_of(m)) for m in roots], list(stages.items()))


def area_choices(actor: Actor, act: str) -> list[Group]:
    """Return the areas that an act of the actor reaches, grids under their community."""
    groups: dict[str, list[Choice]] = {}
    heading = ""
    for code, name, kind in _areas(actor, act):
        if kind != AreaKind.GRID or not heading:
            heading = name
        entry = (code, name)
        if entry not in groups.setdefault(heading, []):
            groups[heading].append(entry)
    return list(groups.items())


def words_in(offered: Offered) -> dict[str, str]:
    """Return the codes that are offered, with their words; the empty choice is left out."""
    words: dict[str, str] = {}
    for value, said in offered:
        words |= dict([(value, said)] if isinstance(said, str) else said)
    words.pop("", None)
    return words


def offer(form: forms.Form, name: str, choices: Offered) -> None:
    """Put choices into a field of a form."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def _areas(actor: Actor, act: str) -> list[tuple[str, str, str]]:
    paths = sorted({holding.area_path for _reach, holding in actor.reaches(act)})
    return [row for path in paths for row in areas_under(path).values_list("code", "name", "kind")]
