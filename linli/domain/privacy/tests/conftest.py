"""The street, laid out once for each file of tests and taken back at its end."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from linli.domain.cases.tests.builders import Town
from linli.domain.privacy.tests.builders import build_privacy_town


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_privacy_town()
        transaction.set_rollback(True)
