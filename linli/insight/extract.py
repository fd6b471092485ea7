"""Making the extracts: the only reader of the domain for analytics.

Serves: R129 X01.
"""

from datetime import datetime

from django.db import transaction

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor
from linli.domain.audit.services import record
from linli.domain.cases.selectors import counts_of_days
from linli.insight.events import ExtractMade
from linli.insight.models import DailyCount

BATCH = 5_000


@transaction.atomic
def make_extract(*, at: datetime, actor: Actor = SYSTEM_ACTOR) -> int:
    """Make the daily counts anew, whole; returns how many rows there are. Records ExtractMade.

    Readers see the old rows until the new ones stand. Cases are counted where and as they are
    now: one that was moved to another matter counts there, also for the day on which it came in.
    """
    days = [DailyCount(**vars(count)) for count in counts_of_days(SYSTEM_ACTOR)]
    DailyCount.objects.all().delete()
    DailyCount.objects.bulk_create(days, batch_size=BATCH)
    seen = sorted({row.day.isoformat() for row in days}) or [""]
    table = DailyCount._meta.db_table
    record(ExtractMade(table, len(days), first=seen[0], last=seen[-1]), actor=actor, at=at)
    return len(days)
