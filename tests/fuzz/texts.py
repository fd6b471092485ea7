"""Reads texts and JSON as the product would: messages, rows, moments, answers, forms, addresses."""

import json
from dataclasses import astuple
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from django.http import QueryDict

from linli.api.keys import command_key
from linli.api.schemas import MessageIn, OutcomeIn
from linli.domain.access.rules.tokens import digest_of
from linli.domain.cases.rules.answers import faults_in
from linli.domain.cases.selectors.receipts import receipt_hashes
from linli.domain.catalogue.rules.ledger import LedgerDef
from linli.domain.catalogue.rules.shape import read_one
from linli.domain.catalogue.rules.standard import FieldDef
from linli.domain.catalogue.rules.yaml_tree import read_tree
from linli.domain.ledgers.rules.filling import filled_in, unique_values, words_in
from linli.domain.ledgers.rules.turning import finite, read_bounds, read_cursor, stored
from linli.domain.ledgers.rules.values import Known as Named
from linli.domain.needs.rules.cells import Cells
from linli.domain.needs.rules.endings import checked_ending
from linli.domain.needs.rules.exports import Known, RowReader
from linli.domain.needs.rules.intake import IntakeLimits, NewMessage, checked_message
from linli.domain.needs.rules.mapping import mapping_of
from linli.domain.needs.rules.petition import petition_type_of
from linli.domain.needs.rules.urgency import UrgencyList, UrgentWord
from linli.domain.vault.rules.masks import masked
from linli.domain.vault.rules.purposes import same_phone
from linli.domain.vault.rules.secrets import read_back
from linli.domain.vault.rules.traces import traces_in
from linli.kernel.errors import LinliError
from linli.kernel.formulas import harmless
from linli.kernel.ids import is_case_number
from linli.kernel.tables import TableRow
from linli.methods.features import blocks_of
from linli.methods.gazetteer import Gazetteer
from linli.methods.normalise import clean, normalise
from linli.methods.quoting import bare, in_figures, runs_in
from linli.methods.similarity import char_pairs
from linli.methods.words import search_tokens
from linli.web.ui.case_lists import DAY_WORDS, narrowing_of
from linli.web.ui.phones import PhoneField
from linli.web.ui.reading import moment_sent
from tests.fuzz import seeds
from tests.fuzz.readers import text_table

AT = datetime(2026, 11, 25, 8, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
LIMITS = IntakeLimits(3_000, 60, timedelta(minutes=5), "Asia/Shanghai", ("保密法", "the law"))
MAPPING = mapping_of(seeds.ROW_MAPPING, name="mapping.yaml")
HEAD = tuple(MAPPING.columns.named().values()) + tuple(
    MAPPING.outcome.columns.named().values() if MAPPING.outcome else ()
)
KNOWN = Known(ZONE, {"东街": ("9901", "9902")}, frozenset({"help"}), LIMITS.secrecy_basis)
ROOMS = Path(__file__).parents[2] / "linli/domain/ledgers/tests/pack/ledgers/room.yaml"
NAMED = Named(
    {
        kind: {"9901": "9901", "东街": "9901"}
        for kind in ("area", "unit", "post", "citation", "file")
    },
    {"room": {"R-1": "abc"}},
)
URGENT = UrgencyList(
    [UrgentWord("着火", "emergency", "fire"), UrgentWord("漏水", "urgent", "water")]
)
PLACES = Gazetteer([("东街社区", "99/9901/"), ("东街", "99/9901/"), ("西街", "99/9902/")])
LIN = {"reporter_name": "林小满", "reporter_phone": "13800001234", "note": "三楼北"}
FORM = [
    FieldDef.model_validate({"code": kind, "name": "项", "name_en": "Item", "kind": kind, **more})
    for kind, more in (
        *((kind, {}) for kind in ("line", "text", "yes_no", "date", "datetime")),
        ("number", {"at_least": 0, "at_most": 9}),
        ("choice", {"choices": [{"code": "a", "name": "甲", "name_en": "A"}]}),
        ("choices", {"choices": [{"code": "a", "name": "甲", "name_en": "A"}], "required": True}),
    )
]


class Unparsed(Exception):
    """A body that is no JSON: the API answers it by 400 before anybody of ours sees it."""


class Unkept(Exception):
    """What was taken in and no database can hold."""


def text_of(data: bytes) -> str:
    """A text as it comes out of a form or an address."""
    return data.decode("utf-8", "replace")


def json_of(data: bytes) -> object:
    """A body as the API reads it. Raises Unparsed."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Unparsed from error


def _require_kept(*values: object) -> None:
    """Raise Unkept for texts that PostgreSQL refuses."""
    for value in values:
        text = value if isinstance(value, str) else json.dumps(value, default=str, allow_nan=False)
        if "\0" in text or "\\u0000" in text:
            raise Unkept(text[:40])
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise Unkept(text[:40]) from error


def message(data: bytes) -> NewMessage:
    """Take a body of the API in, as far as the database."""
    said = MessageIn.model_validate(json_of(data))
    checked = checked_message(NewMessage(**said.model_dump()), limits=LIMITS, at=AT)
    _require_kept(*(part for part in astuple(checked) if isinstance(part, str)))
    harmless(checked.body)
    return checked


def outcome(data: bytes) -> int:
    """Read a step's outcome and look at the answers to its form."""
    said = OutcomeIn.model_validate(json_of(data))
    return len(list(faults_in(FORM, said.result)))


def answers(data: bytes) -> int:
    """Look at answers of any kind."""
    given = json_of(data)
    if not isinstance(given, dict):
        raise Unparsed
    faults = list(faults_in(FORM, given))
    return sum(len(str(fault)) for fault in faults)


def record(data: bytes) -> tuple[object, ...]:
    """Fill a record of a ledger in."""
    given = json_of(data)
    if not isinstance(given, dict):
        raise Unparsed
    tree, _ = read_tree("room.yaml", ROOMS.read_bytes()) if not _ledger else (None, [])
    if tree is not None:
        _ledger.append(read_one(LedgerDef, tree)[0][0].item)
    stored_data, faults = filled_in(_ledger[0], {}, given, NAMED)
    if not faults:
        _require_kept(stored_data, words_in(_ledger[0], stored_data))
        unique_values(_ledger[0], stored_data)
    return list(stored_data), faults


_ledger: list[LedgerDef] = []


def rows(data: bytes) -> int:
    """Turn the rows of an export into messages and endings."""
    reader, count = RowReader(MAPPING, HEAD, KNOWN), 0
    for row in text_table(data):
        read = reader.read(TableRow(row.number, row.cells, row.fault))
        for fault in read.faults:
            str(fault)
        try:
            if read.message is not None:
                kept = checked_message(read.message, limits=LIMITS, at=AT)
                _require_kept(*(part for part in astuple(kept) if isinstance(part, str)))
                count += 1
            if read.ending is not None:
                checked_ending(read.ending, limits=LIMITS)
        except LinliError as fault:
            str(fault)
    return count


def moment(data: bytes) -> str:
    """Read a moment as an export writes it: text, whole number, broken number."""
    text = text_of(data)
    cells = Cells({"received_at": text, "closed_at": _number(text)}, 1, ZONE)
    return f"{cells.moment('received_at')} {cells.moment('closed_at')} {cells.faults}"


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def words(data: bytes) -> int:
    """Do with a text what is done with a message before a person sees it."""
    text = text_of(data)
    stored(clean(text))
    if normalise(normalise(text)) != normalise(text):
        raise Unkept("not the same twice")
    if len(clean(text)) > len(text):
        raise Unkept("longer than it was")
    for find in (URGENT.find, blocks_of, char_pairs, PLACES.hits, search_tokens, bare):
        find(text)
    petition_type_of(text, known=["help", "inquiry", "praise"])
    traces_in(text, LIN)
    runs_in(text, ["路灯坏了三天晚上看不见路", text[::-1]], least=6, apart=["东街"])
    return len(in_figures(text))


def search(data: bytes) -> int:
    """Read what people type into a search box, or as a receipt."""
    text = text_of(data)
    is_case_number(text)
    return len(receipt_hashes(text)) + len(search_tokens(text))


def phone(data: bytes) -> str:
    """Read a telephone number."""
    text = text_of(data)
    return same_phone(PhoneField(required=False).clean(text)) + masked("reporter_phone", text)


def token(data: bytes) -> str:
    """Read the key and the command's key that a request carries; headers are Latin-1."""
    text = data.decode("latin-1")
    digest_of(text)
    return command_key(SimpleNamespace(user_id=1), text)  # type: ignore[arg-type]  # its id alone


def cursor(data: bytes) -> int:
    """Read from where a list goes on."""
    text, found = text_of(data), 0
    for kind in ("text", "number", "moment"):
        try:
            place, number = read_cursor(text, kind)  # type: ignore[arg-type]  # one of the kinds
            _require_kept(place, number)
            found += 1
        except ValueError:
            continue
    return found


def bounds(data: bytes) -> object:
    """Read between which bounds a list is asked for."""
    return read_bounds(text_of(data), finite)


def address(data: bytes) -> object:
    """Read how an address narrows a list of cases, and when a page was made."""
    said = QueryDict(mutable=True)
    for name, value in parse_qsl(text_of(data)):
        said[name if name in (*DAY_WORDS, "due") else "at"] = value
    moment_sent(SimpleNamespace(POST=said), AT)  # type: ignore[arg-type]  # its form alone
    return len(narrowing_of(said, at=AT).tags)


def sealed_text(data: bytes) -> object:
    """Read sealed text back."""
    return read_back(text_of(data))
