"""Addresses with a NUL, which the database would choke on: whoever sends one, nothing breaks."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from linli.domain.cases.tests.builders import build_town
from linli.web.desk.tests.builders import signed_in

pytestmark = pytest.mark.django_db
PARAMETERS = (
    *("area", "matter", "level", "period", "since", "until", "show", "page", "q", "status", "due"),
    *("stage", "unit", "urgency", "channel", "by", "kind", "next", "name", "user", "check", "to"),
)


def addresses(resolver: URLResolver, prefix: str = "/"):
    """Every address that there is, each of its open places filled with a word."""
    for one in resolver.url_patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one, route)
        elif isinstance(one, URLPattern) and "(" not in route and "^" not in route:
            yield route


@pytest.fixture
def pages() -> list[str]:
    found = [route for route in addresses(get_resolver()) if not route.startswith("/api/")]
    assert len(found) > 30
    return found


def filled(route: str, word: str) -> str:
    parts = [word if "<" in part else part for part in route.split("/")]
    return "/".join(parts)


def test_no_address_breaks_by_a_nul(pages):
    town = build_town()
    for name in ("clerk", "supervisor"):
        client = signed_in(town, name)
        for route in pages:
            for parameter in PARAMETERS:
                answer = client.get(f"{filled(route, '1')}?{parameter}=%00x")
                assert answer.status_code in (302, 404), (route, parameter)
            if "<" in route:
                assert client.get(filled(route, "%00")).status_code in (302, 404), route
