"""The doors that answer about many cases at once: lists, searches, exports, numbers, the API."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import urlencode

from django.http import QueryDict

from linli.config.bench._access_district import BODY, TITLE, WORD, Filed
from linli.config.bench._access_oracle import NONE, Refs
from linli.config.bench._access_routes import Row
from linli.config.bench._access_tally import Tally
from linli.config.bench._access_visitor import Visitor, named_in
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.cases.selectors import CaseFilter, cases_within, count_cases, counts_by
from linli.domain.cases.selectors.figures import By
from linli.domain.organisations.selectors import actor_for
from linli.kernel.clock import utc_now
from linli.web.desk.searching import search_of

PAGE_SIZE, MOST_PAGES = 50, 40
ROW = re.compile(r'href="/desk/cases/([a-z2-7]{26})/"')
FIGURE = re.compile(r'<td class="table__number[^"]*"><a href="/desk/cases/\?([^"]*)">([^<]*)</a>')
NUMBER = re.compile(r"\d{8}-\d{6}-\d")
HEADINGS: tuple[By, ...] = ("area", "matter", "stage", "status", "unit", "channel")
STATES = ("open", "closed")
Query = Mapping[str, str]
Ways = list[tuple[Row, Query, Refs]]


def visit_lists(
    visitor: Visitor, row: Row, tally: Tally, *, narrowed: Callable[[Ways], Ways]
) -> None:
    """Check a list whole, and narrowed in some of the ways that it can be narrowed."""
    who, oracle = visitor.who, tally.oracle
    if row.shows == "csv" and not oracle.may(who, row.acts):
        tally.same(row, who, "shut", is_same=visitor.ask(row) == visitor.nothing(row))
        tally.rows(row, who, (), NONE)
        return
    given = oracle.all_of(who, row.acts)
    ways: Ways = []
    if "q" in row.narrowed:
        ways.append((_searched(row), {"q": WORD}, given))
    if "status" in row.narrowed:
        ways += [(row, {"status": state}, given & oracle.state(state)) for state in STATES]
    for asked, query, expected in [(row, {}, given), *narrowed(ways)]:
        shown = _listed(visitor, asked, query)
        tally.rows(asked, who, shown, expected, " ".join(query.values()))


def visit_search(visitor: Visitor, row: Row, cases: Sequence[Filed], tally: Tally) -> None:
    """Look for single cases by what only they bear: it is found alone, or nothing is."""
    given = tally.oracle.all_of(visitor.who, row.acts)
    for case in cases:
        for words in (case.number, TITLE.format(case.serial)):
            shown = set(_listed(visitor, row, {"q": words})) & {case.ref}
            looks = "let_in" if shown else "absent"
            is_given = case.ref in given
            tally.case(_searched(row), visitor.who, case.ref, looks, is_given=is_given)


def visit_some(visitor: Visitor, row: Row, tally: Tally) -> None:
    """Check that a list of work, notices or limits names nothing that its holder may not see."""
    shown: set[str] = set()
    for page in range(1, MOST_PAGES):
        answer = visitor.ask(row, page=str(page))
        named = named_in(answer.text, visitor.district)
        is_last = named <= shown or len(ROW.findall(answer.text)) < PAGE_SIZE
        shown |= named
        if is_last:
            break
    most = tally.oracle.any_of(visitor.who, row.any)
    tally.bounded(row, visitor.who, shown, most)


def visit_suggestions(visitor: Visitor, row: Row, cases: Sequence[Filed], tally: Tally) -> None:
    """Type in what others said before, and see which cases are held against it."""
    if not tally.oracle.may(visitor.who, row.any):
        return
    most = tally.oracle.reach(visitor.who, row.suggests)
    for area in dict.fromkeys(case.area for case in cases):
        answer = visitor.ask(row, body=BODY, area=area, channel="phone")
        tally.bounded(row, visitor.who, named_in(answer.text, visitor.district), most, area)


def visit_figures(visitor: Visitor, row: Row, tally: Tally, *, lists: int) -> None:
    """Check each number of a page against the cases behind its link, and some of those lists."""
    who, oracle = visitor.who, tally.oracle
    if not oracle.may(who, row.any):
        return
    counted, listed = oracle.reach(who, row.counted), oracle.reach(who, row.listed)
    text = visitor.ask(row).text
    for place, (query, words) in enumerate(dict.fromkeys(FIGURE.findall(text))):
        asked = QueryDict(query.replace("&amp;", "&"))
        behind = _behind(asked)
        shown = int(re.sub(r"\D", "", words))
        tally.figure(row, who, asked.urlencode(), shown, len(behind & counted))
        if place < lists:
            desk = row.model_copy(update={"route": "desk:cases", "shows": "links"})
            found = _listed(visitor, desk, {name: str(asked[name]) for name in asked})
            tally.rows(row, who, found, behind & listed, asked.urlencode())


def visit_counts(visitor: Visitor, tally: Tally) -> None:
    """Check the counts that pages are made of: in all, and under each heading."""
    row = Row(of="figures", door="count", route="counts", method="GET")
    who, now = visitor.who, utc_now()
    actor = actor_for(visitor.district.users[who], at=now)
    given = tally.oracle.reach(who, "case.count")
    tally.figure(row, who, "all", count_cases(actor), len(given))
    for by in HEADINGS:
        found = {one.code: one.cases for one in counts_by(actor, by=by, at=now)}
        tally.figure(row, who, f"by {by}", sum(found.values()), len(given))
        if by == "area":
            cases = [tally.oracle.by_ref[ref] for ref in given]
            for area in {case.area for case in tally.oracle.district.filed}:
                here = sum(case.area == area for case in cases)
                tally.figure(row, who, f"in {area}", found.get(area, 0), here)
        for state in STATES if by == "status" else ():
            of_state = len(given & tally.oracle.state(state))
            tally.figure(row, who, state, found.get(state, 0), of_state)


def _behind(asked: QueryDict) -> Refs:
    """The cases that an address of a list narrows to, whoever they are for."""
    where = search_of(asked, actor=SYSTEM_ACTOR, at=utc_now()).where or CaseFilter()
    return frozenset(cases_within(SYSTEM_ACTOR, where=where).values_list("public_id", flat=True))


def _searched(row: Row) -> Row:
    return row.model_copy(update={"door": "search"}) if row.door == "list" else row


def _listed(visitor: Visitor, row: Row, query: Query) -> list[str]:
    """Every case that a list shows, all pages together."""
    return [ref for page in READERS[row.shows](visitor, row, query) for ref in page]


def _links(visitor: Visitor, row: Row, query: Query) -> Iterator[list[str]]:
    for page in range(1, MOST_PAGES):
        said = f"?{urlencode({**query, 'page': page})}"
        found = list(dict.fromkeys(ROW.findall(visitor.ask(row, said=said).text)))
        yield found
        if len(found) < PAGE_SIZE:
            return
    raise RuntimeError("the list does not end")


def _csv(visitor: Visitor, row: Row, query: Query) -> Iterator[list[str]]:
    answer = visitor.ask(row, said=f"?{urlencode(query)}")
    sheet = csv.reader(io.StringIO(answer.body.decode("utf-8-sig")))
    # What else stands in the first column is a heading, or says who took the file away.
    numbers = [line[0] for line in sheet if line and NUMBER.fullmatch(line[0])]
    yield [visitor.district.names[number] for number in numbers]


def _json(visitor: Visitor, row: Row, query: Query) -> Iterator[list[str]]:
    for page in range(1, MOST_PAGES):
        said = f"?{urlencode({**query, 'page': page})}"
        found = json.loads(visitor.ask(row, said=said).body)
        yield [one["id"] for one in found["items"]]
        if page * found["size"] >= found["total"]:
            return


READERS: Mapping[str, Callable[[Visitor, Row, Query], Iterator[list[str]]]] = {
    "links": _links,
    "csv": _csv,
    "json": _json,
}
