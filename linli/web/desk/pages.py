"""The page of one case: what it is, where it stands, what may be done next, what has happened.

Serves: R011 R015 R020 R105 R107 R108 R134.
"""

from collections.abc import Set

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.domain.attachments.selectors import photos_of
from linli.domain.care.selectors import has_care
from linli.domain.cases.selectors import (
    SUPERVISION,
    Case,
    CaseEvent,
    case_for,
    clock_view,
    feedback_of,
    items_of,
    links_of,
    notes_of,
    open_glass,
    respondents_of,
    timeline,
)
from linli.domain.cases.services import note_look
from linli.domain.catalogue.selectors import StandardDef
from linli.domain.ledgers.selectors import naming_case
from linli.kernel.clock import utc_now
from linli.web.desk.acting import Offer, acts_for
from linli.web.desk.acts.base import Standing
from linli.web.desk.beside import beside
from linli.web.desk.choices import channel_words, petition_choices
from linli.web.desk.documents import case_documents
from linli.web.desk.done import done_on
from linli.web.desk.guidance import guidance
from linli.web.desk.ledgers.naming import links_to_records
from linli.web.desk.personal import personal_of
from linli.web.desk.signed_in import staff_page
from linli.web.desk.telling import Linked, actor_words, fact_words, linked, told_words
from linli.web.desk.watermarks import watermark
from linli.web.desk.words import (
    clock_words,
    level_words,
    listed_words,
    matter_words,
    minute_words,
    rung_words,
    stage_words,
)
from linli.web.ui.actors import actor_of
from linli.web.ui.parts import Fact, Happening
from linli.web.ui.photos import small_photos

PROBLEMS = frozenset({"case_returned", "case_reopened"})
RENDERED = frozenset({"rendition_written", "rendition_carried"})


@staff_page
@require_GET
@transaction.atomic
def case_page(request: HttpRequest, ref: str) -> HttpResponse:
    """One case, if it is within reach; that it was looked at is written down with the reading."""
    actor, now = actor_of(request), utc_now()
    case = case_for(actor, ref, named_by=naming_case(actor))
    events = timeline(case)
    # The history tells what there is to ask for; most cases have no links, notes or ratings.
    happened = {event.activity for event in events}
    standing = Standing(case, actor, items_of(case), now, bool(happened & RENDERED))
    links = _links(standing) if "case_linked" in happened else []
    reading = beside(standing)
    shown = {
        "case": case,
        "now": now,
        "facts": _facts(standing),
        "stage": stage_words(case),
        "clocks": [clock_words(clock) for clock in clock_view(case, at=now)],
        "state_kind": "done" if case.status == "closed" else "active",
        **_acts(standing),
        "guidance": guidance(standing),
        "held": _held(standing, events),
        "supervised": _supervised(standing),
        "beside": reading,
        "done": done_on(standing.items, standing.standard),
        **_added(case, happened),
        "documents": case_documents(standing, are_made="document_made" in happened),
        "links": links,
        "renditions": standing.renditions,
        "entries": [_happening(event, standing.standard) for event in events],
        "may_show": standing.may("case.note"),
        "personal": personal_of(standing),
        "may_call": standing.may("person.view"),
        "has_care": has_care(case, actor),
        "glass": _lent(standing),
    }
    # Of these the page shows the titles as well.
    also = [link.ref for link in links] + [one.ref for one in (reading.alike if reading else ())]
    row = note_look(case, actor=actor, at=now, also=also, items=standing.items)
    marked = {**shown, "watermark": watermark(row, actor=actor, at=now)}
    return render(request, "desk/case.html", marked)


def _added(case: Case, happened: Set[str]) -> dict[str, object]:
    """What was added to the case: notes, photographs, ratings, records that name it."""
    return {
        "notes": notes_of(case) if "note_added" in happened else [],
        "photos": list(small_photos(photos_of(case))) if "photos_added" in happened else [],
        "feedback": feedback_of(case) if "feedback_recorded" in happened else [],
        "records": links_to_records(case),
    }


def _acts(standing: Standing) -> dict[str, list[Offer]]:
    """What may be done now: the acts ahead, and all others."""
    offers = acts_for(standing)
    ahead = [offer for offer in offers if offer.is_next]
    return {"next_acts": ahead, "more_acts": [offer for offer in offers if not offer.is_next]}


def _lent(standing: Standing) -> str:
    """Until when the case is seen by emergency access; "" where it is within reach by post."""
    if standing.case.public_id not in standing.actor.opened:
        return ""
    glass = open_glass(standing.case, standing.actor, at=standing.at)
    if glass is None or glass.ends_at is None:
        return ""
    until = _(
        "这件工单不在您的岗位范围内，经批准查阅到 %(end)s。每次打开都会记入流水，并告知诉求人。"
    )
    return until % {"end": minute_words(glass.ends_at)}


def _supervised(standing: Standing) -> str:
    """On which rung of supervision the case stands; "" for none."""
    item = standing.side(SUPERVISION)
    return rung_words(str(item.result.get("level", ""))) if item else ""


def _links(standing: Standing) -> list[Linked]:
    case = standing.case
    return [linked(link, case) for link in links_of(case, standing.actor)]


def _happening(event: CaseEvent, standard: StandardDef) -> Happening:
    return Happening(
        fact_words(event),
        event.at,
        by=actor_words(event),
        text=told_words(event, standard),
        kind="problem" if event.activity in PROBLEMS else "",
    )


def _held(standing: Standing, events: list[CaseEvent]) -> str:
    """Why the clock stands; "" where it runs."""
    if standing.case.held_at is None:
        return ""
    paused = next((event for event in events if event.activity == "clock_paused"), None)
    code = str(paused.attrs.get("reason", "")) if paused else ""
    return listed_words(standing.standard.pause_reasons, code)


def _source(standing: Standing) -> list[Fact]:
    """The number under which the system that it comes from knows it."""
    reading = standing.reading
    if reading is None or not reading.message.source_id:
        return []
    said = (reading.message.source, reading.message.source_id)
    return [Fact(_("来源系统编号"), " ".join(filter(None, said)))]


def _facts(standing: Standing) -> list[Fact]:
    case, standard = standing.case, standing.standard
    lead = case.lead_unit.name if case.lead_unit else ""
    kinds = dict(petition_choices(standing.at, standard))
    facts = [
        Fact(_("事项"), matter_words(case)),
        Fact(_("区域"), case.area.name),
        Fact(_("地址"), case.address),
        Fact(_("诉求类型"), kinds.get(case.petition_type, case.petition_type)),
        Fact(_("来源渠道"), channel_words(case.channel)),
        *_source(standing),
        Fact(_("主办单位"), lead),
        Fact(_("紧急程度"), case.get_urgency_display()),
        Fact(_("第几轮"), case.round),
        Fact(_("退单次数"), case.bounces),
        Fact(_("标准"), f"{case.standard.name} {case.standard.version}"),
    ]
    if case.confidentiality != "ordinary":
        facts.append(Fact(_("保密等级"), level_words(case.confidentiality)))
    facts += [Fact(_("被投诉单位"), unit.name) for unit in respondents_of(case)]
    if case.exclusion:
        listed = standard.exclusion_reasons
        facts.append(Fact(_("已剔除"), listed_words(listed, case.exclusion)))
    return facts
