"""The page of one record: its fields, what it is linked to, what may be done, what has happened.

Serves: R017 X02 X10.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_GET

from linli.domain.attachments.selectors import record_photo_for
from linli.domain.ledgers.selectors import (
    Changed,
    Named,
    Record,
    RecordView,
    Shown,
    ToldFact,
    history,
    ledger_in_force,
    named_in,
    naming_records,
    record_view,
    told_history,
)
from linli.domain.ledgers.services import note_record_look
from linli.kernel.errors import NotFound
from linli.kernel.ids import public_id
from linli.web.desk.ledgers.acts import offers
from linli.web.desk.ledgers.base import Opened, language, opened, state_of, texts
from linli.web.desk.ledgers.writing import photos_of
from linli.web.desk.signed_in import staff_page
from linli.web.desk.watermarks import watermark
from linli.web.desk.words import name_of
from linli.web.ui.parts import Happening
from linli.web.ui.photos import SmallPhoto, photo_answer, small_photos

FACTS = {
    "record_added": noop("登记"),
    "record_changed": noop("更改"),
    "record_moved": noop("变更状态"),
    "record_move_proposed": noop("提出变更，待另一人审批"),
    "record_move_refused": noop("驳回变更"),
    "record_reviewed": noop("核对无误"),
    "record_review_reminded": noop("提醒核对"),
    "record_retired": noop("停用"),
}
OWN = {"state": noop("状态"), "status": noop("状态"), "review_due_on": noop("下次核对")}
USED = {"open": noop("在用"), "closed": noop("停用")}
CASE = "case"


@dataclass(frozen=True)
class Link:
    """What a record names, or what names it, as a link."""

    url: str
    number: str
    title: str
    ledger: str = ""


@dataclass(frozen=True)
class Line:
    """A field of a record as its page shows it."""

    label: str
    text: str
    kind: str
    links: list[Link] = field(default_factory=list)
    photos: list[SmallPhoto] = field(default_factory=list)


@staff_page
@require_GET
@transaction.atomic
def record_page(request: HttpRequest, code: str, ref: str) -> HttpResponse:
    """One record, if it is within reach; a look at a guarded one is written down with it."""
    held = opened(request, code)
    view = record_view(held.actor, ref, at=held.at, lang=language())
    if view.record.ledger != held.code:
        raise NotFound
    told = told_history(
        held.actor, held.ledger, history(held.actor, view.record.public_id), lang=language()
    )
    row = note_record_look(view.record, held.ledger, actor=held.actor, at=held.at)
    lines = list(_lines(held, view))
    context = {
        "opened": held,
        "record": view.record,
        "state": state_of(held.ledger, view.record),
        "view": view,
        "lines": [line for line in lines if line.kind != "derived"],
        "derived": [line for line in lines if line.kind == "derived"],
        "naming": list(_naming(held, view.record)),
        "missing": _missing(held, view),
        "offers": offers(held, view),
        "waiting": _waiting(held, view),
        "review_key": public_id(),
        "entries": [_happening(held, fact) for fact in told],
        "now": held.at,
        "watermark": watermark(row, actor=held.actor, at=held.at) if row else None,
    }
    return render(request, "desk/ledgers/record.html", context)


@staff_page
@require_GET
@transaction.atomic
def photo_page(request: HttpRequest, code: str, ref: str, photo: str) -> HttpResponse:
    """One photograph of a record, large."""
    held = opened(request, code)
    found = record_photo_for(held.actor, ref, photo)
    if found.record.ledger != held.code:
        raise NotFound
    note_record_look(found.record, held.ledger, actor=held.actor, at=held.at)
    return photo_answer(found)


def link_to(named: Named) -> Link:
    """Return what a link names, as a link."""
    return Link(_address(named.ledger, named.ref), named.number, named.title)


def _address(ledger: str, ref: str) -> str:
    if ledger == CASE:
        return reverse("desk:case", args=[ref])
    return reverse("desk:record", args=[ledger, ref])


def _lines(held: Opened, view: RecordView) -> Iterator[Line]:
    links = named_in(held.actor, held.ledger, view.record)
    photos = photos_of(held, view.record)
    for one in view.shown:
        found = [link_to(named) for named in links.get(one.field.code, [])]
        small = list(small_photos(photos.get(one.field.code, [])))
        yield Line(name_of(one.field), _text(one), _kind(one), found, small)


def _kind(one: Shown) -> str:
    return "derived" if one.field.derived else one.field.kind


def _text(one: Shown) -> str:
    """The words of a field; of links and files, which stand there as such, none."""
    if one.field.kind in ("link", "file"):
        return "" if one.field.kind == "file" or "—" not in one.text else _("有看不到的关联")
    return one.text


def _naming(held: Opened, record: Record) -> Iterator[Link]:
    names: dict[str, str] = {}
    for one in naming_records(held.actor, record.public_id):
        if one.ledger not in names:
            names[one.ledger] = name_of(ledger_in_force(one.ledger, held.at))
        yield Link(_address(one.ledger, one.public_id), one.number, one.title, names[one.ledger])


def _missing(held: Opened, view: RecordView) -> str:
    names = [name_of(f) for f in held.ledger.filled if f.code in view.missing]
    words = _("台账有了新的要求，这条记录还缺：%(missing)s。下次更改时补上。")
    return words % {"missing": texts(names)} if names else ""


def _waiting(held: Opened, view: RecordView) -> str:
    """What waits for a second person, and by whom it was proposed; "" for nothing."""
    if view.waiting is None:
        return ""
    move = held.ledger.move(view.waiting.move)
    said = {
        "move": name_of(move) if move else view.waiting.move,
        "who": view.waiting.proposer_name,
        "reason": view.waiting.reason or "--",
    }
    return _("“%(move)s”由%(who)s提出，须另一人审批。理由：%(reason)s") % said


def _happening(held: Opened, told: ToldFact) -> Happening:
    event = told.event
    changes = [_changed(one) for one in told.changes] if event.activity != "record_added" else []
    said = [*changes, *([_("理由：%(reason)s") % {"reason": event.reason}] if event.reason else [])]
    return Happening(
        _(FACTS.get(event.activity, event.activity)),
        event.at,
        by=event.actor_name,
        text="\n".join(said),
        kind="problem" if event.activity == "record_move_refused" else "",
    )


def _changed(one: Changed) -> str:
    name = name_of(one.field) if one.field else _(OWN.get(one.code, one.code))
    before, after = (_(USED[v]) if one.code == "status" else v for v in (one.before, one.after))
    return _("%(name)s：%(before)s → %(after)s") % {
        "name": name,
        "before": before or "--",
        "after": after or "--",
    }
