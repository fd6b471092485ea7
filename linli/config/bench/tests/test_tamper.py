"""The acts of `linli bench tamper`, few enough for every run."""

import pytest

from linli.config.bench._tamper_acts import ACTS
from linli.config.bench._tamper_run import SEALS, attack
from linli.config.bench._tamper_scene import Scene

EDITS = 54


@pytest.mark.django_db
def test_every_edit_of_the_owner_is_found_and_its_row_or_seal_named(tmp_path):
    """Serves: X02 X10."""
    scene = Scene(tmp_path)
    scene.fill(1_000, seals=SEALS)

    outcome = attack(scene, edits=EDITS, seed=20261124)

    assert outcome.missed + outcome.misnamed == []
    assert (sum(outcome.tried.values()), set(outcome.tried)) == (EDITS, set(ACTS))
