"""A street with a counselling room, laid out once for each file of tests."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from linli.domain.care.tests.builders import Room, build_room


@pytest.fixture(scope="module")
def room(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Room]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_room()
        transaction.set_rollback(True)
