"""区域：导入区划、网格和地名 · Areas: import codes, grids and landmarks."""

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linli.config.cli._database import database
from linli.config.cli._given import file_bytes
from linli.config.cli._speech import language, say
from linli.kernel.bounds import MOST_AREA_TABLE, MOST_FEATURES
from linli.kernel.errors import RejectedTogether

if TYPE_CHECKING:
    from linli.domain.places.services import ImportReport, MapTolerance

SHAPES = {".geojson", ".json"}
MOST_SHOWN = 20
WORDS = {"overlap": ("重叠", "overlap"), "gap": ("空白", "gap"), "outside": ("超出上级", "outside")}


@click.group()
def command() -> None:
    """导入区划、网格和地名。Import codes, grids and landmarks."""


@command.command(name="import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--landmarks", is_flag=True, help="文件是地名表。The files list landmarks.")
@click.option("--dry-run", is_flag=True, help="只检查，不写入。Check only, write nothing.")
def import_files(files: tuple[Path, ...], landmarks: bool, dry_run: bool) -> None:
    """导入 CSV 和 GeoJSON，全部正确才写入。Take CSV and GeoJSON files, all of them or none."""
    with database("web"):
        from django.db import transaction

        try:
            with transaction.atomic():
                for report in _take(files, are_landmarks=landmarks):
                    _tell(report)
                transaction.set_rollback(dry_run)
        except RejectedTogether as refused:
            tell_faults(refused)
            sys.exit(1)
    if dry_run:
        say("只做了检查，什么也没有写入。", "This was a check; nothing was written.")


def tell_faults(refused: RejectedTogether) -> None:
    """Print every fault of a refused file with its file, line and column."""
    for fault in refused.faults:
        place = [str(getattr(fault, "source", "")), str(fault.row or ""), fault.field or ""]
        where = ":".join(part for part in place if part)
        click.echo(f"{where}: {fault.message(language())}" if where else fault.message(language()))
    total = int(getattr(refused, "total", len(refused.faults)))
    say(
        f"共 {total} 处问题，什么也没有写入。请改正后重新导入。",
        f"{total} faults in all; nothing was written. Correct them and import again.",
    )


def _take(files: Sequence[Path], *, are_landmarks: bool) -> list["ImportReport"]:
    from linli.domain.access.selectors import SYSTEM_ACTOR
    from linli.domain.places.services import (
        import_area_files,
        import_landmark_file,
        import_polygons,
    )
    from linli.kernel.clock import utc_now

    at = utc_now()
    if are_landmarks:
        return [
            import_landmark_file(
                file_bytes(file, most=MOST_AREA_TABLE), actor=SYSTEM_ACTOR, at=at, source=file.name
            )
            for file in files
        ]
    tables = [file for file in files if file.suffix.lower() not in SHAPES]
    shapes = [file for file in files if file.suffix.lower() in SHAPES]
    reports = []
    if tables:
        named = [(file.name, file_bytes(file, most=MOST_AREA_TABLE)) for file in tables]
        reports.append(import_area_files(named, actor=SYSTEM_ACTOR, at=at))
    for file in shapes:
        report = import_polygons(
            file_bytes(file, most=MOST_FEATURES),
            tolerance=_tolerance(at),
            actor=SYSTEM_ACTOR,
            at=at,
            source=file.name,
        )
        reports.append(report)
    return reports


def _tolerance(at: datetime) -> "MapTolerance":
    from linli.domain.catalogue.selectors import parameter
    from linli.domain.places.services import MapTolerance

    names = ("overlap", "gap", "outside")
    return MapTolerance(*(float(parameter(f"places.{name}_tolerance", at).value) for name in names))


def _tell(report: "ImportReport") -> None:
    say(
        f"{report.content}：读入 {report.rows} 条，新增 {report.created}，更新 {report.changed}。",
        f"{report.content}: {report.rows} read, {report.created} new, {report.changed} changed.",
    )
    for finding in report.findings[:MOST_SHOWN]:
        zh, en = WORDS[finding.kind.value]
        codes, where = " ".join(finding.codes), f"{finding.lng}, {finding.lat}"
        say(
            f"  {zh} {codes}：{finding.area_m2:,.0f} 平方米，位于 {where}",
            f"  {en} {codes}: {finding.area_m2:,.0f} m² at {where}",
        )
    if len(report.findings) > MOST_SHOWN:
        more = len(report.findings) - MOST_SHOWN
        say(f"  另有 {more} 处，见导入记录。", f"  and {more} more, kept with the import.")
