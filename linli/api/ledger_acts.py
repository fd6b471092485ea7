"""What is done to records of ledgers over the API; each act carries its key.

Serves: R017 R081.
"""

from django.http import HttpRequest
from ninja import Header
from ninja.responses import Status

from linli.api.document import told
from linli.api.keys import Key, caller, command_key
from linli.api.ledger_schemas import (
    DecisionIn,
    MoveIn,
    RecordIn,
    RecordOut,
    RecordPatch,
    RetirementIn,
    ReviewIn,
)
from linli.api.ledgers import Code, Ref, known, one_record, router
from linli.domain.access.selectors import Actor
from linli.domain.ledgers.selectors import Record
from linli.domain.ledgers.services import (
    add_record,
    change_record,
    decide_move,
    move_record,
    retire_record,
    review_record,
)
from linli.kernel.clock import utc_now

__all__ = ["router"]  # the one of the reads, with the acts beside them
ACT = Key("act")
COMMAND = told(400, 401, 403, 404, 409, 422, 503)


@router.post(
    "/{code}/records",
    response={201: RecordOut, 200: RecordOut},
    auth=ACT,
    summary="Enter a record",
    openapi_extra=COMMAND,
)
def post_record(
    request: HttpRequest, code: Code, body: RecordIn, idempotency_key: Header[str] = ""
) -> Status[RecordOut]:
    """Enter a record; the same Idempotency-Key answers with what came of the first."""
    actor, now = caller(request), utc_now()
    key = command_key(actor, idempotency_key)
    record = add_record(code, given=body.data, unit=body.unit, actor=actor, at=now, key=key)
    is_new = record.seq == 1 and record.created_at == now
    return Status(201 if is_new else 200, one_record(actor, record.public_id))


@router.patch(
    "/{code}/records/{ref}",
    response={201: RecordOut, 200: RecordOut},
    auth=ACT,
    summary="Change a record",
    openapi_extra=COMMAND,
)
def patch_record(
    request: HttpRequest,
    code: Code,
    ref: Ref,
    body: RecordPatch,
    idempotency_key: Header[str] = "",
) -> Status[RecordOut]:
    """Change some fields under the version in force; what is not named stays."""
    actor, found = caller(request), known(request, code, ref)
    done = change_record(
        found.public_id,
        given=body.data,
        seen=body.seen,
        reason=body.reason,
        actor=actor,
        at=utc_now(),
        key=command_key(actor, idempotency_key),
    )
    return _answer(actor, found, done)


@router.post(
    "/{code}/records/{ref}/moves",
    response={201: RecordOut, 200: RecordOut},
    auth=ACT,
    summary="Move a record",
    openapi_extra=COMMAND,
)
def post_move(
    request: HttpRequest, code: Code, ref: Ref, body: MoveIn, idempotency_key: Header[str] = ""
) -> Status[RecordOut]:
    """Move a record to another state, or propose it where a second person must agree."""
    actor, found = caller(request), known(request, code, ref)
    done = move_record(
        found.public_id,
        move=body.move,
        reason=body.reason,
        actor=actor,
        at=utc_now(),
        key=command_key(actor, idempotency_key),
    )
    return _answer(actor, found, done)


@router.post(
    "/{code}/records/{ref}/decisions",
    response={201: RecordOut, 200: RecordOut},
    auth=ACT,
    summary="Decide on a move",
    openapi_extra=COMMAND,
)
def post_decision(
    request: HttpRequest, code: Code, ref: Ref, body: DecisionIn, idempotency_key: Header[str] = ""
) -> Status[RecordOut]:
    """Decide, as a second person, on the move that waits."""
    actor, found = caller(request), known(request, code, ref)
    done = decide_move(
        found.public_id,
        granted=body.granted,
        reason=body.reason,
        actor=actor,
        at=utc_now(),
        key=command_key(actor, idempotency_key),
    )
    return _answer(actor, found, done)


@router.post(
    "/{code}/records/{ref}/reviews",
    response={201: RecordOut, 200: RecordOut},
    auth=ACT,
    summary="Review a record",
    openapi_extra=COMMAND,
)
def post_review(
    request: HttpRequest, code: Code, ref: Ref, body: ReviewIn, idempotency_key: Header[str] = ""
) -> Status[RecordOut]:
    """Say that a record was looked through and holds."""
    actor, found = caller(request), known(request, code, ref)
    key = command_key(actor, idempotency_key)
    done = review_record(found.public_id, note=body.note, actor=actor, at=utc_now(), key=key)
    return _answer(actor, found, done)


@router.post(
    "/{code}/records/{ref}/retirements",
    response={201: RecordOut, 200: RecordOut},
    auth=ACT,
    summary="Take a record out of use",
    openapi_extra=COMMAND,
)
def post_retirement(
    request: HttpRequest,
    code: Code,
    ref: Ref,
    body: RetirementIn,
    idempotency_key: Header[str] = "",
) -> Status[RecordOut]:
    """Take a record of a ledger without states out of use; it stays for reading."""
    actor, found = caller(request), known(request, code, ref)
    key = command_key(actor, idempotency_key)
    done = retire_record(found.public_id, reason=body.reason, actor=actor, at=utc_now(), key=key)
    return _answer(actor, found, done)


def _answer(actor: Actor, before: Record, done: Record) -> Status[RecordOut]:
    """What has come of a command; 200 where nothing has, because it came before."""
    return Status(200 if done.seq == before.seq else 201, one_record(actor, done.public_id))
