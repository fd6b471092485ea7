"""The street of the cases' tests, and whoever has no part in it."""

import pytest

from linli.domain.access.models import User
from linli.domain.cases.models import Case
from linli.domain.cases.tests.builders import Town, build_town, new_case
from linli.domain.cases.tests.posted import ELSEWHERE, posted


@pytest.fixture
def town() -> Town:
    return build_town()


@pytest.fixture
def case(town: Town) -> Case:
    return new_case(town)


@pytest.fixture
def asker(town: Town) -> User:
    return posted("asker", "clerk", unit="far", area=ELSEWHERE)


@pytest.fixture
def chief(town: Town) -> User:
    return posted("chief", "supervisor")
