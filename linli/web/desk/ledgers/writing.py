"""Entering a record, and changing one, in a form made from the definition of its ledger.

Serves: R017.
"""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from linli.domain.attachments.selectors import RecordPhoto, record_photos
from linli.domain.attachments.services import add_record_photos
from linli.domain.ledgers.selectors import Record, named_in, record_view
from linli.domain.ledgers.services import add_record, change_record, note_record_look
from linli.kernel.errors import LinliError, NotFound
from linli.web.desk.ledgers.base import Opened, language, opened
from linli.web.desk.ledgers.forms import RecordForm
from linli.web.desk.signed_in import staff_page


@staff_page
@require_http_methods(["GET", "POST"])
def new_page(request: HttpRequest, code: str) -> HttpResponse:
    """The form of a new record; the same form sent twice enters one record."""
    held = opened(request, code, act="ledger.edit")
    if not held.may_add:
        raise NotFound
    form = RecordForm(request.POST or None, request.FILES or None, opened=held)
    if request.method == "POST" and form.is_valid():
        done = _stored(form, lambda key: _added(held, form, key))
        if done is not None:
            return redirect("desk:record", held.code, done.public_id)
    context = {"opened": held, "form": form}
    return render(request, "desk/ledgers/form.html", context, status=422 if form.errors else 200)


@staff_page
@require_http_methods(["GET", "POST"])
def edit_page(request: HttpRequest, code: str, ref: str) -> HttpResponse:
    """The form of a record; refused where somebody has changed it meanwhile."""
    held = opened(request, code, act="ledger.edit")
    view = record_view(held.actor, ref, at=held.at, lang=language())
    if view.record.ledger != held.code or not view.may_edit:
        raise NotFound
    form = RecordForm(
        request.POST or None,
        request.FILES or None,
        opened=held,
        record=view.record,
        links=named_in(held.actor, held.ledger, view.record),
        photos=photos_of(held, view.record),
    )
    if request.method == "POST" and form.is_valid():
        done = _stored(form, lambda key: _changed(held, form, view.record, key))
        if done is not None:
            return redirect("desk:record", held.code, done.public_id)
    with transaction.atomic():
        note_record_look(view.record, held.ledger, actor=held.actor, at=held.at)
    context = {"opened": held, "form": form, "record": view.record}
    return render(request, "desk/ledgers/form.html", context, status=422 if form.errors else 200)


def photos_of(held: Opened, record: Record) -> dict[str, list[RecordPhoto]]:
    """The photographs of a record by file field; fields without any are not there."""
    fields = [f.code for f in held.ledger.filled if f.kind == "file" and record.data.get(f.code)]
    return {code: record_photos(held.actor, record.public_id, field=code) for code in fields}


def _stored(form: RecordForm, store: Callable[[str], Record]) -> Record | None:
    """Store the record with its photographs, all or nothing; a refusal is written into the form."""
    held, key = form.opened, f"desk:{form.cleaned_data['key']}"
    try:
        with transaction.atomic():
            record = store(key)
            for code, uploads in form.uploads():
                add_record_photos(
                    record.public_id,
                    uploads,
                    field=code,
                    actor=held.actor,
                    at=held.at,
                    key=f"{key}:{code}",
                )
    except LinliError as error:
        form.refuse_all(error)
        return None
    return record


def _added(held: Opened, form: RecordForm, key: str) -> Record:
    unit = form.cleaned_data.get("unit", "")
    return add_record(
        held.code, given=form.given(), unit=unit, actor=held.actor, at=held.at, key=key
    )


def _changed(held: Opened, form: RecordForm, record: Record, key: str) -> Record:
    return change_record(
        record.public_id,
        given=form.given(),
        seen=form.cleaned_data["seen"],
        reason=form.cleaned_data["reason"],
        actor=held.actor,
        at=held.at,
        key=key,
    )
