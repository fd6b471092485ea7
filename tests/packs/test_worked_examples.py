"""Every worked example of the shipped packs, played on the real engine step by step.

Serves: R023 R024 R105 R108 X06.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from linli.domain.catalogue.rules.worked import WorkedDef
from tests.packs.offices import Office, build_office
from tests.packs.playing import Play
from tests.packs.shipped import NAMES, loaded

pytestmark = pytest.mark.django_db

EXAMPLES = [
    (pack, worked)
    for pack in NAMES
    for content in [loaded(pack).content]
    for worked in (content.worked if content else ())
]
IDS = [f"{pack}-{worked.worked}" for pack, worked in EXAMPLES]


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Office]:
    """The packs in force and the units of all examples; gone once the last was played."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_office([worked for _, worked in EXAMPLES])
        transaction.set_rollback(True)


@pytest.mark.parametrize(("pack", "worked"), EXAMPLES, ids=IDS)
def test_a_worked_example_comes_out_as_reckoned_by_hand(
    office: Office, pack: str, worked: WorkedDef
) -> None:
    faults = [
        f"packs/{pack}/examples/worked_{worked.standard}.yaml, {worked.worked}, step {number}"
        f" ({worked.steps[number - 1].at if number else worked.begins}): {fault}"
        for number, fault in Play(worked, office).run()
    ]

    assert not faults, "\n".join(faults)
