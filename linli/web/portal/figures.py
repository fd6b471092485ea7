"""Public figures, for anybody: what is released, one release, and its file.

Serves: R039 R129 X01.
"""

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.domain.catalogue.selectors import parameter
from linli.domain.figures.selectors import published_release, published_releases, tables_of
from linli.kernel.clock import utc_now
from linli.web.ui.figures import csv_rows, method_words, period_words, shown_release
from linli.web.ui.parts import Fact


@require_safe
def figures_page(request: HttpRequest) -> HttpResponse:
    """The releases, the newest first, and by what rules they are made."""
    found = [(release, period_words(release)) for release in published_releases()]
    least = int(parameter("figures.least_count", utc_now()).value)
    return render(
        request, "portal/figures.html", {"releases": found, "method": method_words(least)}
    )


@require_safe
def release_page(request: HttpRequest, number: int) -> HttpResponse:
    """One release. Raises NotFound."""
    release = published_release(number)
    shown = shown_release(
        tables_of(release),
        place=request.GET.get("place", ""),
        matter=request.GET.get("matter", ""),
    )
    facts = [
        Fact(_("统计期"), period_words(release)),
        Fact(_("期号"), str(release.number)),
        Fact(_("公布日期"), release.published_at and timezone.localdate(release.published_at)),
        Fact(_("公布的数"), str(shown.shown)),
        Fact(_("不公布的数"), str(shown.withheld)),
    ]
    method = method_words(release.least)
    context = {"release": release, "shown": shown, "facts": facts, "method": method}
    return render(request, "portal/release.html", context)


@require_safe
def release_file(request: HttpRequest, number: int) -> HttpResponse:
    """One release as a file. Raises NotFound."""
    release = published_release(number)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"linli-figures-{release.period}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.write("\ufeff")
    csv.writer(answer).writerows(csv_rows(tables_of(release)))
    return answer
