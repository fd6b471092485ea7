"""The map's data: outlines of the places in reach, each with its figure, class and address.

Serves: R129.
"""

import hashlib
import json
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from linli.domain.access.selectors import Actor
from linli.domain.cases.selectors import Branch
from linli.domain.places.selectors import outlines_for_drawing
from linli.kernel.clock import utc_now
from linli.web.cockpit.classes import classes_by, limits_of
from linli.web.cockpit.counting import counted, measured
from linli.web.cockpit.look import Look, days_form, look_of
from linli.web.cockpit.signed_in import cockpit_page
from linli.web.ui.parts import MapClass
from linli.web.ui.wording import number_text


@require_safe
@cockpit_page
def areas_file(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The areas of a look as GeoJSON; a browser that holds the same answer is told so."""
    days = days_form(request.GET)
    look = look_of(request.GET, actor=actor, at=utc_now(), days=days)
    outlines = outlines_for_drawing(look.area_path, look.kind)
    branches = counted(look).areas
    classes = classes_by(measured(look, branches))
    features = [
        {
            "type": "Feature",
            "geometry": outlines[branch.code],
            "properties": _properties(look, branch, classes),
        }
        for branch in branches
        if branch.code in outlines
    ]
    found = {"type": "FeatureCollection", "features": features}
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    response = HttpResponse(body, content_type="application/geo+json")
    response.headers["Cache-Control"] = "private, no-cache"
    etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    return HttpResponse(status=500) if answer is None else answer


def legend_of(look: Look, branches: tuple[Branch, ...]) -> list[MapClass]:
    """Say what each class of the map holds, by the figures met in it."""
    values = measured(look, branches)
    return [
        MapClass(number, _range_words(least, greatest))
        for number, least, greatest in limits_of(values, classes_by(values))
    ]


def _range_words(least: int, greatest: int) -> str:
    if least == greatest:
        return number_text(least)
    return _("%(least)s～%(greatest)s") % {
        "least": number_text(least),
        "greatest": number_text(greatest),
    }


def _properties(look: Look, branch: Branch, classes: Mapping[str, int]) -> dict[str, object]:
    value = measured(look, (branch,))[branch.code]
    is_here = look.area is not None and branch.code == look.area.code
    return {
        "code": branch.code,
        "name": _short(branch.name, look),
        "value": ngettext("%(count)s 件", "%(count)s 件", value) % {"count": number_text(value)},
        "class": classes[branch.code],
        "url": "" if is_here else look.url(area=branch.code),
    }


def _short(name: str, look: Look) -> str:
    """Leave out the place looked at: on its map 第 3 网格 says enough."""
    return (name.removeprefix(look.area.name) if look.area else name).strip() or name
