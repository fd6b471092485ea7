"""A ledger that does not fit together does not load."""

import pytest

from linli.domain.catalogue.rules.ledger import LedgerDef
from linli.domain.catalogue.tests.builders import SMALL, load, said

FILE = "ledgers/room.yaml"
LEDGER = """\
ledger: room
version: "2026.1"
name: 场所
name_en: Rooms
valid_from: 2026-01-01
source: law-art1
purpose: 登记场所
purpose_en: Rooms are kept
title_field: title
visibility: public
owner: {roles: [clerk]}
review: {every: {value: 1, unit: year, source: law-art1}, remind: [7]}
fields:
  - {code: title, name: 名称, name_en: Name, kind: text, required: true, unique: true}
  - {code: seats, name: 座位, name_en: Seats, kind: number, unit: 座, unit_en: seats}
  - {code: taken, name: 已坐, name_en: Taken, kind: number, unit: 座, unit_en: seats}
  - {code: opened, name: 启用, name_en: Opened, kind: date}
  - {code: share, name: 占比, name_en: Share, kind: number,
     derived: {how: ratio, of: [taken, seats]}}
states:
  - {code: open, name: 可用, name_en: Open}
  - {code: shut, name: 停用, name_en: Shut, ends: true}
moves:
  - {code: shut_down, name: 停用, name_en: Shut down, from: [open], to: shut}
"""


def with_ledger(old: str = "", new: str = "") -> dict[str, str]:
    assert old in LEDGER
    return {**SMALL, FILE: LEDGER.replace(old, new, 1) if old else LEDGER}


def faults(old: str, new: str) -> list[str]:
    return said(with_ledger(old, new))


def ledger() -> LedgerDef:
    content = load(with_ledger()).content
    assert content is not None
    return content.ledgers[0]


def test_a_sound_ledger_loads_with_its_fields_states_and_confidentiality():
    found = ledger()

    assert found.first_state == "open"
    assert [move.to for move in found.moves_from("open")] == ["shut"]
    assert found.confidentiality == "ordinary"
    assert [field.code for field in found.filled] == ["title", "seats", "taken", "opened"]


def test_a_pack_without_ledgers_keeps_the_content_that_it_had():
    content = load(SMALL).content

    assert content is not None
    assert "ledgers" not in content.body


@pytest.mark.parametrize(
    ("old", "new", "line", "part"),
    [
        ("title_field: title", "title_field: seats", 9, "title_field names “seats”"),
        ("required: true, unique", "unique", 9, "could lack a title"),
        ("kind: number, unit: 座, unit_en: seats}", "kind: number}", 15, "has no unit"),
        ("visibility: public", "visibility: town", 10, "not among the choices"),
        ("from: [open]", "from: [opened]", 24, "names the state “opened”"),
        ("to: shut}", "to: open}", 22, "cannot be reached"),
        ("how: ratio, of: [taken, seats]", "how: ratio, of: [taken]", 19, "from 2 to 2 fields"),
        ("of: [taken, seats]", "of: [taken, opened]", 19, "of names “opened”"),
        ("kind: date}", "kind: link}", 17, "a link says `links_to`"),
        ("kind: date}", "kind: link, links_to: nowhere}", 17, "no ledger “nowhere”"),
        ("kind: date}", "kind: text, personal: true}", 17, "a public ledger would show it"),
        ("kind: date}", "kind: file, filter: true}", 17, "cannot be filtered"),
        ("source: law-art1}, remind", "source: nobody}, remind", 12, "“nobody” is not in"),
        ("code: taken", "code: seats", 16, "occurs twice"),
    ],
)
def test_each_fault_is_told_with_its_line(old: str, new: str, line: int, part: str):
    found = faults(old, new)

    assert [text for text in found if text.startswith(f"{FILE}:{line}: ") and part in text] or (
        pytest.fail("\n".join(found))
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name: 场所", "name: 居民名册"),
        ("unique: true}", "unique: true, personal: true, internal: true}"),
    ],
)
def test_a_ledger_of_persons_holds_no_score_rank_or_label(old: str, new: str):
    files = with_ledger(old, new)
    scoring = files[FILE].replace("name: 座位", "name: 等级")

    found = said({**files, FILE: scoring})

    assert len(found) == 1, found
    assert "等级" in found[0]
    assert load(files).content is not None
