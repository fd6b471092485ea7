"""Trying each act in turn, checking, taking it back; and timing a check of an untouched journal."""

import resource
import time
from dataclasses import dataclass, field
from random import Random

from django.db import transaction

from linli.config.bench._answer import Figures, progress
from linli.config.bench._tamper_acts import ACTS, Expected
from linli.config.bench._tamper_scene import Scene, look
from linli.domain.audit.selectors import Fault, verify_journal
from linli.domain.audit.services import seal_journal

SEALS = 20


@dataclass
class Outcome:
    """What came of the acts."""

    tried: dict[str, int] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    misnamed: list[str] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """How many were not found, or not at their place."""
        return len(self.missed) + len(self.misnamed)


def attack(scene: Scene, *, edits: int, seed: int) -> Outcome:
    """Try so many acts, each on the untouched journal."""
    chance, outcome = Random(seed), Outcome()  # noqa: S311  # repeatable on purpose
    for turn in range(edits):
        name = list(ACTS)[turn % len(ACTS)]
        scene.begin()
        with transaction.atomic():
            expected = ACTS[name](scene, chance)
            faults = verify_journal(scene.anchor, scene.keys).faults
            transaction.set_rollback(True)
        outcome.tried[name] = outcome.tried.get(name, 0) + 1
        what = f"{name} in turn {turn}: wanted {expected}, got {faults[:3]}"
        if not faults:
            outcome.missed.append(what)
        elif not any(_is_named(fault, expected) for fault in faults):
            outcome.misnamed.append(what)
    return outcome


def pace(scene: Scene, *, rows: int, processes: int) -> dict[str, float]:
    """Write many facts, seal them, check them; returns seconds and rows a second."""
    batch = 2_000
    for start in range(0, rows, batch):
        with transaction.atomic():
            look(*(f"many-{start}-{n}" for n in range(min(batch, rows - start))))
        if not start % 100_000:
            progress(f"{start} rows written")
    started = time.perf_counter()
    seal_journal(scene.kept, scene.keys)
    sealed = time.perf_counter()
    used = _processor_s()
    report = verify_journal(scene.kept, scene.keys, processes=processes)
    seconds = time.perf_counter() - sealed
    if not report.is_whole:
        raise RuntimeError(f"an untouched journal is not whole: {report.faults[:3]}")
    return {
        "rows": report.checked,
        "seal_s": round(sealed - started, 2),
        "verify_s": round(seconds, 2),
        "rows_per_s": round(report.checked / seconds),
        "cpu_us_per_row": round(1e6 * (_processor_s() - used) / report.checked, 2),
    }


def _processor_s() -> float:
    """Processor time of this process and of those it has waited for; the server's is apart."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def measure(scene: Scene, *, edits: int, seed: int, rows: int, processes: int) -> Figures:
    """Attack a small journal, then time a big one."""
    scene.fill(5_000, seals=SEALS)
    outcome = attack(scene, edits=edits, seed=seed)
    for what in [*outcome.missed, *outcome.misnamed]:
        progress(what)
    return {
        "tried": sum(outcome.tried.values()),
        "failed": outcome.failed,
        "missed": len(outcome.missed),
        "misnamed": len(outcome.misnamed),
        "seed": seed,
        **{f"tried_{name}": count for name, count in outcome.tried.items()},
        **(pace(scene, rows=rows, processes=processes) if rows else {}),
    }


def _is_named(fault: Fault, expected: Expected) -> bool:
    place = (fault.stream, fault.seq) in expected.rows or (
        fault.stream < 0 and fault.seal in expected.seals
    )
    return place and fault.kind in expected.kinds
