"""The API, version 1.

Serves: R081 R129 R134.
"""

from typing import Annotated, Literal

from django.db import transaction
from django.http import HttpRequest
from ninja import Header, Path, Query
from ninja.responses import Status

from linli.api import documents, figures, ledger_acts, problems
from linli.api.document import HOW, DocumentedAPI, told
from linli.api.keys import Key, caller, command_key
from linli.api.schemas import CaseOut, CasePage, MessageIn, MessageOut, Named, OutcomeIn
from linli.domain.audit.services import record_list
from linli.domain.cases.selectors import (
    CaseFilter,
    case_for,
    cases_for,
    items_of,
    sees_case,
    step_for,
)
from linli.domain.cases.services import complete_item, look_at_case
from linli.domain.catalogue.selectors import matters_for_residents
from linli.domain.needs.services import NewMessage, receive_message
from linli.domain.organisations.selectors import units
from linli.domain.places.selectors import areas_under
from linli.kernel.clock import utc_now
from linli.kernel.errors import NotFound, WrongState

api = DocumentedAPI(
    title="Linli 邻里", version="1", description=HOW, urls_namespace="api", docs_url=None
)
problems.register(api)
api.add_router("/cases", documents.router)
api.add_router("/figures", figures.router)
api.add_router("/ledgers", ledger_acts.router)
READ, MESSAGE, ACT = Key("read"), Key("message"), Key("act")


Words = Annotated[
    str,
    Query(
        description="A case number, or words of title, message, address.",
        pattern=r"^[^\x00]*$",
        examples=["路灯"],
    ),
]
OpenOrClosed = Annotated[
    Literal["", "open", "closed"], Query(description="Only these.", examples=["open"])
]
PageNumber = Annotated[
    int, Query(description="Page of 50, from 1.", ge=1, le=1_000_000, examples=[1])
]
Ref = Annotated[
    str, Path(description="Public id or number of a case.", examples=["20261124-000001-1"])
]
Under = Annotated[
    str,
    Query(
        description="Path of an area: codes from the province down, each followed by a slash.",
        pattern=r"^([0-9A-Za-z_-]+/)*$",
        examples=["99/9901/990101/"],
    ),
]


@api.post(
    "/messages",
    response={201: MessageOut, 200: MessageOut},
    auth=MESSAGE,
    summary="Take a message in",
    openapi_extra=told(400, 401, 403, 409, 422, 503),
)
def post_message(
    request: HttpRequest, body: MessageIn, idempotency_key: Header[str] = ""
) -> Status[MessageOut]:
    """Take a message in; the same Idempotency-Key answers with what came of the first.

    Another key with the same number of the same source opens nothing either: the answer names
    the case where the account may see it, and is 409 where the words differ.
    """
    actor = caller(request)
    key = command_key(actor, idempotency_key)
    received = receive_message(NewMessage(**body.model_dump()), actor=actor, at=utc_now(), key=key)
    is_named = received.message.key == key or sees_case(actor, received.case.public_id)
    shown = MessageOut(
        case=received.case.public_id if is_named else "",
        number=received.case.number if is_named else "",
        receipt=received.receipt,
        is_repeat=received.is_repeat,
    )
    return Status(200 if received.is_repeat else 201, shown)


@api.get("/cases", response=CasePage, auth=READ, summary="List cases", openapi_extra=told(401, 422))
def list_cases(
    request: HttpRequest, q: Words = "", status: OpenOrClosed = "", page: PageNumber = 1
) -> CasePage:
    """The cases in reach of the key's account, newest first."""
    actor, now = caller(request), utc_now()
    with transaction.atomic():
        found = cases_for(actor, CaseFilter(words=q, status=status), page=page)
        refs = [case.public_id for case in found.items]
        record_list(refs, door="api", actor=actor, at=now)
    return CasePage(
        items=[CaseOut.of(case) for case in found.items],
        page=found.number,
        size=found.size,
        total=found.total,
        is_counted=found.is_counted,
    )


@api.get(
    "/cases/{ref}", response=CaseOut, auth=READ, summary="One case", openapi_extra=told(401, 404)
)
def get_case(request: HttpRequest, ref: Ref) -> CaseOut:
    """One case by id or number."""
    case = look_at_case(ref, actor=caller(request), at=utc_now(), fields=("title",))
    return CaseOut.of(case)


@api.post(
    "/cases/{ref}/outcomes",
    response={201: CaseOut, 200: CaseOut},
    auth=ACT,
    summary="Finish a step of a case",
    openapi_extra=told(400, 401, 403, 404, 409, 422, 503),
)
def post_outcome(
    request: HttpRequest, ref: Ref, body: OutcomeIn, idempotency_key: Header[str] = ""
) -> Status[CaseOut]:
    """Finish the step that waits for the key's account, by an outcome that takes its form alone.

    What takes more than a form (dispatch, return, ruling, follow-up) is done on the desk.
    """
    actor = caller(request)
    key = command_key(actor, idempotency_key)
    case = case_for(actor, ref)
    step = step_for(actor, case, items_of(case))
    try:
        done = complete_item(
            case.public_id,
            step.pk if step else 0,
            outcome=body.outcome,
            reason=body.reason,
            result=body.result,
            actor=actor,
            at=utc_now(),
            key=key,
        )
    except NotFound:
        # The case is there for the caller: not to be told as absent.
        raise WrongState(
            "这件工单没有等待该账号办理的步骤，什么也没有保存。请查看工单现在的状态。",
            "No step of this case waits for the account, so nothing was kept. "
            "Look at how the case stands now.",
        ) from None
    return Status(200 if done.seq == case.seq else 201, CaseOut.of(done))


@api.get(
    "/areas",
    response=list[Named],
    auth=READ,
    summary="List areas",
    openapi_extra=told(401, 422),
)
def list_areas(request: HttpRequest, under: Under = "") -> list[Named]:
    """Areas at or below a path, at most 2,000."""
    return [Named.of(area) for area in areas_under(under).select_related("parent")[:2000]]


@api.get(
    "/matters", response=list[Named], auth=READ, summary="List matters", openapi_extra=told(401)
)
def list_matters(request: HttpRequest) -> list[Named]:
    """The matters in force that residents may bring."""
    tree = matters_for_residents(utc_now())
    codes = {matter.pk: matter.code for matter in tree}
    return [
        Named(code=m.code, name=m.name, kind="matter", parent=codes.get(m.parent_id or 0, ""))
        for m in tree
    ]


@api.get("/units", response=list[Named], auth=READ, summary="List units", openapi_extra=told(401))
def list_units(request: HttpRequest) -> list[Named]:
    """The units that stand now."""
    return [Named.of(unit) for unit in units(at=utc_now()).select_related("parent")]
