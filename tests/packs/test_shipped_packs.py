"""The shipped packs load, cite every number, and say what they must.

Serves: R014.
"""

import pytest

from linli.domain.catalogue.rules.yaml_tree import Plain, read_tree
from tests.packs.shipped import NAMES, PACKS, content_of, files_of, loaded

CODE = PACKS.parent / "linli" / "domain"
VALUE_KEYS = {"value", "share"}
LEADS = {"before", "after"}  # of a timer, which has the source


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_pack_has_no_fault(name: str) -> None:
    assert [fault.text() for fault in loaded(name).problems] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_number_has_a_source_and_where_it_is_ours_a_reason(name: str) -> None:
    uncited = [
        f"{name}/{file}:{line}"
        for file, line, entries in _mappings(name)
        if VALUE_KEYS & entries.keys()
        and not (entries.get("source") and (entries["source"] != "ours" or entries.get("note")))
    ]

    assert uncited == []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_ours_or_practice_never_claims_to_be_verified(name: str) -> None:
    claims = [
        f"{name}/{file}:{line}"
        for file, line, entries in _mappings(name)
        if VALUE_KEYS & entries.keys()
        and entries.get("source") in ("ours", "practice")
        and entries.get("confidence") != "unverified"
    ]

    assert claims == []


@pytest.mark.parametrize("name", NAMES)
def test_no_source_is_listed_that_nothing_stands_on(name: str) -> None:
    said = b"".join(raw for file, raw in files_of(name).items() if file != "sources.yaml")
    said += b"".join(path.read_bytes() for path in CODE.rglob("*.py"))

    unused = [s.id for s in content_of(name).sources if s.id.encode() not in said]
    assert [code for code in unused if not code.startswith("ours")] == []


def test_the_base_pack_has_a_tree_of_classes_and_topics() -> None:
    matters = content_of("cn-base").flat_matters

    assert sum(matter.level == 1 for matter in matters) >= 15
    assert sum(matter.level > 1 for matter in matters) >= 100
    assert all(matter.standard and matter.clock for matter in matters)


def test_the_matters_of_all_packs_use_clock_classes_that_exist() -> None:
    clocks = {clock.code for clock in content_of("hotline-12345").standards[0].clocks}

    assert {matter.clock for matter in content_of("cn-base").flat_matters} <= clocks


def test_packs_are_data_only() -> None:
    files = [path for path in PACKS.rglob("*") if path.is_file()]
    others = {path.suffix for path in files if path.parent.name != "templates"}
    templates = {path.suffix for path in files if path.parent.name == "templates"}

    assert others <= {".yaml", ".md"}
    assert templates <= {".typ", ".docx"}


def _mappings(name: str) -> list[tuple[str, int, dict[str, Plain]]]:
    found = []
    for file, raw in files_of(name).items():
        tree = read_tree(file, raw)[0] if file.endswith(".yaml") else None
        if tree:
            found += [
                (file, tree.line(path), entries)
                for path, entries in tree.mappings()
                if path[-1:] not in {(lead,) for lead in LEADS}
            ]
    return found
