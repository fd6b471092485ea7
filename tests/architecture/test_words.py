"""One word a thing: what the program calls things stands in docs/words.md."""

from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.db.models import TextChoices

from linli.kernel.events import Event
from tests.architecture.sources import files, text


def _words() -> dict[str, tuple[str, str]]:
    rows = [
        [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        for line in text(Path("docs/words.md")).splitlines()
        if line.startswith("| ") and "`" in line
    ]
    return {code: (zh, en) for zh, en, code in rows}


def _all_below(kind: type) -> set[type]:
    found = set(kind.__subclasses__())
    return found.union(*map(_all_below, found)) if found else found


def test_every_model_is_in_the_list_of_words():
    own = [m for m in apps.get_models() if m.__module__.startswith("linli.")]

    assert [m.__name__ for m in own if m.__name__ not in _words()] == []


def test_every_event_is_in_the_list_of_words():
    for path in files(".py", under="linli/domain"):
        if path.name == "events.py" or path.parent.name == "events":
            import_module(".".join(path.with_suffix("").parts))
    named = [
        e for e in _all_below(Event) if e.__module__.startswith("linli.") and e.__dict__.get("name")
    ]
    shipped = [e.__name__ for e in named if ".tests." not in e.__module__]

    assert [name for name in sorted(shipped) if name not in _words()] == []


def test_every_state_is_in_the_list_of_words():
    states = [c for c in _all_below(TextChoices) if c.__module__.startswith("linli.domain")]

    unlisted = [f"{c.__qualname__}.{v}" for c in states for v in c.values if v not in _words()]

    assert unlisted == []


def test_each_word_has_both_languages_and_stands_once():
    rows = [line for line in text(Path("docs/words.md")).splitlines() if "| `" in line]

    assert len(rows) == len(_words())
    assert [code for code, (zh, en) in _words().items() if not (zh and en)] == []


# Words that people use for the same thing, and that would make two of it.
NOT_OURS = {"案件": "Case"}


def test_no_other_word_is_used_for_a_thing_that_has_one():
    spoken = files(".py", ".html", ".po", ".js", under="linli")

    assert [
        f"{path}: {other}, say {_words()[code][0]}"
        for path in spoken
        for other, code in NOT_OURS.items()
        if other in text(path)
    ] == []
