"""Everybody before every door: which persons, cases and acts are asked, by size and seed."""

import logging
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from random import Random

from django.conf import settings
from django.db import connections
from django.test import override_settings

from linli.config.bench._access_details import (
    visit_acts,
    visit_case,
    visit_named,
    visit_receipts,
    visit_stranger,
)
from linli.config.bench._access_district import District, Filed, populate
from linli.config.bench._access_lists import (
    Ways,
    visit_counts,
    visit_figures,
    visit_lists,
    visit_search,
    visit_some,
    visit_suggestions,
)
from linli.config.bench._access_offices import (
    visit_keys,
    visit_methods,
    visit_page,
    visit_places,
    visit_renditions,
)
from linli.config.bench._access_oracle import Oracle, Policy
from linli.config.bench._access_routes import Row, Table
from linli.config.bench._access_tally import Part, Tally
from linli.config.bench._access_visitor import STRANGER, Visitor
from linli.config.bench._answer import Figures, progress
from linli.config.bench._web_role import AS_WEB_ROLE
from linli.kernel.clock import utc_now

ROLES_AT = "_of_the_district"
ONE = ("supervisor_of_the_district",)  # who comes by every method where not all do


@dataclass(frozen=True)
class Size:
    """How much is asked; of cases and acts those that stand differently come first.

    Parameters
    ----------
    cases : of the district. narrowed : in how many ways each list is narrowed.
    routes : at how many of the routes of one case each person is.
    details : how many are opened one by one by each person. searched : are looked for.
    acted : on how many acts are tried; acts : how many acts. named : how many in sight, and how
    many out of it, are named together in an act.
    lists : how many lists behind the numbers of a cockpit are opened.
    receipts : how many are followed by code.
    searching : how many persons look for single cases, type in what others said, and name cases.
    persons : how many are sent to pages, offices and accounts.
    """

    cases: int
    narrowed: int
    routes: int
    details: int
    searched: int
    acted: int
    acts: int
    named: int
    lists: int
    receipts: int
    searching: int
    persons: int


EVERY = 10_000
IN_CI = Size(
    72,
    narrowed=1,
    routes=4,
    details=1,
    searched=1,
    acted=1,
    acts=2,
    named=1,
    lists=1,
    receipts=4,
    searching=6,
    persons=1,
)
IN_FULL = Size(
    240,
    narrowed=EVERY,
    routes=EVERY,
    details=60,
    searched=20,
    acted=12,
    acts=EVERY,
    named=6,
    lists=15,
    receipts=EVERY,
    searching=EVERY,
    persons=EVERY,
)


def measure(size: Size, *, seed: int, processes: int, is_walled: bool) -> Figures:
    """Lay the district out and ask, in so many processes; returns the figures of the bench.

    `is_walled` : pages answer as the web's role, behind the second wall.
    """
    logging.getLogger("django.request").setLevel(logging.ERROR)  # refusals are what is asked for
    policy = Policy.of_the_platform()
    district = populate(cases=size.cases, seed=seed, at=utc_now(), policy=policy)
    tally = Tally(Oracle(policy, district))
    everybody = [*district.cast, STRANGER]
    send = partial(_visit_of, district, policy, size, seed)
    connections.close_all()  # each process has its own
    first = [AS_WEB_ROLE] if is_walled else []
    with (
        override_settings(MIDDLEWARE=[*first, *settings.MIDDLEWARE]),
        ProcessPoolExecutor(processes, get_context("fork")) as pool,
    ):
        for who, part in zip(everybody, pool.map(send, everybody), strict=True):
            tally.take(part)
            progress(f"{who or 'stranger'}: {tally.tried} cells, {tally.failed} failed")
    for what in tally.told():
        progress(what)
    return {**tally.figures(), "persons": len(district.cast), "cases": size.cases, "seed": seed}


def visit(district: District, policy: Policy, size: Size, *, seed: int) -> Tally:
    """Send everybody to every door, one after the other."""
    run = Run(Table.of_the_platform(), Tally(Oracle(policy, district)), size, seed)
    for who in (*district.cast, STRANGER):
        run.visit(who)
    return run.tally


def _visit_of(district: District, policy: Policy, size: Size, seed: int, who: str) -> Part:
    """What came of sending one person, as another process can be told it."""
    run = Run(Table.of_the_platform(), Tally(Oracle(policy, district)), size, seed)
    run.visit(who)
    return run.tally.part()


class Run:
    """One pass over all doors; what a person is asked hangs on the seed and the name alone."""

    def __init__(self, table: Table, tally: Tally, size: Size, seed: int) -> None:
        self.table, self.tally, self.size, self.seed = table, tally, size, seed
        self.district = tally.oracle.district
        self.chance = Random(seed)  # noqa: S311  # repeatable on purpose
        self.pages = self._some_persons(size.persons)
        self.searching = self._some_persons(size.searching)

    def visit(self, who: str) -> None:
        """Send one person, or the stranger, to every door."""
        self.chance = Random(f"{self.seed} {who}")  # noqa: S311  # repeatable on purpose
        visitor = Visitor(self.district, who)
        if who == STRANGER:
            self.stranger(visitor)
        else:
            self.person(visitor)

    def person(self, visitor: Visitor) -> None:
        """Send one person to every door."""
        self._lists(visitor)
        self._cases(visitor)
        if visitor.who in self.searching:
            self._searches(visitor)
        if visitor.who in self.pages:
            self._pages(visitor)
        if visitor.who.endswith(ROLES_AT) and (self.size is IN_FULL or visitor.who in ONE):
            visit_methods(visitor, self.table, self.tally)

    def _lists(self, visitor: Visitor) -> None:
        visit_counts(visitor, self.tally)
        for row in self.table.of("rows"):
            visit_lists(visitor, row, self.tally, narrowed=self._some_ways)
        for row in self.table.of("some"):
            visit_some(visitor, row, self.tally)
        for row in self.table.of("figures"):
            visit_figures(visitor, row, self.tally, lists=self.size.lists)

    def _searches(self, visitor: Visitor) -> None:
        for row in self.table.rows:
            cases = self._apart(visitor, self.size.searched)
            if "q" in row.narrowed and row.shows != "csv":
                visit_search(visitor, row, cases, self.tally)
            if row.suggests:
                visit_suggestions(visitor, row, cases, self.tally)
            if row.names:
                visit_named(visitor, row, self._pairs(visitor), self.tally, self.table)

    def _pairs(self, visitor: Visitor) -> list[tuple[Filed, Filed]]:
        """Some cases in sight, each with some that are out of it."""
        seen = self.tally.oracle.reach(visitor.who, "case.view")
        mine = [case for case in self.district.filed if case.ref in seen]
        others = [case for case in self.district.filed if case.ref not in seen]
        few = [
            self.chance.sample(some, k=min(self.size.named, len(some))) for some in (mine, others)
        ]
        return [(one, other) for one in few[0] for other in few[1]]

    def _cases(self, visitor: Visitor) -> None:
        rows = self.table.of("case")
        for row in self.chance.sample(rows, k=min(self.size.routes, len(rows))):
            if row.act_by:
                self._acts(visitor, row)
                continue
            for case in self._apart(visitor, self.size.details):
                visit_case(visitor, row, case, self.tally)

    def _acts(self, visitor: Visitor, row: Row) -> None:
        acts = list(self.table.acts.items())
        for case in self._apart(visitor, self.size.acted):
            some = self.chance.sample(acts, k=min(self.size.acts, len(acts)))
            visit_acts(visitor, row, case, self.tally, some)

    def _pages(self, visitor: Visitor) -> None:
        for row in self.table.of("office", "self", "key", "public", "nobody"):
            visit_page(visitor, row, self.tally, way=self._way(row))
        for row in self.table.of("figures"):
            page = row.model_copy(update={"of": "office"})
            visit_page(visitor, page, self.tally, way=self._way(row))
        for row in self.table.of("place"):
            visit_places(visitor, row, self.tally)
        for row in self.table.of("rendition"):
            visit_renditions(visitor, row, self.tally)
        for row in self.table.rows:
            if row.scope:
                visit_keys(visitor, row, self.tally)

    def stranger(self, visitor: Visitor) -> None:
        """Send somebody without account or key to every door, then the residents to theirs."""
        for row in self.table.of("case"):
            for case in self._apart(visitor, self.size.details):
                visit_stranger(visitor, row, case, self.tally, way=self._way(row))
        for row in self.table.of(
            "rows", "some", "figures", "office", "self", "key", "public", "nobody"
        ):
            visit_page(visitor, row, self.tally, way=self._way(row))
        for row in self.table.of("receipt"):
            cases = self._apart(visitor, self.size.receipts)
            visit_receipts(visitor, row, cases, self.tally)

    def _some_persons(self, most: int) -> set[str]:
        everybody = list(self.district.cast)
        return set(self.chance.sample(everybody, k=min(most, len(everybody))))

    def _some_ways(self, ways: Ways) -> Ways:
        return self.chance.sample(ways, k=min(self.size.narrowed, len(ways)))

    def _way(self, row: Row) -> str:
        return self.table.stranger(row) or ("sign_in" if row.of == "self" else "")

    def _apart(self, visitor: Visitor, most: int) -> Sequence[Filed]:
        """So many cases, by chance, but first one for each way to stand to the person."""
        cases = self.chance.sample(self.district.filed, k=len(self.district.filed))
        if most >= len(cases):
            return cases
        first = {self.tally.oracle.relation(visitor.who, case.ref): case for case in cases}
        chosen = list(first.values())[:most]
        kept = {case.ref for case in chosen}
        return [*chosen, *(c for c in cases if c.ref not in kept)][: max(most, len(chosen))]
