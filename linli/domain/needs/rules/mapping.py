"""How an export's columns and words are to be understood: a small YAML file, checked by line.

Serves: R045 R081.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

from linli.domain.catalogue.rules.persons import judging_word, person_word
from linli.domain.catalogue.rules.problems import Problem, in_order, problem
from linli.domain.catalogue.rules.shape import read_one
from linli.domain.catalogue.rules.yaml_tree import Tree, read_tree
from linli.domain.needs.errors import MappingRejected
from linli.domain.needs.rules.channels import Channel
from linli.kernel.tables import plain

# Columns that go to a person: what they hold may not score, rank or label.
OF_PERSONS = frozenset({"reporter_name", "phone", "address"})
# Words of topics, places and units may be any: what they lead to is no person.
OF_OTHERS = frozenset({"matters", "areas", "units"})


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # a folder, or no file's name
        raise PydanticCustomError("zone", "Asia/Shanghai, UTC, …") from error
    return name


Head = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=100),
    AfterValidator(plain),
]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=128)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=64)]
Solved = Literal["solved", "partly", "unsolved", "unreachable"]
Satisfied = Literal["satisfied", "basic", "dissatisfied", "no_comment"]
Zone = Annotated[str, StringConstraints(min_length=1), AfterValidator(_known_zone)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Columns(_Strict):
    """Which column of the file holds what; only the words of the message must be there."""

    body: Head
    title: Head | None = None
    source_id: Head | None = None
    received_at: Head | None = None
    reporter_name: Head | None = None
    phone: Head | None = None
    petition_type: Head | None = None
    address: Head | None = None
    channel: Head | None = None
    area: Head | None = None
    lng: Head | None = None
    lat: Head | None = None
    matter: Head | None = None
    urgency: Head | None = None
    confidential: Head | None = None

    def named(self) -> dict[str, str]:
        """Return field → name of its column, of those that the file has."""
        return {field: head for field, head in self if head is not None}


class EndingColumns(_Strict):
    """Which column holds what of how a matter ended; a row is finished where `closed_at` is set."""

    closed_at: Head
    unit: Head | None = None
    co_units: Head | None = None
    dispatched_at: Head | None = None
    contacted_at: Head | None = None
    answered_at: Head | None = None
    answer: Head | None = None
    outcome: Head | None = None
    solved: Head | None = None
    satisfied: Head | None = None
    comment: Head | None = None

    def named(self) -> dict[str, str]:
        """Return field → name of its column, of those that the file has."""
        return {field: head for field, head in self if head is not None}


class OutcomeMapping(_Strict):
    """How finished rows are to be understood.

    Parameters
    ----------
    units, outcomes, solved, satisfied : the file's word → our code.
    otherwise : outcome of a row that says neither how it ended nor whether it was solved.
    """

    columns: EndingColumns
    units: Mapping[str, Code] = {}
    outcomes: Mapping[str, Code] = {}
    solved: Mapping[str, Solved] = {}
    satisfied: Mapping[str, Satisfied] = {}
    otherwise: Code | None = None


class ImportMapping(_Strict):
    """All that a mapping file may say.

    Parameters
    ----------
    source : name of the system that the file comes from; a number counts within it.
    channel : how messages came in whose row does not say.
    petition_types, channels, areas, matters, urgencies : the file's word → our code.
    confidential : words that mean yes in the column of that name.
    timezone : in which zone the moments are written; the installation's unless given.
    encoding : of a CSV; found out unless given.
    sheet : name of the sheet; the first unless given.
    outcome : of a file that holds finished matters too; those come in as history.
    """

    columns: Columns
    source: Name = "hotline"
    channel: Channel = "import"
    petition_types: Mapping[str, Code] = {}
    channels: Mapping[str, Channel] = {}
    areas: Mapping[str, Code] = {}
    matters: Mapping[str, Code] = {}
    urgencies: Mapping[str, Literal["ordinary", "urgent", "emergency"]] = {}
    confidential: tuple[str, ...] = ("是",)
    timezone: Zone | None = None
    encoding: Literal["utf-8", "gb18030", "utf-16"] | None = None
    sheet: str | None = None
    outcome: OutcomeMapping | None = None


def mapping_of(data: bytes, *, name: str) -> ImportMapping:
    """Read a mapping file.

    Parameters
    ----------
    name : of the file, for messages.

    Raises MappingRejected with every fault by file and line.
    """
    tree, problems = read_tree(name, data)
    if tree is None or problems:
        raise _rejected(problems)
    placed, problems = read_one(ImportMapping, tree)
    if problems := [*problems, *_judging_problems(tree)]:
        raise _rejected(problems)
    return placed[0].item


def _judging_problems(tree: Tree) -> Iterator[Problem]:
    """Every head or word of the file by which a person would come in with a score or label."""
    for path, entries in tree.mappings():
        if OF_OTHERS & set(path):
            continue
        for key, value in entries.items():
            head = value if isinstance(value, str) else ""
            line = tree.line((*path, key))
            word = person_word(head) or person_word(key)
            if word:
                yield problem("person_word", tree.file, line, word=word, where=key)
            elif path[-1:] == ("columns",) and key in OF_PERSONS and (word := judging_word(head)):
                yield problem("person_grain", tree.file, line, about=key, word=word, where=key)


def _rejected(problems: list[Problem]) -> MappingRejected:
    ordered = in_order(problems)
    return MappingRejected(
        "\n".join(problem.text("zh-hans") for problem in ordered),
        "\n".join(problem.text("en") for problem in ordered),
    )
