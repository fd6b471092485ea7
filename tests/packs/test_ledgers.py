"""The shipped ledgers are sound, say whom they serve, and take every record of the town.

Serves: R007 R008 R009 R010 R012 R013 R017 R018 R026 R027 R028 R029 R030 R031 R034 R043 R088 R091.
Serves: R076 R077 R097 R114 R117 R118.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache

import pytest

from linli.domain.catalogue.rules.ledger import LedgerDef
from linli.domain.catalogue.rules.persons import names_person
from linli.domain.ledgers.rules.filling import filled_in, unique_values
from linli.domain.ledgers.rules.importing import columns_of
from linli.domain.ledgers.rules.values import Known
from linli.town.geography import Geography, make_geography
from linli.town.organisation import make_organisation
from linli.town.registers import Entry, RegisterFile, entries_of, register_files, waves_of
from tests.packs.shipped import NAMES, content_of

TODAY = date(2026, 11, 24)
LEAST = 20  # records of each ledger in the demo
CODES = sorted(ledger.ledger for name in NAMES for ledger in content_of(name).ledgers)
EVERY_WANT = frozenset(
    want for name in NAMES if name.startswith("ledgers-") for want in content_of(name).head.serves
)


@cache
def ground() -> Geography:
    return make_geography(seed=1)


@cache
def ledgers() -> dict[str, LedgerDef]:
    return {ledger.ledger: ledger for name in NAMES for ledger in content_of(name).ledgers}


@cache
def files() -> dict[str, RegisterFile]:
    return {file.ledger: file for file in register_files()}


@cache
def entries(code: str) -> tuple[Entry, ...]:
    return tuple(entries_of(files()[code], ground(), today=TODAY))


@cache
def named() -> dict[str, dict[str, str]]:
    """What records of the town may name, as the platform would know it."""
    organisation, packs = make_organisation(ground()), [content_of(name) for name in NAMES]
    stages = [
        f"{standard.standard}/{stage.key}"
        for pack in packs
        for standard in pack.standards
        for stage in standard.stages
    ]
    found = {
        "area": [area.code for area in ground().areas] + [area.name for area in ground().areas],
        "unit": [unit.code for unit in organisation.units],
        "post": [f"{post.unit_code}/{post.code}" for post in organisation.posts],
        "matter": [matter.code for pack in packs for matter in pack.flat_matters],
        "stage": stages,
        "citation": [source.id for pack in packs for source in pack.sources],
    }
    return {kind: {word: word for word in words} for kind, words in found.items()}


@cache
def linked() -> Mapping[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for code, file in files().items():
        title = ledgers()[file.ledger].title_field
        found[code] = {entry.given[title]: entry.given[title] for entry in entries(code)}
    return found


def test_every_want_that_a_pack_of_ledgers_serves_has_a_ledger() -> None:
    served = {want for ledger in ledgers().values() for want in ledger.serves}

    assert served == EVERY_WANT


@pytest.mark.parametrize("code", CODES)
def test_a_ledger_says_whom_it_serves_who_keeps_it_and_when_it_is_looked_at_again(
    code: str,
) -> None:
    ledger = ledgers()[code]

    assert ledger.serves and ledger.review
    assert ledger.review.every.source
    assert ledger.listed and ledger.key_field == ledger.title_field
    assert any(field.filter for field in ledger.fields)


@pytest.mark.parametrize("code", CODES)
def test_no_ledger_is_about_persons(code: str) -> None:
    ledger = ledgers()[code]
    fields = [field.code for field in ledger.fields if field.personal]

    assert not names_person(ledger.name) and fields == []


@pytest.mark.parametrize("code", CODES)
def test_an_import_finds_every_field_by_its_code_and_by_its_name_in_either_language(
    code: str,
) -> None:
    ledger = ledgers()[code]
    codes = [field.code for field in ledger.filled]

    for key in ("code", "name", "name_en"):
        heads = [getattr(field, key) for field in ledger.filled]
        assert list(columns_of(ledger, heads).values()) == codes


@pytest.mark.parametrize("code", CODES)
def test_twenty_records_of_the_town_and_more_are_taken_without_a_fault(code: str) -> None:
    ledger, known = ledgers()[code], Known(named(), linked())
    faults = [
        f"{entry.given[ledger.title_field]}: {fault.zh}"
        for entry in entries(code)
        for fault in filled_in(ledger, {}, entry.given, known)[1]
    ]

    assert faults == []
    assert len(entries(code)) >= LEAST


@pytest.mark.parametrize("code", CODES)
def test_what_must_differ_between_records_of_the_town_does(code: str) -> None:
    ledger, known = ledgers()[code], Known(named(), linked())
    values = [
        (field, value)
        for entry in entries(code)
        for field, value in unique_values(
            ledger, filled_in(ledger, {}, entry.given, known)[0]
        ).items()
    ]

    assert len(values) == len(set(values)) > 0


@pytest.mark.parametrize("code", CODES)
def test_the_moves_of_the_town_lead_where_they_say(code: str) -> None:
    ledger = ledgers()[code]
    stood: set[str] = set()
    for entry in entries(code):
        state = ledger.first_state
        for move in entry.moves:
            way = ledger.move(move)
            assert way is not None, move
            assert state in way.begins, (entry.given[ledger.title_field], move)
            state = way.to
        stood.add(state)

    assert not ledger.states or len(stood) > 1


@pytest.mark.parametrize("code", CODES)
def test_records_come_after_those_that_they_name(code: str) -> None:
    ledger = ledgers()[code]
    own = [field.code for field in ledger.filled if field.links_to == code]
    waves = list(waves_of(entries(code), title=ledger.title_field, own=own))

    assert sum(map(len, waves)) == len(entries(code))
    assert (len(waves) > 1) == any(entry.given.get(c) for entry in entries(code) for c in own)
