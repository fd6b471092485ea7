"""A connection that is used again has forgotten whom it served.

Serves: R129 X02.
"""

import pytest
from django.db import connection, transaction

from linli.config.walling import tell
from linli.domain.access.wall import see_as, standing
from linli.domain.cases.models import Case
from linli.domain.cases.tests.builders import build_town, new_case

NOW = "SELECT current_setting('linli.areas', true), current_setting('linli.held', true)"


def told() -> tuple[str, ...]:
    raw = connection.connection
    row = raw.execute(NOW).fetchone()
    return tuple(value or "" for value in row)


@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_person_stays_on_a_connection_for_the_next():
    town = build_town()
    new_case(town)
    raw = connection.connection
    raw.execute("SET ROLE linli_web")
    try:
        with standing(), connection.execute_wrapper(tell):
            see_as(town.clerk)
            assert Case.objects.count() == 1
            assert told() == ("", "")
            with transaction.atomic():
                assert Case.objects.count() == 1
                assert told()[0] != ""
            assert told() == ("", "")
            with pytest.raises(ZeroDivisionError), transaction.atomic():
                assert Case.objects.count() == 1
                raise ZeroDivisionError
            assert told() == ("", "")
        with standing(), connection.execute_wrapper(tell):
            assert Case.objects.count() == 0
            see_as(town.outsider)
            with transaction.atomic():
                assert Case.objects.count() == 0
            see_as(town.clerk)
            with transaction.atomic():
                rows = Case.objects.order_by("pk").iterator(chunk_size=1)
                assert [row.area_path for row in rows] == [Case.objects.get().area_path]
            with pytest.raises(RuntimeError, match="need a transaction"):
                list(Case.objects.iterator(chunk_size=1))
        assert connection.connection is raw
        assert Case.objects.count() == 0
    finally:
        raw.execute("RESET ROLE")
