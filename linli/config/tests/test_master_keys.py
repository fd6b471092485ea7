"""Master keys as files: made once, ours alone, and never mistaken for others."""

import os
import subprocess
import sys

import pytest

from linli.config.master_keys import FileKeeper
from linli.domain.vault.errors import KeyMissing
from linli.kernel.crypto import SealBroken
from linli.kernel.errors import Rejected, Unavailable

SUITES = pytest.mark.parametrize("suite", ["intl", "gm"])


@pytest.fixture
def keeper(tmp_path):
    keeper = FileKeeper(tmp_path / "keys")
    keeper.make(1, suite="intl")
    return keeper


def anew(keeper: FileKeeper) -> FileKeeper:
    return FileKeeper(keeper.folder)


def test_a_key_and_its_folder_are_ours_alone(keeper):
    assert keeper.path_of(1).stat().st_mode & 0o777 == 0o600
    assert keeper.folder.stat().st_mode & 0o777 == 0o700
    assert keeper.path_of(1).name == "master-0001.key"
    assert keeper.generations() == [1]


@SUITES
def test_what_was_wrapped_unwraps_in_another_process_of_ours(tmp_path, suite):
    keeper = FileKeeper(tmp_path)
    tmp_path.chmod(0o700)
    keeper.make(3, suite=suite)
    wrapped = keeper.wrap(3, b"k" * 32, bound=b"here")

    assert anew(keeper).unwrap(3, wrapped, bound=b"here") == b"k" * 32
    assert anew(keeper).check_value(3) == keeper.check_value(3)
    with pytest.raises(SealBroken):
        keeper.unwrap(3, wrapped, bound=b"there")


def test_making_it_again_leaves_it_as_it_was(keeper):
    before = keeper.path_of(1).read_text()

    anew(keeper).make(1, suite="gm")

    assert keeper.path_of(1).read_text() == before
    assert [path.name for path in keeper.folder.iterdir()] == ["master-0001.key"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o602])
def test_a_key_that_others_can_read_is_refused_with_what_to_do(keeper, mode):
    keeper.path_of(1).chmod(mode)

    with pytest.raises(Unavailable, match="chmod 600"):
        anew(keeper).check_value(1)


def test_a_folder_that_others_can_enter_is_refused_with_what_to_do(keeper):
    keeper.folder.chmod(0o755)

    with pytest.raises(Unavailable, match="chmod 700"):
        anew(keeper).wrap(1, b"k" * 32, bound=b"")


@pytest.mark.parametrize(
    "text",
    ["", "linli-master-key 1 intl", "linli-master-key 2 intl " + "0" * 64, "x 1 intl " + "0" * 64]
    + ["linli-master-key 1 intl " + "z" * 64, "linli-master-key 1 rot13 " + "0" * 64]
    + ["linli-master-key 1 intl " + "0" * 62],
)
def test_a_damaged_or_foreign_file_is_refused(keeper, text):
    keeper.path_of(1).write_text(text)

    with pytest.raises(Rejected):
        anew(keeper).check_value(1)


def test_a_missing_key_is_named(keeper):
    with pytest.raises(KeyMissing, match="第 2 代"):
        keeper.wrap(2, b"k" * 32, bound=b"")


def test_a_destroyed_key_is_gone_and_was_overwritten_first(keeper, tmp_path):
    root = keeper.path_of(1).read_text().split()[-1]
    twin = tmp_path / "twin"
    os.link(keeper.path_of(1), twin)

    keeper.destroy(1)
    keeper.destroy(1)

    assert keeper.generations() == []
    assert root.encode() not in twin.read_bytes()
    with pytest.raises(KeyMissing):
        keeper.check_value(1)


def test_processes_that_make_the_first_key_at_once_agree_on_one(tmp_path):
    code = (
        "import sys; from pathlib import Path; from linli.config.master_keys import FileKeeper;"
        "keeper = FileKeeper(Path(sys.argv[1])); keeper.make(1, suite='intl');"
        "print(keeper.check_value(1))"
    )
    folder = str(tmp_path / "keys")
    racers = [
        subprocess.Popen([sys.executable, "-c", code, folder], stdout=subprocess.PIPE)
        for _ in range(6)
    ]

    values = {racer.communicate()[0] for racer in racers}

    assert len(values) == 1
    assert len(os.listdir(folder)) == 1


def test_no_key_is_printed_by_accident(keeper):
    root = keeper.path_of(1).read_text().split()[-1]
    keeper.check_value(1)

    assert root not in repr(keeper) + repr(vars(keeper))
