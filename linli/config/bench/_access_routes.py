"""The table of routes as data, and what the program really serves, to be held against it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

import yaml
from django.urls import URLPattern, URLResolver, get_resolver
from pydantic import BaseModel, ConfigDict, Field

from linli.api.root import api

FILE = Path(__file__).with_name("_access_routes.yaml")
ANY = "any"
Values = Mapping[str, str | int | list[str]]


class Row(BaseModel):
    """What is expected of one route and method; see the head of the table."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    of: str
    door: str
    acts: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    what: str = ""
    shows: str = ""
    narrowed: tuple[str, ...] = ()
    values: Values = Field({}, alias="with")
    named_by: tuple[str, ...] = ()
    until: str = ""
    filled_by: tuple[str, ...] = ()
    act_by: str = ""
    by: str = ""
    names: Mapping[str, str] = {}
    scope: str = ""
    visible: str = "absent"
    tells: str = ""
    suggests: str = ""
    counted: str = ""
    listed: str = ""
    weighty: bool = False
    not_own: bool = False
    route: str = ""
    method: str = ""

    @property
    def name(self) -> str:
        """Route and method, as told."""
        return f"{self.method} {self.route}"

    def fillings(self) -> Iterator[dict[str, str]]:
        """Yield every way to fill in what the row says stands in the address or the body."""
        names = list(self.values)
        choices = [v if isinstance(v, list) else [str(v)] for v in self.values.values()]
        for chosen in product(*choices):
            yield dict(zip(names, chosen, strict=True))


class Table:
    """All rows."""

    def __init__(self, text: str) -> None:
        read = yaml.safe_load(text)
        self.strangers: Mapping[str, str] = read["strangers"]
        self.acts: Mapping[str, str] = read["acts"]
        self.rows: Sequence[Row] = [
            Row(**row, route=route, method=method)
            for route, methods in read["routes"].items()
            for method, row in methods.items()
        ]

    @classmethod
    def of_the_platform(cls) -> "Table":
        """Read the table that ships."""
        return cls(FILE.read_text(encoding="utf-8"))

    def of(self, *kinds: str) -> list[Row]:
        """The rows of some kinds."""
        return [row for row in self.rows if row.of in kinds]

    def methods(self) -> dict[str, set[str]]:
        """The methods that each route has a row for."""
        found: dict[str, set[str]] = {}
        for row in self.rows:
            found.setdefault(row.route, set()).add(row.method)
        return found

    def stranger(self, row: Row) -> str:
        """How a stranger is answered: sign_in, key, or "" where it is not the face that says."""
        return self.strangers.get(row.route.partition(":")[0], "")


def served() -> dict[str, str]:
    """Return every route of the program: its name, or its pattern where it has none, with it."""
    return dict(_below("", "", get_resolver().url_patterns))


def _below(
    start: str, space: str, patterns: Sequence[URLPattern | URLResolver]
) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        here = start + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _below(here, inner, pattern.url_patterns)
        else:
            yield (f"{space}{pattern.name}" if pattern.name else here), here


def operations() -> set[tuple[str, str]]:
    """Return every operation that the API describes: its address as a pattern, and its method."""
    return {
        (path.strip("/").replace("{", "<").replace("}", ">"), method.upper())
        for path, ways in api.get_openapi_schema()["paths"].items()
        for method in ways
    }
