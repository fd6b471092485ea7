"""Reckoning and auditing the figures of a period, for a second person to publish.

Serves: R129 X01.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from linli.domain.access.selectors import Actor
from linli.domain.access.services import require_reach
from linli.domain.audit.services import record
from linli.domain.catalogue.selectors import parameter
from linli.domain.figures import errors
from linli.domain.figures.events import FiguresPrepared
from linli.domain.figures.models import Release, ReleasedCell, ReleaseGround
from linli.domain.figures.rules.periods import PartsMissing, Period, inside, period_of, tiles_of
from linli.domain.figures.rules.releasing import Cut, Earlier, cut
from linli.domain.figures.rules.sheets import Key, Sheet, added
from linli.domain.figures.rules.stored import (
    cells_from,
    counts_of,
    digest_of,
    headings_of,
    sheet_from,
)
from linli.domain.figures.services.counting import sheet_of, whole_paths
from linli.methods.disclosure import NotProtectable

LOCK = 1_234_500_018
LEAST, AFTER, SHOWN = "figures.least_count", "figures.release_after", "figures.least_shown"
State = Release.State


@dataclass(frozen=True)
class Draft:
    """What a release would say: its sheet cut for the public, and what it was audited with."""

    period: Period
    cut: Cut
    least: int
    made_of: tuple[str, ...]
    audited_with: tuple[str, ...]

    @property
    def shown(self) -> dict[Key, int | None]:
        """Every count as the public sees it, None where withheld."""
        cells = self.cut.sheet.cells
        return {key: None if key in self.cut.hidden else n for key, n in cells.items()}


def draft_release(code: str, *, actor: Actor, at: datetime) -> Draft:
    """Reckon and audit the figures of a period, and keep nothing.

    Raises NotPermitted without `figures.prepare` over the whole area, PeriodUnknown, PeriodNotDue,
    PeriodReleased, PartsMissing, NotReleasable.
    """
    require_over_all(actor, "figures.prepare")
    try:
        period = period_of(code)
    except ValueError as error:
        raise errors.PeriodUnknown(code) from error
    due = period.due_on(int(parameter(AFTER, at).value))
    if timezone.localdate(at, timezone.get_default_timezone()) < due:
        raise errors.PeriodNotDue(code, due)
    published = {row.period: row for row in Release.objects.filter(state=State.PUBLISHED)}
    refuse_released(period, published)
    try:
        tiles = tiles_of(period, published)
    except PartsMissing as error:
        raise errors.PartsMissing(code, error.missing) from error
    within = inside(period, published)
    earlier = [_earlier(published[one]) for one in within]
    sheet = _sum(tiles, earlier) if tiles else sheet_of(period, at=at)
    least = int(parameter(LEAST, at).value)
    share = float(parameter(SHOWN, at).value)
    try:
        made = cut(sheet, least=least, least_shown=share, earlier=earlier, made_of=tiles)
    except NotProtectable as error:
        raise errors.NotReleasable(code, least) from error
    return Draft(period, made, least, tiles, within)


@transaction.atomic
def prepare_release(code: str, *, actor: Actor, at: datetime) -> Release:
    """Keep the figures of a period for a second person to publish; replaces what was prepared.

    Records FiguresPrepared. Raises what `draft_release` raises.
    """
    lock_releases()
    draft = draft_release(code, actor=actor, at=at)
    Release.objects.filter(period=code, state=State.PREPARED).delete()
    sheet, shown = draft.cut.sheet, draft.shown
    headings = headings_of(sheet)
    release = Release.objects.create(
        period=code,
        first=draft.period.first,
        last=draft.period.last,
        depth=draft.cut.design.depth,
        is_crossed=draft.cut.design.is_crossed,
        least=draft.least,
        headings=headings,
        made_of=list(draft.made_of),
        audited_with=list(draft.audited_with),
        sha256=digest_of(headings, shown),
        prepared_at=at,
        prepared_by=actor.user_id,
        prepared_by_name=actor.name,
    )
    ReleaseGround.objects.create(release=release, counts=counts_of(sheet))
    ReleasedCell.objects.bulk_create(
        ReleasedCell(release=release, table=key.table, row=key.row, column=key.column, cases=n)
        for key, n in shown.items()
    )
    event = FiguresPrepared(
        release.public_id, code, len(shown), withheld=len(draft.cut.hidden), sha256=release.sha256
    )
    record(event, actor=actor, at=at)
    return release


def lock_releases() -> None:
    """Let releases be prepared and published one after another: each is audited with the rest."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def require_over_all(actor: Actor, act: str) -> None:
    """Raise NotPermitted unless the act reaches the whole area that figures are of."""
    require_reach(actor, act, whole_paths())


def refuse_released(period: Period, published: dict[str, Release]) -> None:
    """Raise PeriodReleased where a period, or a longer one around it, is public."""
    for one in (period, *period.above()):
        if one.code in published:
            raise errors.PeriodReleased(period.code, one.code)


def _earlier(release: Release) -> Earlier:
    sheet = sheet_from(release.headings, cells_from(release.ground.counts))
    hidden = frozenset(
        Key(*place)
        for place in release.cells.filter(cases=None).values_list("table", "row", "column")
    )
    return Earlier(release.period, sheet, hidden, tuple(release.made_of))


def _sum(tiles: tuple[str, ...], earlier: list[Earlier]) -> Sheet:
    """Add the parts up, each as coarse as the coarsest of them was released."""
    parts = [one for one in earlier if one.code in tiles]
    depth = min(max(place.depth for place in one.sheet.places) for one in parts)
    crossed = all(_is_crossed(one.sheet) for one in parts)
    return added([one.sheet.to(depth=depth, is_crossed=crossed) for one in parts])


def _is_crossed(sheet: Sheet) -> bool:
    return any(key.table == "place" and key.row and key.column for key in sheet.cells)
