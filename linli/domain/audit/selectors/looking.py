"""Reading who looked at what: for the person it is about, and for whoever audits.

Serves: X02 X10.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import connection
from django.db.models import Q

from linli.domain.audit.events import PersonalDataViewed
from linli.domain.audit.models import Journal, JournalCheck
from linli.domain.audit.rules.faults import Fault
from linli.kernel.paging import Page

MOST_VIEWS = 1_000
COUNT_CAP = 10_000
COUNTS = """
SELECT coalesce(payload::jsonb ->> 'role', ''), coalesce(payload::jsonb ->> 'office', ''),
    (recorded_at AT TIME ZONE %s)::date, count(*)
FROM audit_journal
WHERE event = %s AND recorded_at >= %s AND recorded_at < %s AND actor_id IS NOT NULL
GROUP BY 1, 2, 3
"""


@dataclass(frozen=True)
class View:
    """A look at a case: when, in what post, for what, at which fields; never by whom."""

    at: datetime
    role: str
    office: str
    purpose: str
    fields: tuple[str, ...]
    opening: str = ""


@dataclass(frozen=True)
class Record:
    """A journal row as an auditor sees it: where it stands, and what it says."""

    stream: int
    seq: int
    at: datetime
    event: str
    subject_type: str
    subject_id: str
    actor_id: int | None
    actor_name: str
    data: Mapping[str, object]


@dataclass(frozen=True)
class JournalSearch:
    """What the journal is narrowed by; "" and None for anything.

    Parameters
    ----------
    subject : public id of what the fact is about. actor : name of an account, as the journal has
        it. act : name of an event.
    since, until : moments of recording, until exclusive.
    role, office : of the post in which somebody looked; only looks have them.
    row : id of the one row that a mark names; None for anything.
    without : public ids of what is kept from whoever asks.
    """

    subject: str = ""
    actor: str = ""
    act: str = ""
    since: datetime | None = None
    until: datetime | None = None
    role: str = ""
    office: str = ""
    row: int | None = None
    without: tuple[str, ...] = ()

    def condition(self) -> Q:
        """Return the condition in terms of the table."""
        said = {
            "subject_id": self.subject,
            "actor_name": self.actor,
            "event": self.act,
            "recorded_at__gte": self.since,
            "recorded_at__lt": self.until,
            "pk": self.row,
        }
        found = Q(**{name: value for name, value in said.items() if value})
        for name in ("role", "office"):
            if value := getattr(self, name):
                # As the payload is written: keys in order, no spaces, so the text can be asked.
                found &= Q(payload__contains=f'"{name}":{json.dumps(value, ensure_ascii=False)}')
        return found & ~Q(subject_id__in=self.without) if self.without else found

    def is_empty(self) -> bool:
        """Whether nothing is narrowed."""
        return not any(getattr(self, one.name) for one in fields(self))


@dataclass(frozen=True)
class LastCheck:
    """The newest check of the journal."""

    at: datetime
    actor_name: str
    since: int
    upto: int
    rows: int
    faults: tuple[Fault, ...]


def views_of(case_ref: str) -> list[View]:
    """Return who looked at a case, newest first, at most a thousand."""
    rows = Journal.objects.filter(
        subject_type=PersonalDataViewed.subject_type,
        subject_id=case_ref,
        event=PersonalDataViewed.name,
    )
    return [_view(row) for row in rows.order_by("-seq")[:MOST_VIEWS]]


def newest_view(case_ref: str, *, actor_id: int | None) -> int:
    """Return the id of the row of an account's newest look at a case; 0 where there is none.

    In the transaction of a look it is that look: the stream stays locked to its end.
    """
    rows = Journal.objects.filter(
        subject_type=PersonalDataViewed.subject_type,
        subject_id=case_ref,
        event=PersonalDataViewed.name,
        actor_id=actor_id,
    )
    return rows.order_by("-seq").values_list("id", flat=True).first() or 0


def search_journal(where: JournalSearch, *, page: int, size: int = 50) -> Page[Record]:
    """Return a page of the journal, newest first. Counting stops at 10,000."""
    rows = Journal.objects.filter(where.condition())
    number = max(1, page)
    found = rows.order_by("-id")[(number - 1) * size : number * size]
    total = rows.order_by()[: COUNT_CAP + 1].count()
    shown = [_record(row) for row in found]
    return Page(shown, number, size, min(total, COUNT_CAP), is_counted=total <= COUNT_CAP)


def view_counts(
    *, since: datetime, until: datetime, zone: str
) -> dict[tuple[str, str], dict[date, int]]:
    """Count looks of staff by post (role, code of the unit) and day; persons are not counted."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [zone, PersonalDataViewed.name, since, until])
        counts: dict[tuple[str, str], dict[date, int]] = {}
        for role, office, day, count in cursor.fetchall():
            counts.setdefault((role, office), {})[day] = int(count)
    return counts


def last_check() -> LastCheck | None:
    """Return the newest check of the journal, or None."""
    row = JournalCheck.objects.order_by("-id").first()
    if row is None:
        return None
    faults = tuple(Fault(f["stream"], f["seq"], f["kind"], f["seal"]) for f in row.faults)
    return LastCheck(row.at, row.actor_name, row.since, row.upto, row.rows, faults)


def known_acts() -> list[str]:
    """Return the names of events that the journal holds, in order."""
    # Steps from name to name along the index: a journal of millions has some forty of them.
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE step AS (
                (SELECT event FROM audit_journal ORDER BY event LIMIT 1)
                UNION ALL
                SELECT (SELECT event FROM audit_journal WHERE event > step.event
                    ORDER BY event LIMIT 1) FROM step WHERE step.event IS NOT NULL
            ) SELECT event FROM step WHERE event IS NOT NULL
            """
        )
        return [str(name) for (name,) in cursor.fetchall()]


def _view(row: Journal) -> View:
    said = json.loads(row.payload)
    return View(
        at=row.recorded_at,
        role=said.get("role", ""),
        office=said.get("office", ""),
        purpose=said["purpose"],
        fields=tuple(said["fields"]),
        opening=said.get("opening", ""),
    )


def _record(row: Journal) -> Record:
    return Record(
        stream=row.stream,
        seq=row.seq,
        at=row.recorded_at,
        event=row.event,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        actor_id=row.actor_id,
        actor_name=row.actor_name,
        data=json.loads(row.payload),
    )
