"""Renditions, from the two sides: whoever reaches the case, and the unit complained about.

The unit gets `Asked`, which has no way to the case: neither its number nor when it came.

Serves: X08 R129.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from linli.domain.access import wall
from linli.domain.access.selectors import Actor
from linli.domain.cases.models import Case, Feedback, Link, Rendition
from linli.domain.cases.rules.renditions import Finding, Original, findings_in
from linli.domain.catalogue.selectors import parameter
from linli.domain.organisations.selectors import units_by_ids
from linli.domain.vault.selectors import traces_of
from linli.kernel.errors import NotFound
from linli.kernel.paging import Page

ANSWER = "rendition.answer"
PAGE_SIZE = 50
OPEN = (Rendition.State.DRAFT, Rendition.State.APPROVED, Rendition.State.SENT)


@dataclass(frozen=True)
class Asked:
    """What a unit is asked to answer: all that it may know.

    Parameters
    ----------
    ref : public id of the rendition, which tells nothing of the case.
    text, reply : "" once it was withdrawn.
    state : sent, answered or withdrawn. sent_on : the day; the hour is nobody's business.
    """

    ref: str
    unit: str
    text: str
    reply: str
    state: str
    sent_on: date
    due_at: datetime | None
    due_is_provisional: bool
    answered_at: datetime | None

    @property
    def is_waiting(self) -> bool:
        """Whether a reply is still to be given."""
        return self.state == Rendition.State.SENT


def renditions_of(case: Case) -> list[Rendition]:
    """Return the renditions of a case in reach, newest first."""
    rows = Rendition.objects.filter(case=case).select_related("unit")
    return list(rows.order_by("-written_at", "-id"))


@wall.wider("merged")
def findings_for(case: Case, text: str, *, at: datetime) -> list[Finding]:
    """Return what in a text would tell the units complained about who complains.

    The vault is asked whether a person's data stand in it; none of them comes out. Raises
    SealBroken, KeyMissing.
    """
    cases = [case, *_merged_into(case)]
    named = units_by_ids(set(case.respondent_ids))
    comments = Feedback.objects.filter(case__in=cases).exclude(comment="")
    original = Original(
        texts=[
            *(text for one in cases for text in (one.title, one.body)),
            *comments.values_list("comment", flat=True),
        ],
        addresses=[one.address for one in cases],
        numbers=[number for one in cases for number in _numbers(one)],
        names=[
            *(name for unit in named.values() for name in (unit.name, unit.name_en)),
            *(name for one in cases for name in (one.matter.name, one.area.name)),
        ],
    )
    traces = traces_of([one.public_id for one in cases], text)
    least = int(parameter("rendition.quoted_run", at).value)
    return findings_in(text, original, traces=traces, least=least)


def renditions_for(actor: Actor, *, page: int = 1, size: int = PAGE_SIZE) -> Page[Asked]:
    """Return a page of what the actor's units were asked to answer, by the time of sending."""
    rows = _sent_to(actor)
    number = max(1, page)
    found = rows.order_by("-sent_at", "public_id")[(number - 1) * size : number * size]
    return Page([_asked(row) for row in found], number, size, rows.count())


def rendition_for(actor: Actor, ref: str) -> Asked:
    """Return what a unit of the actor was asked to answer. Raises NotFound."""
    row = None if "\0" in ref else _sent_to(actor).filter(public_id=ref).first()
    if row is None:
        raise NotFound
    return _asked(row)


def unanswered_renditions(actor: Actor) -> QuerySet[Rendition]:
    """Return what the actor's units have still to answer."""
    return _sent_to(actor).filter(state=Rendition.State.SENT)


@wall.wider("shielded")
def shielded_refs(actor: Actor) -> list[str]:
    """Return the public ids of all cases that complain about a unit of the actor or one above."""
    own = list(actor.belongs_to())
    if not own or actor.is_system:
        return []
    rows = Case.objects.filter(respondent_ids__overlap=own).exclude(respondent_ids=[])
    return list(rows.values_list("public_id", flat=True))


def _sent_to(actor: Actor) -> QuerySet[Rendition]:
    """What was sent to units whose work the actor does; no join leads to the case."""
    rows = Rendition.objects.filter(unit_id__in=actor.units_for(ANSWER), sent_at__isnull=False)
    return rows.select_related("unit")


def _asked(row: Rendition) -> Asked:
    if row.sent_at is None:
        raise NotFound
    is_shut = row.state == Rendition.State.WITHDRAWN
    return Asked(
        ref=row.public_id,
        unit=row.unit.name,
        text="" if is_shut else row.text,
        reply="" if is_shut else row.reply,
        state=row.state,
        sent_on=timezone.localdate(row.sent_at),
        due_at=row.due_at,
        due_is_provisional=row.due_is_provisional,
        answered_at=row.answered_at,
    )


def _merged_into(case: Case) -> Sequence[Case]:
    """The cases that were closed as duplicates of a case, and of those."""
    links = Link.objects.filter(kind=Link.Kind.DUPLICATE)
    found: set[int] = set()
    step = {case.pk}
    while step:
        step = set(links.filter(other__in=step).values_list("case_id", flat=True)) - found
        found |= step
    rows = Case.objects.filter(pk__in=found - {case.pk}).select_related("matter", "area")
    return list(rows.order_by("pk"))


def _numbers(case: Case) -> list[str]:
    """What names a case to people and systems: the last line of its search text is the source's."""
    return [case.number, case.public_id, case.search_text.rpartition("\n")[2]]
