"""What is documented is what is there."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from linli.config.cli._reference import pages
from linli.config.database.roles import ROLES
from linli.config.options import OPTIONS
from linli.domain.catalogue.services import check_pack
from tests.architecture.sources import files, is_test, text

PACKS = sorted(path.parent for path in settings.LINLI_PACKS.glob("*/pack.yaml"))


@pytest.mark.parametrize("name", sorted(pages()))
def test_the_reference_is_what_the_program_says(name):
    assert text(Path("docs/reference") / name) == pages()[name], "run: linli docs"


def test_every_variable_that_is_read_is_declared():
    declared = {option.name for option in OPTIONS}
    read = {
        name
        for path in files(".py", under="linli")
        if not is_test(path)
        for name in re.findall(
            r"(?:environ|getenv|options)\S*?[\[(]\s*\"(LINLI_[A-Z_]+)\"", text(path)
        )
    }

    assert read - declared == set()


def test_each_setting_says_in_both_languages_what_it_is():
    assert [o.name for o in OPTIONS if not (o.zh and o.en)] == []


def test_each_role_says_in_both_languages_what_it_is_for():
    assert [r.name for r in ROLES if not (r.purpose_zh and r.purpose_en)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_every_value_of_a_pack_is_cited(folder):
    problems = check_pack(folder).problems

    assert "\n".join(map(str, problems)) == ""
