"""Every journey is walked under the role of the web's processes, behind the second wall."""

from collections.abc import Iterator

import pytest
from django.conf import settings as now
from django.test import override_settings

from linli.config.bench._web_role import AS_WEB_ROLE
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.vault.services import begin_keys
from linli.kernel.clock import utc_now


@pytest.fixture(autouse=True)
def the_role_of_real_pages(request: pytest.FixtureRequest) -> Iterator[None]:
    """Make the keys that only the owner makes, then let each request take the web's role."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None:
        yield
        return
    request.getfixturevalue("transactional_db" if marker.kwargs.get("transaction") else "db")
    begin_keys(actor=SYSTEM_ACTOR, at=utc_now())
    with override_settings(MIDDLEWARE=[AS_WEB_ROLE, *now.MIDDLEWARE]):
        yield
