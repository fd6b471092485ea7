"""Documents of cases: what was made, and the file of one without the person in it.

Serves: R105 R109.
"""

from typing import Annotated

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Router

from linli.api.document import told
from linli.api.keys import Key, caller
from linli.api.schemas import DocumentOut
from linli.domain.cases.selectors import (
    case_for,
    document_file,
    document_for,
    documents_of,
)
from linli.domain.cases.services import note_look
from linli.kernel.clock import utc_now
from linli.kernel.marks import mark_of

router = Router()
READ = Key("read")
Ref = Annotated[
    str, Path(description="Public id or number of a case.", examples=["20261124-000001-1"])
]
DocumentRef = Annotated[
    str, Path(description="Id of a document.", examples=["abcdefghijklmnopqrstuvwxyz"])
]


@router.get(
    "/{ref}/documents",
    response=list[DocumentOut],
    auth=READ,
    summary="Documents of a case",
    openapi_extra=told(401, 404),
)
def list_documents(request: HttpRequest, ref: Ref) -> list[DocumentOut]:
    """What was made of a case, newest first."""
    actor = caller(request)
    with transaction.atomic():
        case = case_for(actor, ref)
        note_look(case, actor=actor, at=utc_now(), fields=("title",))
        found = documents_of(case)
    for document in found:
        document.case = case
    return [DocumentOut.of(document) for document in found]


@router.get(
    "/{ref}/documents/{document}",
    auth=READ,
    summary="The file of a document",
    openapi_extra=told(401, 404, 422, 503),
)
def get_document(request: HttpRequest, ref: Ref, document: DocumentRef) -> HttpResponse:
    """The file, PDF or DOCX; name and telephone of the reporter are left out of it."""
    actor, now = caller(request), utc_now()
    with transaction.atomic():
        case, found = document_for(actor, ref, document)
        row = note_look(case, actor=actor, at=now, fields=("title", "document"))
    there = timezone.localtime(now, timezone.get_default_timezone())
    mark = f"{actor.name} {there:%Y-%m-%d %H:%M} {mark_of(row)}"
    file = document_file(found, reporter={}, mark=mark)
    answer = HttpResponse(file.data, content_type=file.kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer
