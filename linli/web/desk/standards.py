"""Standards at the desk: how each kind of case is done, as a picture and as cards.

Rules that bind people are open to them: every member of staff reads them all.

Serves: R105 R106 R107 R108 R109.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.domain.catalogue.selectors import (
    StandardVersion,
    standard_by_code,
    standards_in_force,
)
from linli.domain.catalogue.selectors.charting import (
    chart_for,
    published_version,
    published_versions,
)
from linli.kernel.clock import utc_now
from linli.methods.process.bpmn import bpmn_of
from linli.methods.process.picture import described, svg_of
from linli.web.desk.signed_in import staff_page
from linli.web.desk.sop import cards_of, told_of
from linli.web.desk.words import name_of
from linli.web.ui.parts import Column, Fact, Row

TYPES = {"bpmn": "application/xml", "svg": "image/svg+xml"}


@staff_page
@require_GET
def standards_page(request: HttpRequest) -> HttpResponse:
    """The standards in force, by code."""
    rows = [
        Row(
            [name_of(one), one.version, one.valid_from.isoformat(), len(one.definition.stages)],
            url=f"{one.code}/",
        )
        for one in standards_in_force(utc_now())
    ]
    columns = [
        Column(_("标准")),
        Column(_("版本")),
        Column(_("施行日")),
        Column(_("环节"), is_number=True),
    ]
    return render(request, "desk/standards.html", {"rows": rows, "columns": columns})


@staff_page
@require_GET
def standard_page(request: HttpRequest, code: str) -> HttpResponse:
    """One version of a standard: picture, cards, files. Raises NoStandard."""
    version = _asked(request, code)
    chart = chart_for(version, lang=_lang())
    told = told_of(version, lang=_lang())
    shown = {
        "standard": version,
        "name": name_of(version),
        "described": described(chart),
        "facts": _facts(version, told.quoted(version.definition)),
        "cards": cards_of(version.definition, told),
        "versions": [one.version for one in published_versions(code) if one.pk != version.pk],
    }
    return render(request, "desk/standard.html", shown)


@staff_page
@require_GET
def standard_file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The process as BPMN 2.0 to take away, or as SVG to look at. Raises NoStandard."""
    version = _asked(request, code)
    chart = chart_for(version, lang=_lang())
    text = bpmn_of(chart) if form == "bpmn" else svg_of(chart)
    answer = HttpResponse(text, content_type=f"{TYPES[form]}; charset=utf-8")
    if form == "bpmn" or "download" in request.GET:
        name = f"{version.code}-{version.version}.{form}"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _asked(request: HttpRequest, code: str) -> StandardVersion:
    """The version that the address asks for, else the one in force."""
    asked = request.GET.get("version", "")
    found = asked or standard_by_code(code, utc_now()).version
    return published_version(code, found)


def _lang() -> str:
    return get_language() or "zh-hans"


def _facts(version: StandardVersion, basis: str) -> list[Fact]:
    return [
        Fact(_("版本"), version.version),
        Fact(_("施行日"), version.valid_from.isoformat()),
        Fact(_("状态"), version.get_status_display()),
        Fact(_("依据"), basis),
    ]
