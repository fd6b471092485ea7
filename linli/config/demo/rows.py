"""What became of each row of a file, and why, as CSV beside the demo's data."""

import csv
from collections.abc import Sequence
from pathlib import Path

from linli.config.demo.clerk import Fate
from linli.config.demo.summary import DONES, WHYS
from linli.kernel.formulas import harmless

HEADS = (
    "来源编号 source number",
    "工单 case",
    "事项 matter",
    "把握 probability",
    "结果 outcome",
    "单位或原因 unit or reason",
    "识读说明 what the reading says",
)


def write_rows(fates: Sequence[Fate], *, path: Path) -> None:
    """Write a line a case: its numbers, what was read, what was done and what was unsure."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADS)
        for fate in fates:
            writer.writerow(map(harmless, _cells(fate)))


def _cells(fate: Fate) -> tuple[str, ...]:
    return (
        fate.source_id,
        fate.case.number,
        fate.case.matter.name,
        "" if fate.probability is None else f"{fate.probability:.2f}",
        " ".join(DONES[fate.done]),
        " ".join(WHYS[fate.why]) if fate.why else fate.unit,
        fate.detail,
    )
