import shutil
import subprocess

import pytest

from linli.config.bench._sabotage_faults import PlantedFault
from linli.config.bench._sabotage_run import Copy, NoTree, UnsoundTree, sabotage, working_tree

OFFICE = "def doors():\n    return 2\n\n\ndef windows():\n    return 3\n"
TEST = "from linli.office import doors\n\n\ndef test_it():\n    assert doors() == {doors}\n"


def fault(name, old, new):
    return PlantedFault(
        "small", name, "linli/office.py", old, new, ("test_office.py",), hangs=False
    )


@pytest.fixture
def tree(tmp_path, monkeypatch):
    # Half of a run's time is the loading of plugins that this small tree does not need.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_PLUGINS", "xdist.plugin")
    root = tmp_path / "tree"
    (root / "linli").mkdir(parents=True)
    (root / "linli/__init__.py").touch()
    (root / "linli/office.py").write_text(OFFICE)
    (root / "test_office.py").write_text(TEST.format(doors=2))
    git = shutil.which("git") or "git"
    for words in (["init", "-q"], ["add", "."]):
        subprocess.run([git, *words], cwd=root, check=True)
    (root / "left_lying.txt").write_text("known to nobody")
    return root


def test_a_fault_that_a_test_finds_is_caught_and_another_survives(tree, tmp_path):
    faults = [
        fault("a door less", "return 2", "return 1"),
        fault("bricked up", "return 3", "return 0"),
    ]
    copies = [Copy(tree, tmp_path / str(number)) for number in range(2)]

    came = sabotage(faults, copies, longest_s=60)

    assert [(one.fate, one.by) for one in came] == [
        ("caught", "test_office.py::test_it"),
        ("survived", ""),
    ]
    for place in (tree, *(copy.folder for copy in copies)):
        assert (place / "linli/office.py").read_text() == OFFICE
    assert not (copies[0].folder / "left_lying.txt").exists()


def test_nothing_is_planted_where_the_tests_fail_without(tree, tmp_path):
    (tree / "test_office.py").write_text(TEST.format(doors=7))

    with pytest.raises(UnsoundTree, match="assert 2 == 7"):
        sabotage(
            [fault("a door less", "return 2", "return 1")],
            [Copy(tree, tmp_path / "0")],
            longest_s=60,
        )


def test_without_a_working_tree_it_says_so(tmp_path):
    with pytest.raises(NoTree) as refused:
        working_tree(tmp_path)

    assert "working tree" in refused.value.message("en")
