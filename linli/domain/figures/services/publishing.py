"""Making figures public, by a second person; from then on nobody can change them.

Serves: R129 X01.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from linli.domain.access.selectors import Actor
from linli.domain.audit.services import record
from linli.domain.figures import errors
from linli.domain.figures.events import FiguresPublished
from linli.domain.figures.models import Release
from linli.domain.figures.rules.periods import inside, period_of
from linli.domain.figures.services.preparing import (
    lock_releases,
    refuse_released,
    require_over_all,
)
from linli.kernel.errors import NotFound

State = Release.State


@transaction.atomic
def publish_release(ref: str, *, actor: Actor, at: datetime) -> Release:
    """Publish what another person has prepared, under the next number.

    Records FiguresPublished. Raises NotPermitted without `figures.publish` over the whole area,
    SecondPersonNeeded for who prepared it, NotFound, PeriodReleased, and ReleaseStale where
    something within the period was published since.
    """
    require_over_all(actor, "figures.publish")
    lock_releases()
    release = Release.objects.select_for_update().filter(public_id=ref).first()
    if release is None:
        raise NotFound
    period = period_of(release.period)
    if actor.user_id is None or actor.user_id == release.prepared_by:
        raise errors.SecondPersonNeeded
    published = {row.period: row for row in Release.objects.filter(state=State.PUBLISHED)}
    refuse_released(period, published)
    if list(inside(period, published)) != release.audited_with:
        raise errors.ReleaseStale(release.period)
    last = Release.objects.aggregate(last=Max("number"))["last"] or 0
    release.state, release.number = State.PUBLISHED, last + 1
    release.published_at = at
    release.published_by, release.published_by_name = actor.user_id, actor.name
    release.save(
        update_fields=["state", "number", "published_at", "published_by", "published_by_name"]
    )
    event = FiguresPublished(release.public_id, last + 1, release.period, sha256=release.sha256)
    record(event, actor=actor, at=at)
    return release
