"""Who runs made-up standards: the cast of the cases' tests."""

import pytest

from linli.config.bench._engine_case import Cast
from linli.domain.cases.tests.builders import build_town


@pytest.fixture
def cast(db: None) -> Cast:
    town = build_town()
    return Cast(
        clerk=town.clerk,
        supervisor=town.supervisor,
        lead=town.handler,
        helper=town.helper,
        outsider=town.outsider,
        units=("works", "water"),
        area="990101001001",
    )
