"""Random commands on cases of made-up standards, each held against the model."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from linli.config.bench._engine_acts import ACTS
from linli.config.bench._engine_case import Cast, Run, Tally, Wrong

COMMANDS, WAITS = 14, (1, 7, 61, 25 * 60, 6 * 24 * 60)  # of a run; minutes before each


def drive(
    cast: Cast, *, runs: int, seed: int, at: datetime, tell: Callable[[str], None] | None = None
) -> Tally:
    """Make up so many standards and run a case of each; nothing of it stays.

    `tell` : what is to be done with what is wrong; without it Wrong is raised.
    """
    tally = Tally()
    for number in range(runs):
        name = f"r{seed}_{number}"
        with transaction.atomic():
            try:
                _go(Run(cast, name, at, tally, Random(name)))  # noqa: S311  # no secret
            except Wrong as wrong:
                if tell is None:
                    raise
                tally.wrong += 1
                tell(str(wrong))
            tally.runs += 1
            transaction.set_rollback(True)
    return tally


def _go(run: Run) -> None:
    """Send the commands of a run."""
    kinds = sorted(ACTS) + ["go"] * 5 + ["dispatch"] * 3
    for _ in range(COMMANDS):
        run.at += timedelta(minutes=run.rng.choice(WAITS))
        run.model.clock += 1
        before = run.dues()
        kind = run.rng.choice(kinds + run.wished())
        run.tally.commands += 1
        run.check(ACTS[kind](run), before)
    run.tally.closed += run.model.is_closed
    run.tally.joined += len(run.model.joined)
