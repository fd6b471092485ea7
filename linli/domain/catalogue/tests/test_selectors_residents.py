"""What staff alone open is not offered to residents.

Serves: R014 R105.
"""

from pathlib import Path

import pytest

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.catalogue.selectors import matters_for_residents
from linli.domain.catalogue.services import publish_pack
from linli.domain.catalogue.tests.builders import SMALL, write
from linli.domain.catalogue.tests.test_selectors import AT

pytestmark = pytest.mark.django_db
STANDARD = SMALL["standards/wish.yaml"]
BY_STAFF = STANDARD.replace("default_clock:", "opened_by: [clerk]\ndefault_clock:", 1)
BY_BOTH = BY_STAFF.replace("[clerk]", "[resident, clerk]")


def offered(folder: Path, **changed: str) -> list[str]:
    files = {**SMALL, **{name.replace("__", "/") + ".yaml": text for name, text in changed.items()}}
    publish_pack(write(folder, files), actor=SYSTEM_ACTOR, at=AT)
    return [matter.code for matter in matters_for_residents(AT)]


def test_matters_without_word_on_who_opens_them_are_for_residents(tmp_path: Path) -> None:
    assert offered(tmp_path) == ["noise", "noise.building", "noise.dancing"]


def test_what_staff_alone_open_is_left_out(tmp_path: Path) -> None:
    assert offered(tmp_path, standards__wish=BY_STAFF) == []


def test_what_residents_open_too_is_offered(tmp_path: Path) -> None:
    assert len(offered(tmp_path, standards__wish=BY_BOTH)) == 3


def test_a_matter_above_one_that_is_offered_stays_in_the_tree(tmp_path: Path) -> None:
    own = STANDARD.replace("standard: wish", "standard: dance")
    matters = SMALL["matters.yaml"].replace("clock: quick", "standard: dance\n      clock: quick")

    codes = offered(tmp_path, standards__wish=BY_STAFF, standards__dance=own, matters=matters)

    assert codes == ["noise", "noise.dancing"]
