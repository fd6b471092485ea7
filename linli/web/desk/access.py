"""Who may do what: the policy table as it is in force, and what one's own posts give.

Serves: R033 R129.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.domain.access.selectors import POLICY, Grant, Holding, Reach, Role, grants_of
from linli.domain.organisations.selectors import units_by_ids
from linli.domain.places.selectors import area_names
from linli.web.desk.signed_in import staff_page
from linli.web.desk.words import level_words
from linli.web.ui.actors import actor_of
from linli.web.ui.parts import Column, Row

OVER = {
    Reach.AREA: gettext_lazy("本区域"),
    Reach.UNIT: gettext_lazy("本单位经办"),
    Reach.ABOVE: gettext_lazy("上级区域"),
}
STATES = {"open": gettext_lazy("仅办理中"), "closed": gettext_lazy("仅办结后")}
NOT_GRANTED = "--"


@dataclass(frozen=True)
class Seat:
    """A post of one's own, in words."""

    role: str
    unit: str
    area: str
    level: str


@staff_page
@require_GET
def access_page(request: HttpRequest) -> HttpResponse:
    """Show the whole table to every member of staff: rules that bind people are open to them."""
    holdings = actor_of(request).holdings
    own = {holding.role for holding in holdings}
    return render(
        request,
        "desk/access.html",
        {
            "seats": _seats(holdings),
            "columns": [Column(_("可以做的事")), *(Column(_role(role)) for role in Role)],
            "rows": [_row(act) for act in POLICY.acts],
            "own_columns": [Column(_("可以做的事")), Column(_("范围"))],
            "own_rows": [row for act in POLICY.acts for row in _own_row(act, own)],
        },
    )


def _lang() -> str:
    return get_language() or "zh-hans"


def _role(role: str) -> str:
    return POLICY.roles[Role(role)].name(_lang())


def _row(act: str) -> Row:
    name = POLICY.acts[act].name(_lang())
    return Row([name, *(_cell(act, grants_of(role, act)) for role in Role)])


def _own_row(act: str, roles: set[str]) -> list[Row]:
    grants = [grant for role in sorted(roles) for grant in grants_of(role, act)]
    return [Row([POLICY.acts[act].name(_lang()), _cell(act, grants)])] if grants else []


def _cell(act: str, grants: list[Grant] | tuple[Grant, ...]) -> str:
    told = dict.fromkeys(_grant(act, grant) for grant in grants)
    return " / ".join(told) or NOT_GRANTED


def _grant(act: str, grant: Grant) -> str:
    words = [str(OVER[grant.over])]
    if POLICY.acts[act].of in ("case", "record"):
        words.append(_("至%(level)s") % {"level": level_words(grant.up_to)})
    if grant.state in STATES:
        words.append(str(STATES[grant.state]))
    return " · ".join(words)


def _seats(holdings: tuple[Holding, ...]) -> list[Seat]:
    units = units_by_ids({holding.unit_id for holding in holdings})
    areas = area_names({holding.area_path for holding in holdings})
    return [
        Seat(
            role=_role(holding.role),
            unit=units[holding.unit_id].name,
            area=areas.get(holding.area_path, holding.area_path),
            level=level_words(holding.clearance) if holding.clearance else "",
        )
        for holding in holdings
    ]
