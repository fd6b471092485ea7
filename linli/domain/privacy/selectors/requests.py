"""Requests of persons: of a case, about a case, and what they may be shown."""

from dataclasses import dataclass
from datetime import datetime

from linli.domain.access import wall
from linli.domain.cases.models import Case, WorkItem
from linli.domain.catalogue.selectors import StandardVersion
from linli.domain.needs.models import Reading
from linli.domain.privacy.models import Amendment, PersonalRequest


@dataclass(frozen=True)
class Explanation:
    """By what a case was decided on; the reasons are those kept at the time.

    Parameters
    ----------
    standard : the version of the standard that the case began under.
    sources : what its limits stand on.
    suggested, chance : matter that the machine suggested first, in shares; "" where it abstained.
    decided : matter on which a person decided.
    reasons : what the machine said of each suggestion, in Chinese and English.
    """

    standard: StandardVersion
    sources: tuple[str, ...]
    suggested: str
    chance: float
    decided: str
    reasons: tuple[tuple[str, str], ...]


@wall.wider("requests")
def request_of(case: Case) -> PersonalRequest | None:
    """Return the request that a case is; None for any other case."""
    rows = PersonalRequest.objects.select_related("about__standard", "about__area")
    return rows.filter(case=case).first()


def requests_about(case: Case) -> list[PersonalRequest]:
    """Return the requests about the data of a case, newest first."""
    rows = PersonalRequest.objects.filter(about=case).select_related("case__standard")
    with wall.wider("requests"):
        found = list(rows.order_by("-asked_at", "-case_id"))
    wall.hold(request.case_id for request in found)
    return found


def amendments_of(case: Case) -> list[Amendment]:
    """Return what the person set right, oldest first."""
    return list(Amendment.objects.filter(case=case).order_by("id"))


def words_on(request: PersonalRequest) -> str:
    """Return what the person was told when the request was granted; "" before."""
    rows = WorkItem.objects.filter(case_id=request.case_id, outcome="fulfil", state="done")
    return rows.order_by("-id").values_list("reason", flat=True).first() or ""


def may_fetch(request: PersonalRequest, at: datetime) -> bool:
    """Whether a copy can be fetched now."""
    return request.fetch_until is not None and at < request.fetch_until


def explanation_of(case: Case) -> Explanation:
    """Return by what a case was decided on."""
    reading = Reading.objects.filter(message__case=case).order_by("message_id").first()
    first = reading.matters[0] if reading and reading.matters and not reading.abstained else {}
    clocks = case.clocks.order_by("id").values_list("source", flat=True)
    return Explanation(
        standard=case.standard,
        sources=tuple(dict.fromkeys(source for source in clocks if source)),
        suggested=str(first.get("code", "")),
        chance=float(first.get("probability", 0)),
        decided=case.matter.name,
        reasons=tuple((one["zh"], one["en"]) for one in (reading.reasons if reading else [])),
    )
