"""What a person looks at: place, matter, days, level and measure, read from the address.

The address is the whole state of the page: each link is the same look with something changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from os.path import commonprefix
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.domain.access.selectors import Actor
from linli.domain.catalogue.selectors import Matter, matter_by_code
from linli.domain.places.selectors import (
    EVERYWHERE,
    Area,
    AreaKind,
    area_by_code,
    area_by_path,
    areas_under,
    is_inside,
)
from linli.kernel.errors import NotFound
from linli.kernel.paths import SEPARATOR
from linli.web.cockpit.period import PRESETS, USUAL, Period, preset
from linli.web.cockpit.signed_in import ACT
from linli.web.ui.forms import LinliForm, day_input

MEASURES = ("open", "received")


class Days(LinliForm):
    """Two days of one's own."""

    since = forms.DateField(label=gettext_lazy("自"), widget=day_input())
    until = forms.DateField(label=gettext_lazy("至"), widget=day_input())

    def clean(self) -> dict[str, object]:
        """Refuse days in the wrong order."""
        days = self.cleaned_data
        if days.get("since") and days.get("until") and days["since"] > days["until"]:
            self.add_error("until", _("“至”早于“自”，没有这样的一段时间，对调后再查看"))
        return days


@dataclass(frozen=True)
class Look:
    """One look; `area` and `matter` are None where nothing is narrowed.

    Parameters
    ----------
    kind : which areas the rows and the map show. kinds : which ones could be shown.
    measure : open (now) or received (within the period): what the bars and the map show.
    """

    actor: Actor
    at: datetime
    area: Area | None
    matter: Matter | None
    kind: AreaKind
    kinds: tuple[AreaKind, ...]
    period: Period
    measure: str

    @property
    def area_path(self) -> str:
        """The path looked at; empty is everywhere in reach."""
        return self.area.path if self.area else EVERYWHERE

    def url(self, name: str = "cockpit:home", **changes: str) -> str:
        """Return the address of this look with some parts of it changed, "" taking one away."""
        days = {"period": self.period.code}
        if not self.period.code:
            days = {"since": f"{self.period.first}", "until": f"{self.period.last}"}
        state = {
            "area": self.area.code if self.area else "",
            "matter": self.matter.code if self.matter else "",
            "level": self.kind.value if self.kind != self.kinds[0] else "",
            "show": self.measure if self.measure != MEASURES[0] else "",
            **days,
        }
        if "period" in changes:
            state |= {"since": "", "until": ""}
        if "area" in changes:
            state["level"] = ""
        kept = {name: value for name, value in (state | changes).items() if value}
        return f"{reverse(name)}?{urlencode(kept)}" if kept else reverse(name)


def look_of(params: QueryDict, *, actor: Actor, at: datetime, days: Days | None) -> Look:
    """Read an address. Raises NotFound for a place outside the reach as for an unknown one.

    `days` is the form of free days where the address carries them; with errors in it the usual
    days are shown.
    """
    area = _area(actor, params.get("area", ""))
    kinds = _kinds_below(area)
    level = params.get("level", "")
    matter = params.get("matter", "")
    show = params.get("show", "")
    return Look(
        actor=actor,
        at=at,
        area=area,
        matter=matter_by_code(matter) if matter else None,
        kind=next((kind for kind in kinds if kind == level), kinds[0]),
        kinds=kinds,
        period=_period(params, days, today=timezone.localdate(at)),
        measure=show if show in MEASURES else MEASURES[0],
    )


def days_form(params: QueryDict) -> Days | None:
    """Return the form of free days where the address carries any, checked; else None."""
    if not (params.get("since") or params.get("until")):
        return None
    form = Days(params)
    form.is_valid()
    return form


def reach_paths(actor: Actor) -> list[str]:
    """Return the places over which the actor's posts open the cockpit."""
    return list(actor.areas_for(ACT))


def is_shown(path: str, *, reach: Sequence[str]) -> bool:
    """Whether an area lies inside a reach, or holds one."""
    return any(is_inside(path, own) or is_inside(own, path) for own in reach)


def _area(actor: Actor, code: str) -> Area | None:
    reach = reach_paths(actor)
    if not reach:
        raise NotFound
    codes = commonprefix([path.split(SEPARATOR)[:-1] for path in reach])
    root = "".join(f"{part}{SEPARATOR}" for part in codes)
    if not code:
        return area_by_path(root) if root else None
    area = area_by_code(code)
    if not is_inside(area.path, root) or not is_shown(area.path, reach=reach):
        raise NotFound
    return area


def _kinds_below(area: Area | None) -> tuple[AreaKind, ...]:
    """The kinds of the areas below, from the top down; of a leaf, its own."""
    under = areas_under(area.path if area else EVERYWHERE).order_by("kind")
    found = {AreaKind(kind) for kind in under.values_list("kind", flat=True).distinct()}
    order = tuple(AreaKind)
    own = order.index(AreaKind(area.kind)) if area else -1
    below = tuple(kind for kind in order[own + 1 :] if kind in found)
    return below or order[max(own, 0) : max(own, 0) + 1]


def _period(params: QueryDict, days: Days | None, *, today: date) -> Period:
    if days is not None and days.is_valid():
        return Period(days.cleaned_data["since"], days.cleaned_data["until"])
    code = params.get("period", USUAL)
    return preset(code if code in PRESETS else USUAL, today=today)
