"""A ledger as a map: its records as marks where they lie, the same records in a table beside it.

Serves: R017.
"""

import json
from collections.abc import Iterator, Sequence
from math import cos, pi, radians, sin

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from linli.domain.audit.services import record_list
from linli.domain.ledgers.selectors import Record, points_within
from linli.kernel.errors import NotFound
from linli.web.desk.ledgers.base import Opened, counted, opened, state_of, tabs
from linli.web.desk.ledgers.searching import search_of
from linli.web.desk.signed_in import staff_page
from linli.web.ui.parts import Column, Row

EARTH = (-180.0, -90.0, 180.0, 90.0)
MOST = 500  # marks; more are a blot, and the list below names how many are left out
CORNERS = 12
SHARE, LEAST = 0.008, 0.0004  # radius of a mark: of the width of all, and in degrees
CLASS = 4  # of the map's five tints: dark enough to be seen, one for all


@staff_page
@require_GET
@transaction.atomic
def map_page(request: HttpRequest, code: str) -> HttpResponse:
    """The map and its table."""
    held = _with_map(request, code)
    search = search_of(request.GET, held)
    found = _placed(request, held)
    refs = [record.public_id for record in found[:MOST]]
    record_list(refs, door="ledger", actor=held.actor, at=held.at)
    query = request.GET.urlencode()
    context = {
        "opened": held,
        "tabs": tabs(held, "ledger-map", query=query),
        "search": search,
        "form": search.form,
        "places": f"{held.url('ledger-places')}?{query}",
        "columns": [Column(_("名称")), Column(_("编号")), Column(_("状态"))],
        "rows": [
            Row(
                [record.title, record.number, state_of(held.ledger, record)],
                held.url("record", record.public_id),
            )
            for record in found[:MOST]
        ],
        "left_out": _left_out(len(found) - MOST),
    }
    return render(
        request, "desk/ledgers/map.html", context, status=422 if search.form.errors else 200
    )


@staff_page
@require_GET
def places_file(request: HttpRequest, code: str) -> HttpResponse:
    """The marks of the map as GeoJSON; several records in one place are one mark."""
    held = _with_map(request, code)
    found = {"type": "FeatureCollection", "features": list(_marks(held, _placed(request, held)))}
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    response = HttpResponse(body, content_type="application/geo+json")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _left_out(count: int) -> str:
    words = ngettext(
        "还有 %(count)s 条没有画出，请用条件缩小范围。",
        "还有 %(count)s 条没有画出，请用条件缩小范围。",
        count,
    )
    return counted(words, count) if count > 0 else ""


def _with_map(request: HttpRequest, code: str) -> Opened:
    held = opened(request, code)
    if held.ledger.map is None:
        raise NotFound
    return held


def _placed(request: HttpRequest, held: Opened) -> list[Record]:
    where = search_of(request.GET, held).where
    if where is None:
        return []
    return points_within(held.actor, held.code, box=EARTH, where=where, at=held.at)


def _marks(held: Opened, found: Sequence[Record]) -> Iterator[dict[str, object]]:
    places: dict[tuple[float, float], list[Record]] = {}
    for record in found[:MOST]:
        if record.lng is not None and record.lat is not None:
            places.setdefault((record.lng, record.lat), []).append(record)
    lngs = [lng for lng, _lat in places] or [0.0]
    radius = max(LEAST, (max(lngs) - min(lngs)) * SHARE)
    for (lng, lat), here in places.items():
        alone = here[0] if len(here) == 1 else None
        yield {
            "type": "Feature",
            "geometry": {"type": "Polygon", "coordinates": [_ring(lng, lat, radius)]},
            "properties": {
                "code": here[0].number,
                "name": here[0].title,
                "value": "" if alone else _("等 %(count)d 条") % {"count": len(here)},
                "class": CLASS,
                "url": held.url("record", here[0].public_id) if alone else held.url("ledger"),
            },
        }


def _ring(lng: float, lat: float, radius: float) -> list[list[float]]:
    """A round mark about a point; as wide as it is high where it lies."""
    wide = radius / max(0.1, cos(radians(lat)))
    turns = [2 * pi * step / CORNERS for step in range(CORNERS)]
    ring = [[round(lng + wide * cos(t), 6), round(lat + radius * sin(t), 6)] for t in turns]
    return [*ring, ring[0]]
