"""The doors that are not of cases: offices, accounts, proposals, one's own pages, keys, methods."""

import re
from collections.abc import Iterator

from linli.config.bench._access_cast import PROPOSED, Seat
from linli.config.bench._access_oracle import NONE, Oracle
from linli.config.bench._access_routes import ANY, Row, Table
from linli.config.bench._access_tally import Tally
from linli.config.bench._access_visitor import (
    SCOPES,
    STRANGER,
    Answer,
    Visitor,
    address,
    named_in,
)

TOLD = re.compile(r"/desk/statements/([a-z2-7]{26})/")
NOBODYS, NO_PROPOSAL, NO_NUMBER = "no-such-person", "b" * 26, "999999999"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def visit_page(visitor: Visitor, row: Row, tally: Tally, *, way: str) -> None:
    """Open a page that is of an office, of oneself, of a key, of everybody or of nobody."""
    who, oracle = visitor.who, tally.oracle
    is_given = _is_given(oracle, who, row)
    for filling in row.fillings():
        answer = visitor.ask(row if row.method != ANY else _got(row), **filling)
        looks = _as_expected(answer, row)
        tally.decided(row, who, " ".join(filling.values()), looks, is_given=is_given)
        if not is_given:
            is_same = _is_refused_alike(visitor, row, answer, way)
            tally.same(row, who, "page", is_same=is_same)
        may_read = oracle.any_of(who, ("case.view", "case.list"))
        if row.tells and oracle.may(who, [row.tells]):
            may_read = oracle.unshielded(who)
        named = named_in(answer.text, visitor.district)
        tally.bounded(row, who, named, may_read if is_given else NONE)


def visit_places(visitor: Visitor, row: Row, tally: Tally) -> None:
    """Open every account, or every proposal, that there is."""
    who, oracle = visitor.who, tally.oracle
    for name, own, areas, values, nothing in _places(visitor, row):
        is_given = oracle.may(who, row.any) and all(
            oracle.over(who, row.any, area) for area in areas
        )
        is_given &= not (row.not_own and who in own)
        for filling in row.fillings():
            answer = visitor.ask(row, **values, **filling)
            looks = answer.looks
            if looks == "refused":
                looks = "absent"
            tally.decided(row, who, name, looks, is_given=is_given)
            if not is_given:
                absent = visitor.absent(row, **nothing, **filling)
                tally.same(row, who, name, is_same=answer == absent)


def visit_renditions(visitor: Visitor, row: Row, tally: Tally) -> None:
    """Open what units were told of complaints: it is for them alone, and names no case."""
    who, oracle, district = visitor.who, tally.oracle, visitor.district
    may_read = oracle.any_of(who, ("case.view", "case.list"))
    own = oracle.answers(who, row.any)
    if not row.by:
        answer = visitor.ask(row)
        shown = set(TOLD.findall(answer.text))
        for ref in district.renditions:
            looks = "let_in" if ref in shown else "absent"
            tally.decided(row, who, ref, looks, is_given=ref in own)
        tally.same(row, who, "shut", is_same=_is_open_or_absent(visitor, row, answer, tally))
        tally.bounded(row, who, named_in(answer.text, district), may_read)
        return
    for ref in district.renditions:
        answer = visitor.ask(row, **{row.by: ref})
        tally.decided(row, who, ref, answer.looks, is_given=ref in own)
        if ref not in own:
            absent = visitor.absent(row, **{row.by: NO_PROPOSAL})
            tally.same(row, who, ref, is_same=answer == absent)
        tally.bounded(row, who, named_in(answer.text, district), may_read)


def _is_open_or_absent(visitor: Visitor, row: Row, answer: Answer, tally: Tally) -> bool:
    may = tally.oracle.may(visitor.who, row.any)
    return answer.looks == "let_in" if may else answer == visitor.nothing(row)


def visit_keys(visitor: Visitor, row: Row, tally: Tally) -> None:
    """Come with every key that lacks the scope: it is as if there were none."""
    filling = next(row.fillings()) | ({"ref": "a" * 26} if row.of == "case" else {})
    bare = visitor.send(row.method, *address(row, filling), is_json=True)
    for scope in SCOPES:
        if scope == row.scope:
            continue
        answer = visitor.ask(row, scope=scope, **filling)
        tally.decided(row, visitor.who, f"key {scope}", answer.looks, is_given=False)
        tally.same(row, visitor.who, f"key {scope}", is_same=answer == bare)


def visit_methods(visitor: Visitor, table: Table, tally: Tally) -> None:
    """Come by every method that a route has no row for: none is answered."""
    rows = {row.route: row for row in table.rows if row.method != ANY and row.of != "nobody"}
    for route, known in table.methods().items():
        for method in METHODS if route in rows else ():
            if method in known:
                continue
            row = rows[route].model_copy(update={"method": method})
            filling = next(row.fillings()) | _anything(row)
            answer = visitor.ask(row, **filling)
            looks = "absent" if answer.looks == "refused" else answer.looks
            tally.decided(row, visitor.who, "method", looks, is_given=False)


def _anything(row: Row) -> dict[str, str]:
    values = {
        "case": {
            "ref": "a" * 26,
            **dict.fromkeys(row.filled_by, "a" * 26),
            **({row.act_by: "note"} if row.act_by else {}),
        },
        "account": {"username": NOBODYS, "number": NO_NUMBER},
        "proposal": {"ref": NO_PROPOSAL},
        "rendition": {row.by: NO_PROPOSAL} if row.by else {},
    }
    return values.get(row.what or row.of, {})


def _got(row: Row) -> Row:
    return row.model_copy(update={"method": "GET"})


def _is_given(oracle: Oracle, who: str, row: Row) -> bool:
    if row.of in ("office", "figures"):
        return oracle.may(who, row.any)
    return {"self": who != STRANGER, "key": who != STRANGER, "public": True}.get(row.of, False)


def _as_expected(answer: Answer, row: Row) -> str:
    """How an answer looks; of the sign-in package's pages only faults and strangers matter.

    What is one's own may be nothing yet: no session of that number, no passkey to remove.
    """
    is_loose = row.method == ANY or row.of == "self"
    is_fault = answer.looks == "error" or (row.of == "self" and answer.looks == "sign_in")
    return "let_in" if is_loose and row.of != "nobody" and not is_fault else answer.looks


def _is_refused_alike(visitor: Visitor, row: Row, answer: Answer, way: str) -> bool:
    if row.until:
        return answer.looks in ("absent", way)
    if visitor.who == STRANGER and way and row.of != "nobody":
        return answer.looks == way
    if row.visible == "forbidden":
        return answer.looks == "forbidden"
    if row.method == "HEAD":
        return answer.status == visitor.nothing(row).status
    return answer == visitor.nothing(row)


Place = tuple[str, tuple[str, ...], list[str], dict[str, str], dict[str, str]]


def _places(visitor: Visitor, row: Row) -> Iterator[Place]:
    """Yield name, whose own, areas, what fills the address, and so with what is not there."""
    district = visitor.district
    if row.what == "proposal":
        for area, ref in district.proposals.items():
            yield ref, PROPOSED, [area], {"ref": ref}, {"ref": NO_PROPOSAL}
        return
    is_numbered = row.route.endswith("dismiss")
    for name, seats in district.cast.items():
        if not all(seat.holds for seat in seats) or (is_numbered and not seats):
            continue
        numbered = {"number": str(district.posts[name])} if is_numbered else {}
        none = {"number": NO_NUMBER} if is_numbered else {}
        values = {"username": name, **numbered}
        yield name, (name,), _areas(seats), values, {"username": NOBODYS, **none}


def _areas(seats: tuple[Seat, ...]) -> list[str]:
    return [seat.area for seat in seats]
