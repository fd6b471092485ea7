"""What residents of the town speak about, and in which words: read from `data/demands`."""

from dataclasses import dataclass
from functools import cache

from pydantic import Field

from linli.town.text_data import Checked, data_names, read_data


class TopicEntry(Checked):
    matter: str
    subject: str
    weight: float
    kinds: list[str]
    communities: list[str] = Field(default=[], alias="in")
    season: str = "flat"
    hours: str
    types: dict[str, float]
    texts: str
    effects: str = ""
    asks: str = ""


class TopicFile(Checked):
    """One file of `data/demands`: topics that share effects and asks."""

    effects: str
    asks: str
    topics: list[TopicEntry]


@dataclass(frozen=True)
class Topic:
    """A thing that people report: its true matter, where and when it happens, its sentences.

    `kinds` are kinds of places; `communities` types of community, empty for all; `types` the
    weight of each petition type; `weight` how often it is heard beside the others.
    """

    matter: str
    subject: str
    weight: float
    kinds: tuple[str, ...]
    communities: tuple[str, ...]
    season: str
    hours: str
    types: dict[str, float]
    texts: tuple[str, ...]
    effects: tuple[str, ...]
    asks: tuple[str, ...]


def lines(block: str) -> tuple[str, ...]:
    """Return the lines of a block of text that are not empty."""
    return tuple(line.strip() for line in block.splitlines() if line.strip())


@cache
def read_topics() -> tuple[Topic, ...]:
    """Return every topic of every file, in the order of the files."""
    return tuple(
        _topic(entry, file)
        for name in data_names("demands")
        for file in [read_data(name, shape=TopicFile)]
        for entry in file.topics
    )


def _topic(entry: TopicEntry, file: TopicFile) -> Topic:
    return Topic(
        entry.matter,
        entry.subject,
        entry.weight,
        tuple(entry.kinds),
        tuple(entry.communities),
        entry.season,
        entry.hours,
        entry.types,
        lines(entry.texts),
        lines(entry.effects or file.effects),
        lines(entry.asks or file.asks),
    )
