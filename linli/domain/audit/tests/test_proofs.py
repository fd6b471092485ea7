import json
from datetime import UTC, datetime

import pytest
from django.db import transaction

from linli.domain.audit.events import RowsExported
from linli.domain.audit.services import record, seal_journal, take_proof
from linli.domain.audit.tests.anchors import MemoryAnchor, MemoryKeys
from linli.domain.audit.tests.test_seals import Mason
from linli.kernel.errors import NotFound
from linli.kernel.proof import report_on

AT = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def lay(count: int) -> None:
    with transaction.atomic():
        for stone in range(count):
            record(RowsExported(f"wall-{stone % 7}", stone, "砌墙"), actor=Mason(), at=AT)


@pytest.fixture
def proof() -> str:
    anchor, keys = MemoryAnchor(), MemoryKeys()
    lay(50)
    seal_journal(anchor, keys)
    lay(20)
    seal_journal(anchor, keys)
    lay(7)
    taken = take_proof(anchor, keys, "wall-3", actor=Mason(), at=AT)
    assert (taken.rows, taken.unsealed) == (10, 1)
    return taken.text


def test_an_outsider_can_check_a_case_by_its_proof_and_the_published_key(proof):
    """Serves: X02."""
    key = MemoryKeys().signer().public_key.hex()

    assert report_on(proof, key=key).is_good
    assert report_on(proof).is_good
    assert not report_on(proof, key=MemoryKeys(2).signer().public_key.hex()).is_good


def test_a_proof_says_nothing_of_other_cases(proof):
    assert {entry["row"]["subject_id"] for entry in json.loads(proof)["rows"]} == {"wall-3"}
    assert "wall-4" not in proof


@pytest.mark.parametrize("field", ["payload", "at", "recorded_at", "actor_name", "seq", "previous"])
def test_a_proof_of_something_else_does_not_hold(proof, field):
    said = json.loads(proof)
    row = said["rows"][4]["row"]
    row[field] = "00" if field == "previous" else f"{row[field]}1"

    report = report_on(json.dumps(said))

    assert not report.is_good
    assert sum("was not sealed" in line for line in report.lines) == 1


def test_a_seal_that_was_changed_does_not_hold(proof):
    said = json.loads(proof)
    said["seals"][0]["seal"]["at"] = "2020-01-01T00:00:00.000000Z"
    assert not report_on(json.dumps(said)).is_good


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"format": "linli proof 1", "rows": 1, "seals": []}']
)
def test_what_is_no_proof_is_said_to_be_none(text):
    assert not report_on(text).is_good


def test_nothing_is_proved_of_a_case_that_the_journal_does_not_know():
    with pytest.raises(NotFound):
        take_proof(MemoryAnchor(), MemoryKeys(), "nowhere", actor=Mason(), at=AT)
