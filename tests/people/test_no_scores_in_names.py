"""Nothing that has a name scores a person: routes, the API, facts, packs, extracts, sentences.

Serves: X01.
"""

from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import Any

import polib
import pytest
import yaml
from django.test import Client
from django.urls import URLResolver, get_resolver

from linli.config.messages import LOCALE
from linli.domain.access.selectors import POLICY
from linli.domain.catalogue.rules.persons import person_word
from linli.domain.catalogue.rules.yaml_tree import read_tree
from linli.insight.grains import GRAINS
from linli.kernel.events import registered_events
from tests.architecture.sources import files
from tests.packs.shipped import NAMES, files_of

EXCUSED = yaml.safe_load(Path(__file__).with_name("names.yaml").read_text("utf-8"))["excused"]


def judged(named: Iterator[str] | list[str]) -> list[str]:
    """Return each text that scores a person and is not excused."""
    return sorted({text for text in named if person_word(text) and text not in EXCUSED})


def routes(resolver: URLResolver | None = None, above: str = "") -> Iterator[str]:
    """Every address and its name."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = above + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, here)
        else:
            yield f"{here} {entry.name or ''}"


def words_of(tree: Any) -> Iterator[str]:
    """Every key and every text of a JSON document."""
    if isinstance(tree, dict):
        yield from map(str, tree)
    for part in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from words_of(part)
    if isinstance(tree, str):
        yield tree


def facts() -> Iterator[str]:
    """Every event with its fields."""
    for path in files(".py", under="linli"):
        if path.name == "events.py" and path.parts[1] in ("domain", "insight"):
            import_module(".".join(path.with_suffix("").parts))
    for event in registered_events():
        yield event.name
        yield from (f"{event.subject_type}_{one.name}" for one in fields(event))


def sentences() -> Iterator[str]:
    """What the pages say in both languages."""
    for path in sorted((LOCALE / "en" / "parts").glob("*.po")):
        for entry in polib.pofile(str(path)):
            yield from (entry.msgid, entry.msgstr, *entry.msgstr_plural.values())


def of_packs() -> Iterator[str]:
    """Every key and text of the packs, but the sentences that residents might say."""
    for name in NAMES:
        for file, raw in files_of(name).items():
            if file.endswith(".yaml") and not file.startswith(("examples/", "urgency")):
                tree, _ = read_tree(file, raw)
                yield from words_of(tree.data if tree else None)


def of_policy() -> Iterator[str]:
    for code, act in POLICY.acts.items():
        yield from (code, act.zh, act.en)


def of_extracts() -> Iterator[str]:
    for table, grain in GRAINS.items():
        yield from (table, grain.zh, grain.en, *(f"{table} {column}" for column in grain.columns))


@pytest.mark.parametrize(
    ("named", "least"),
    [
        (routes, 60),
        (facts, 100),
        (sentences, 1000),
        (of_packs, 2000),
        (of_policy, 60),
        (of_extracts, 8),
    ],
    ids=lambda known: getattr(known, "__name__", ""),
)
def test_nothing_with_a_name_scores_a_person(named, least):
    """Serves: X01."""
    assert judged(named()) == []
    assert len(list(named())) >= least


def test_nothing_in_the_description_of_the_api_does():
    said = list(words_of(Client().get("/api/v1/openapi.json").json()))

    assert judged(said) == []
    assert len(said) > 300


@pytest.mark.parametrize(
    "planted",
    [
        "desk/residents/ranking/ desk:resident-ranking",
        "petitioner_risk",
        "重点人员名单",
        "按诉求人风险等级排序",
        "credit of a household",
        "paiming jumin_paiming",
    ],
)
def test_a_planted_name_is_found(planted):
    assert judged(["desk/cases/", planted]) == [planted]


def test_excuses_are_needed_and_give_their_reason():
    assert [text for text in EXCUSED if not person_word(text)] == []
    assert all(EXCUSED.values())
