"""Lays the records of the town's ledgers, through the import that an office would use."""

from datetime import datetime
from io import BytesIO

from django.db import transaction

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor
from linli.domain.catalogue.selectors import LedgerDef, ledgers_in_force
from linli.domain.ledgers.selectors import EVERY_STATUS, records
from linli.domain.ledgers.services import decide_move, import_records, move_record
from linli.town.geography import Geography
from linli.town.registers import (
    Entry,
    RegisterFile,
    entries_of,
    register_files,
    table_of,
    waves_of,
)
from linli.town.rhythm import ZONE

MOST = 500  # records of one ledger of the town


def lay_ledgers(geography: Geography, *, decider: Actor, at: datetime) -> dict[str, int]:
    """Enter the town's records into each ledger that is in force and empty; return how many.

    Ledgers that hold records already, and those of packs that are not published, are passed over.
    A ledger comes after those that it names. Units and areas must stand.

    Parameters
    ----------
    decider : who agrees, as the second person, to moves that need one.

    Raises RejectedTogether naming what is wrong with a row; then that ledger is left empty.
    """
    ledgers = {version.code: version.definition for version in ledgers_in_force(at)}
    files = {file.ledger: file for file in register_files() if file.ledger in ledgers}
    laid: dict[str, int] = {}
    waiting = dict(files)
    while waiting:
        ready = [code for code in waiting if not _names(ledgers[code]) & waiting.keys() - {code}]
        for code in ready or list(waiting):
            file = waiting.pop(code)
            if records(SYSTEM_ACTOR, code, EVERY_STATUS, at=at, size=1).items:
                continue
            laid[code] = _lay(file, ledgers[code], geography, decider=decider, at=at)
    return laid


@transaction.atomic
def _lay(
    file: RegisterFile, ledger: LedgerDef, geography: Geography, *, decider: Actor, at: datetime
) -> int:
    entries = entries_of(file, geography, today=at.astimezone(ZONE).date())
    own = [field.code for field in ledger.filled if field.links_to == ledger.ledger]
    for number, wave in enumerate(waves_of(entries, title=ledger.title_field, own=own)):
        table = BytesIO(table_of(wave))
        import_records(
            ledger.ledger,
            table,
            unit=file.unit,
            actor=SYSTEM_ACTOR,
            at=at,
            key=f"town:{ledger.ledger}:{number}",
        )
    _move(file, ledger, entries, decider, at)
    return len(entries)


def _move(
    file: RegisterFile, ledger: LedgerDef, entries: list[Entry], decider: Actor, at: datetime
) -> None:
    """Make the moves that the files tell of, so that records stand in every state."""
    found = records(SYSTEM_ACTOR, ledger.ledger, EVERY_STATUS, at=at, size=MOST).items
    refs = {record.title: record.public_id for record in found}
    for entry in entries:
        for step, move in enumerate(entry.moves):
            ref = refs[entry.given[ledger.title_field]]
            key = f"town:{ref}:{step}"
            move_record(ref, move=move, reason=file.reason, actor=SYSTEM_ACTOR, at=at, key=key)
            way = ledger.move(move)
            if way and way.second_person:
                decide_move(ref, granted=True, actor=decider, at=at, key=f"{key}:agreed")


def _names(ledger: LedgerDef) -> set[str]:
    return {field.links_to for field in ledger.filled if field.links_to}
