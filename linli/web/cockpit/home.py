"""The page of the cockpit.

Serves: R014 R019 R129 R134.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_safe

from linli.domain.access.selectors import Actor
from linli.domain.places.selectors import AreaKind, area_names, paths_above
from linli.kernel.clock import utc_now
from linli.web.cockpit.areas import legend_of
from linli.web.cockpit.counting import counted, rates_in
from linli.web.cockpit.look import MEASURES, Days, Look, days_form, look_of, reach_paths
from linli.web.cockpit.period import PRESETS
from linli.web.cockpit.signed_in import cockpit_page
from linli.web.cockpit.tables import area_table, matter_table, unit_table
from linli.web.cockpit.tiles import rate_tiles, stock_tiles
from linli.web.cockpit.words import matter_name
from linli.web.ui.navigation import NavItem
from linli.web.ui.parts import FilterTag

KIND_WORDS = {
    AreaKind.PROVINCE: noop("按省"),
    AreaKind.CITY: noop("按市"),
    AreaKind.DISTRICT: noop("按区县"),
    AreaKind.STREET: noop("按街道乡镇"),
    AreaKind.COMMUNITY: noop("按社区村"),
    AreaKind.GRID: noop("按网格"),
    AreaKind.MICRO_GRID: noop("按微网格"),
}
MEASURE_WORDS = {"open": noop("在办工单"), "received": noop("期内受理")}
MAP_WORDS = {"open": noop("各区域在办工单（件）"), "received": noop("各区域期内受理（件）")}


BAR_WORDS = {
    "open": noop("横条是在办工单，其中红色的已超期"),
    "received": noop("横条是期内受理的工单"),
}


@require_safe
@cockpit_page
def home_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """How many cases, where, about what and with whom, and the rates of a span of days."""
    days = days_form(request.GET)
    look = look_of(request.GET, actor=actor, at=utc_now(), days=days)
    board = counted(look)
    initial = {"since": look.period.first, "until": look.period.last}
    shown = {
        "look": look,
        "form": days or Days(initial=initial),
        "place": look.area.name if look.area else _("全部区域"),
        "above": _above(look),
        "tags": _tags(look),
        "periods": [
            NavItem(_(words), look.url(period=code), code == look.period.code)
            for code, words in PRESETS.items()
        ],
        "levels": [
            NavItem(_(KIND_WORDS[kind]), look.url(level=kind.value), kind == look.kind)
            for kind in look.kinds
        ],
        "measures": [
            NavItem(_(MEASURE_WORDS[name]), look.url(show=name), name == look.measure)
            for name in MEASURES
        ],
        "tiles": stock_tiles(look, board),
        "rates": rate_tiles(look, rates_in(look)),
        "areas": area_table(look, board),
        "matters": matter_table(look, board),
        "units": unit_table(look, board),
        "map_name": _(MAP_WORDS[look.measure]),
        "bars": _(BAR_WORDS[look.measure]),
        "map_url": look.url("cockpit:areas"),
        "legend": legend_of(look, board.areas),
    }
    return render(request, "cockpit/home.html", shown, status=422 if days and days.errors else 200)


def _above(look: Look) -> list[FilterTag]:
    """The places above this one that the person may look at, from the top down."""
    reach = reach_paths(look.actor)
    paths = [
        path
        for path in reversed(paths_above(look.area_path)[1:])
        if any(path.startswith(own) for own in reach)
    ]
    names = area_names(paths) if paths else {}
    codes = {path: path.rstrip("/").rpartition("/")[2] for path in paths}
    return [FilterTag(names.get(path, path), look.url(area=codes[path])) for path in paths]


def _tags(look: Look) -> list[FilterTag]:
    if look.matter is None:
        return []
    words = _("事项：%(name)s") % {"name": matter_name(look.matter.name, look.matter.name_en)}
    return [FilterTag(words, look.url(matter=""))]
