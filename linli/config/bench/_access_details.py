"""The doors that answer about one case: its page, its person, its acts, the API, the receipt."""

import re
from collections.abc import Iterable, Sequence

from linli.config.bench._access_district import Filed
from linli.config.bench._access_oracle import NONE, Refs
from linli.config.bench._access_routes import Row, Table
from linli.config.bench._access_tally import Tally
from linli.config.bench._access_visitor import STRANGER, Answer, Visitor, named_in

# Of the shape of a public id and of a number, so that nothing but their absence differs.
NO_REF, NO_NUMBER = "a" * 26, "20200101-000001-5"
WRONG_CODE = "0000-0000-0000-0000"
# Made anew for each form: the token against forgery, the key of the command.
FRESH = re.compile(r'name="(?:csrfmiddlewaretoken|key)" value="[^"]*"|[Cc]srf[^ >]*"[^"]{64}"')


def visit_case(visitor: Visitor, row: Row, case: Filed, tally: Tally) -> None:
    """Ask for a case, by every name that it has in an address."""
    expected = tally.oracle.all_of(visitor.who, row.acts)
    for filling in row.fillings():
        for name in (case.ref, *(getattr(case, other) for other in row.named_by)):
            _ask(visitor, row, case, tally, expected, name=name, **filling, **_own(row, case))


def visit_acts(
    visitor: Visitor, row: Row, case: Filed, tally: Tally, acts: Iterable[tuple[str, str]]
) -> None:
    """Ask for acts on a case: the form, or sending it empty, which changes nothing."""
    for code, act in acts:
        expected = tally.oracle.all_of(visitor.who, (*row.acts, act))
        by_act = row.model_copy(update={"method": row.method, "acts": (*row.acts, act)})
        _ask(visitor, by_act, case, tally, expected, name=case.ref, **{row.act_by: code})


def visit_named(
    visitor: Visitor, row: Row, pairs: Iterable[tuple[Filed, Filed]], tally: Tally, table: Table
) -> None:
    """Name a case that is out of sight in an act on one that is not: it must look absent."""
    for act, field in row.names.items():
        given = tally.oracle.all_of(visitor.who, (*row.acts, table.acts[act]))
        seen = tally.oracle.reach(visitor.who, "case.view")
        for case, other in pairs:
            if case.ref not in given or other.ref in seen:
                continue
            said = {"ref": case.ref, row.act_by: act, "key": "bench", "kind": "follows"}
            absent = visitor.ask(row, **said, **{field: NO_NUMBER})
            for name, none in ((other.number, NO_NUMBER), (other.ref, NO_REF)):
                hidden = visitor.ask(row, **said, **{field: name})
                if none is not NO_NUMBER:
                    absent = visitor.ask(row, **said, **{field: none})
                is_same = _plain(hidden, name) == _plain(absent, none)
                looks = "absent" if is_same else "let_in"
                tally.case(row, visitor.who, other.ref, looks, is_given=False)


def visit_receipts(visitor: Visitor, row: Row, cases: Sequence[Filed], tally: Tally) -> None:
    """Follow cases by their receipt: the code opens its own and names no other."""
    wrong = visitor.ask(row, code=WRONG_CODE)
    shown = named_in(wrong.text, visitor.district)
    tally.bounded(row, visitor.who, shown, NONE, "a code that nobody was given")
    for case, other in zip(cases, [*cases[1:], *cases[:1]], strict=True):
        answer = visitor.ask(row, code=case.receipt, **_own(row, case))
        named = named_in(answer.text, visitor.district)
        looks = answer.looks if case.ref in named or row.filled_by else "absent"
        if row.filled_by:  # what is another's stays shut to a code
            foreign = visitor.ask(row, code=other.receipt, **_own(row, case))
            tally.case(row, visitor.who, case.ref, foreign.looks, is_given=False)
        tally.case(row, visitor.who, case.ref, looks, is_given=not row.until)
        tally.bounded(row, visitor.who, named, frozenset({case.ref, case.into}))


def visit_stranger(visitor: Visitor, row: Row, case: Filed, tally: Tally, *, way: str) -> None:
    """Ask for a case without signing in, or without a key: all are sent away alike."""
    filling = next(row.fillings()) | _any_act(row)
    absent = visitor.absent(row, ref=NO_REF, **filling, **_nobodys(row))
    answer = visitor.ask(row, ref=case.ref, **filling, **_own(row, case))
    tally.case(row, STRANGER, case.ref, answer.looks, is_given=False)
    own = (case.ref, *_own(row, case).values())
    is_same = answer.looks == way and _plain(answer, *own) == _plain(absent, NO_REF)
    tally.same(row, STRANGER, case.ref, is_same=is_same)


def _own(row: Row, case: Filed) -> dict[str, str]:
    return {name: getattr(case, name) for name in row.filled_by}


def _nobodys(row: Row) -> dict[str, str]:
    return dict.fromkeys(row.filled_by, NO_REF)


def _any_act(row: Row) -> dict[str, str]:
    return {row.act_by: "note"} if row.act_by else {}


def _ask(
    visitor: Visitor,
    row: Row,
    case: Filed,
    tally: Tally,
    expected: Refs,
    *,
    name: str,
    **values: str,
) -> None:
    who, is_given = visitor.who, case.ref in expected
    answer = visitor.ask(row, ref=name, **values)
    looks = answer.looks
    if looks == "forbidden" and row.visible == "forbidden" and is_given:
        looks = "let_in"
    tally.case(row, who, case.ref, looks, is_given=is_given)
    if looks == "absent" and not is_given and answer.looks == "absent":
        none = NO_REF if name == case.ref else NO_NUMBER
        absent = visitor.absent(row, **{"ref": none, **values, **_nobodys(row)})
        tally.same(row, who, case.ref, is_same=answer == absent)
    if looks == "let_in":
        named = named_in(answer.text, visitor.district) - {case.ref}
        tally.beside(row, who, named, tally.oracle.any_of(who, ("case.view", "case.list")))


def _plain(answer: Answer, *names: str) -> tuple[int, str, tuple[tuple[str, str], ...]]:
    """An answer without the name that was asked for, and without what is made anew each time."""

    def bare(text: str) -> str:
        for name in names:
            text = text.replace(name, "")
        return text

    text = FRESH.sub("", bare(answer.text))
    headers = {key: bare(value) for key, value in answer.headers.items()}
    return answer.status, text, tuple(sorted(headers.items()))
