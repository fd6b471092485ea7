"""Made-up standards are carried out as a second telling of them says; benches run thousands.

Serves: R105 R106 R107.
"""

from linli.config.bench._engine_case import Cast
from linli.config.bench._engine_run import drive
from linli.domain.cases.tests.builders import AT

RUNS, SEED = 25, 20261125


def test_random_commands_on_random_standards_do_what_the_model_says(cast: Cast) -> None:
    tally = drive(cast, runs=RUNS, seed=SEED, at=AT)

    assert tally.runs == RUNS
    assert min(tally.refused, tally.repeated, tally.closed, tally.migrated) > 0
