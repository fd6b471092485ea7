"""Two who publish at once do so one after the other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.catalogue.models import Matter, Pack
from linli.domain.catalogue.services import publish_pack
from linli.domain.catalogue.tests.builders import write

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_the_same_pack_published_by_four_at_once_stands_once(tmp_path: Path) -> None:
    write(tmp_path)

    def publish(_: int) -> int:
        try:
            return publish_pack(tmp_path, actor=SYSTEM_ACTOR, at=AT).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(publish, range(4)))

    assert len(keys) == 1
    assert (Pack.objects.count(), Matter.objects.count()) == (1, 3)
