"""Running the checks, and telling item by item how it stands."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from linli.config.level3 import accounts, evidence, machine, pages, server
from linli.config.level3.assertion import Assertion, Check
from linli.config.level3.items import Item, items

FILE = "level3.json"
MARKS = {"failed": "✗", "later": "!", "well": "✓", "document": "▤", "outside": "□"}
MOST_TOLD = 5
TOPICS = (machine, server, pages, accounts, evidence)
CHECKS: Mapping[str, Check] = {
    name: function
    for topic in TOPICS
    for name, function in vars(topic).items()
    if callable(function)
    and getattr(function, "__module__", "") == topic.__name__
    and not name.startswith("_")
    and function.__annotations__.get("return") == Iterator[Assertion]
}


@dataclass(frozen=True)
class Outcome:
    """An item with what was found for it just now."""

    item: Item
    assertions: Sequence[Assertion]

    @property
    def failed(self) -> list[Assertion]:
        """What is wrong here and now."""
        return [a for a in self.assertions if not a.is_well and not _is_later(a)]

    @property
    def later(self) -> list[Assertion]:
        """What production would call wrong."""
        return [a for a in self.assertions if not a.is_well and _is_later(a)]

    @property
    def state(self) -> str:
        """One of failed, later, well; document or outside where no check looks."""
        if self.item.kind != "checked":
            return self.item.kind
        return "failed" if self.failed else "later" if self.later else "well"


def examine() -> list[Outcome]:
    """Run every check once, and join each item with what its checks found."""
    listed = items(known=CHECKS)
    needed = {name for item in listed for name in item.checks}
    found = {name: list(_run(name)) for name in CHECKS if name in needed}
    return [Outcome(item, [a for name in item.checks for a in found[name]]) for item in listed]


def table_of(outcomes: Iterable[Outcome], *, lang: str) -> Iterator[str]:
    """Yield the lines of the report: item, what shows it, how it stands, what to do."""
    for outcome in outcomes:
        item, count = outcome.item, len(outcome.assertions)
        shown = f"{count - len(outcome.failed) - len(outcome.later)}/{count}" if count else "--"
        where = " ".join(item.checks) or item.answered
        yield f"{MARKS[outcome.state]} {item.id:<7} {item.clause:<12} {shown:>9}  {item.name(lang)}"
        yield f"    {where}" + (f" · {' '.join(item.tests)}" if item.tests else "")
        wrong = [*outcome.failed, *outcome.later]
        for one in wrong[:MOST_TOLD]:
            mark = MARKS["later" if _is_later(one) else "failed"]
            told = " ".join(filter(None, (one.subject, one.found)))
            yield f"    {mark} {told}" + (f"  → {one.advice}" if one.advice else "")
        if len(wrong) > MOST_TOLD:
            yield f"    … {len(wrong) - MOST_TOLD}"


def figures_of(outcomes: Sequence[Outcome], *, at: datetime) -> dict[str, object]:
    """Return the report as data."""
    seen = {a.subject: a for outcome in outcomes for a in outcome.assertions}
    return {
        "at": at.isoformat(timespec="seconds"),
        "env": settings.LINLI_ENV,
        "items": len(outcomes),
        "assertions": len(seen),
        "failed": sum(not a.is_well and not _is_later(a) for a in seen.values()),
        "in_production": sum(not a.is_well and _is_later(a) for a in seen.values()),
        "planned": 0,
        "results": [_told(outcome) for outcome in outcomes],
    }


def note_results(figures: Mapping[str, object], home: Path) -> None:
    """Keep the results beside the data, for whoever asks when this was last looked at."""
    path = home / FILE
    half = path.with_suffix(".partial")
    half.write_text(json.dumps(figures, ensure_ascii=False), encoding="utf-8")
    half.chmod(0o600)
    half.replace(path)


def last_results(home: Path) -> Mapping[str, object] | None:
    """Return what was found the last time, None where nobody looked."""
    try:
        found = json.loads((home / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _run(name: str) -> Iterator[Assertion]:
    """What a check yields; one that cannot run is a failure, not a gap."""
    try:
        yield from CHECKS[name]()
    except (DatabaseError, OSError, LookupError, ValueError, TypeError) as error:
        yield Assertion(f"{name} could not run", False, type(error).__qualname__, "linli up")


def _is_later(assertion: Assertion) -> bool:
    return assertion.in_production and not settings.IS_PRODUCTION


def _told(outcome: Outcome) -> dict[str, object]:
    item = outcome.item
    wrong = [*outcome.failed, *outcome.later]
    return {
        "id": item.id,
        "clause": item.clause,
        "zh": item.zh,
        "en": item.en,
        "confidence": item.confidence,
        "state": outcome.state,
        "assertions": len(outcome.assertions),
        "checks": list(item.checks),
        "tests": list(item.tests),
        "answered": item.answered,
        "wrong": [
            {"subject": a.subject, "found": a.found, "advice": a.advice, "now": not _is_later(a)}
            for a in wrong
        ],
    }
