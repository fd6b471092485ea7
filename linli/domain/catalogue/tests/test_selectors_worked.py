"""Worked examples and conditions are read back as the packs in force say.

Serves: R105.
"""

from pathlib import Path

import pytest

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.catalogue.selectors import published_state
from linli.domain.catalogue.selectors.worked import Conditions, conditions_of, worked_examples
from linli.domain.catalogue.services import publish_pack
from linli.domain.catalogue.tests.builders import SMALL, write
from linli.domain.catalogue.tests.test_rules_worked import FILE, WORKED
from linli.domain.catalogue.tests.test_selectors import AT

pytestmark = pytest.mark.django_db
SAID = """\
      name: 施工噪声
      filing: 夜间施工。
      filing_en: Work goes on at night.
      closing: 夜间停工。
      closing_en: It stops at night.
"""


@pytest.fixture
def state(tmp_path: Path) -> str:
    matters = SMALL["matters.yaml"].replace("      name: 施工噪声\n", SAID)
    files = {**SMALL, FILE: WORKED, "matters.yaml": matters}
    publish_pack(write(tmp_path, files), actor=SYSTEM_ACTOR, at=AT)
    return published_state()


def test_the_examples_of_a_standard_come_as_the_pack_says(state: str) -> None:
    (worked,) = worked_examples("wish")

    assert (worked.title, worked.steps[1].do) == ("一件", "timers")
    assert worked_examples("hope") == []


def test_a_matter_says_when_it_is_taken_up_and_when_it_is_done(state: str) -> None:
    found = conditions_of("noise.building", state=state)

    assert (found.filing_en, found.closing_en) == ("Work goes on at night.", "It stops at night.")
    assert conditions_of("noise", state=state) == Conditions("", "", "", "")
