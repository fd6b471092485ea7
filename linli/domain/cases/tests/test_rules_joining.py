"""When a stage that waits for parts is left by itself.

Serves: R106.
"""

from datetime import UTC, datetime, timedelta

import pytest

from linli.domain.cases.rules.flow import join_is_met

BEGAN = datetime(2026, 3, 2, 2, tzinfo=UTC)
BEFORE, AFTER = BEGAN - timedelta(hours=1), BEGAN + timedelta(hours=1)


@pytest.mark.parametrize(
    ("join", "ends", "is_met"),
    [
        ("all", [], False),
        ("any", [], False),
        ("all", [AFTER, None], False),
        ("any", [AFTER, None], True),
        ("all", [AFTER, AFTER], True),
        ("all", [BEFORE, AFTER], True),
        ("all", [BEFORE, BEFORE], False),
        ("any", [BEFORE, None], False),
        ("all", [BEGAN], False),
    ],
)
def test_a_stage_goes_on_by_itself_once_a_part_ends_while_it_runs(join, ends, is_met):
    assert join_is_met(join, ends, since=BEGAN) is is_met
