"""The small change of speech: greetings, amounts, times, names of shops and of people."""

from dataclasses import dataclass
from functools import cache
from random import Random

from linli.town.text_data import Checked, read_data
from linli.town.topics import lines


class PhraseFile(Checked):
    """What `data/phrases.yaml` holds; a block of text has one phrase a line."""

    greetings: str
    identities: str
    joins: str
    again: str
    extras: str
    doubts: str
    plain_ends: str
    plain_asks: str
    inquiry_asks: str
    suggestion_asks: str
    thanks: str
    clerk: str
    grid_worker: str
    titles: str
    kin: list[str]
    since: list[str]
    days: list[str]
    months: list[str]
    counts: list[str]
    money: list[str]
    fees: list[str]
    when_day: list[str]
    buildings: list[str]
    hours: dict[str, list[str]]
    shops: dict[str, list[str]]
    surnames: list[str]
    given: list[str]
    courtesies: list[str]
    typos: dict[str, str]
    synonyms: dict[str, str]


@dataclass(frozen=True)
class Person:
    """A resident who does not exist; four zeros stand where a real number has others."""

    name: str
    phone: str


@cache
def phrases() -> PhraseFile:
    """Return the phrases, read once."""
    return read_data("phrases", shape=PhraseFile)


@cache
def _block(name: str) -> tuple[str, ...]:
    return lines(str(getattr(phrases(), name)))


def say(rng: Random, block: str) -> str:
    """Return one phrase of the named block."""
    return rng.choice(_block(block))


def invent_person(rng: Random) -> Person:
    """Make up a name and a number that nobody has."""
    words = phrases()
    surname = rng.choice(words.surnames)
    rest = rng.choice(words.courtesies if rng.random() < 0.55 else words.given)
    phone = f"1{rng.randint(3, 9)}{rng.randint(0, 9)}0000{rng.randint(0, 9999):04d}"
    return Person(surname + rest, phone)


def amount(rng: Random, slot: str, *, hours: str) -> str:
    """Return words for a slot that needs no place: a time, a count, a sum, a relative, a shop.

    Raises KeyError for a slot that no phrase fills.
    """
    words = phrases()
    if slot == "hour":
        return rng.choice(words.hours[hours])
    if slot == "b":
        shape = rng.choice(words.buildings)
        door = f"{rng.randint(1, 18)}0{rng.randint(1, 4)}"
        return shape.format(a=rng.randint(1, 22), c=rng.randint(1, 4), d=door)
    if f"{slot}_first" in words.shops or slot == "shop":
        kind = "food" if slot == "shop" else slot
        return rng.choice(words.shops[f"{kind}_first"]) + rng.choice(words.shops[f"{kind}_last"])
    lists = {
        "kin": words.kin,
        "since": words.since,
        "days": words.days,
        "months": words.months,
        "n": words.counts,
        "money": words.money,
        "fee": words.fees,
        "when": words.when_day,
    }
    return rng.choice(lists[slot])
