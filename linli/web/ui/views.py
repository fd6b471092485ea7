"""The pattern page and the sign of life."""

from django.db import connection
from django.db.utils import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from linli.web.ui.patterns import pattern_areas, pattern_context


def patterns(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    return render(request, "ui/patterns.html", pattern_context())


def patterns_map(request: HttpRequest) -> JsonResponse:
    """Answer the areas that the pattern page's map draws."""
    return JsonResponse(pattern_areas())


def healthz(request: HttpRequest) -> HttpResponse:
    """Say whether the platform can serve: 200 where the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database does not answer\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
