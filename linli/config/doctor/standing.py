"""What the platform works by: packs, and a calendar that reaches far enough."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings

from linli.config.database.migrating import pending
from linli.config.doctor.finding import Finding
from linli.domain.catalogue.selectors import calendar, packs_in_force
from linli.kernel.clock import utc_now
from linli.kernel.errors import LinliError

# Whoever must enter the next year's notice is told this long before the known days run out.
AHEAD = timedelta(days=60)


def standing_findings() -> Iterator[Finding]:
    """Yield what concerns packs and calendar; nothing while tables are missing."""
    if pending():
        return
    yield _packs()
    yield _calendar(utc_now())


def _packs() -> Finding:
    packs = packs_in_force()
    said = ", ".join(f"{pack.code} {pack.version}" for pack in packs)
    return Finding(
        bool(packs),
        f"标准包 {said}" if packs else "没有已发布的标准包",
        f"Packs {said}" if packs else "No pack is published",
        "" if packs else "linli packs publish",
    )


def _calendar(at: datetime) -> Finding:
    known = _confirmed_years(at)
    soon = {at.year, (at + AHEAD).year}
    until = max(known, default="--")
    return Finding(
        at.year in known,
        f"工作日历到 {until} 年",
        f"Working calendar until the end of {until}",
        "" if soon <= known else f"packs/*/calendar/{max(soon)}.yaml, linli packs publish",
    )


def _confirmed_years(at: datetime) -> frozenset[int]:
    try:
        return calendar(settings.LINLI_REGION, at).confirmed_years
    except LinliError:
        return frozenset()
