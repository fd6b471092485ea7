from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from tests.doors.population import Population, settle


@pytest.fixture(scope="module")
def population(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Population]:
    """The district, built once for all questions of a module and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = settle()
        # Now and once, else each test would check the foreign keys of the whole district.
        connection.check_constraints()
        yield found
        transaction.set_rollback(True)
