"""What is released stands against an attacker, who does find what is not guarded."""

import pytest

from linli.config.bench._figures_attack import Known, attack
from linli.config.bench._figures_run import measure

ABOVE = {"a": "", "b": ""}


def known(code="", **counts):
    """Two places and two matters, and their sums; a count left out is withheld."""
    cells = [("a", "x"), ("a", "y"), ("a", ""), ("b", "x"), ("b", "y"), ("b", "")]
    cells += [("", "x"), ("", "y"), ("", "")]
    names = ["ax", "ay", "a", "bx", "by", "b", "x", "y", "all"]
    shown = {("place", *cell): counts.get(name) for cell, name in zip(cells, names, strict=True)}
    return Known(code, ABOVE, ["x", "y"], [], {}, shown)


FULL = {"ax": 3, "ay": 40, "a": 43, "bx": 50, "by": 60, "b": 110, "x": 53, "y": 100, "all": 153}


def without(*names, code=""):
    return known(code, **{name: n for name, n in FULL.items() if name not in names})


def test_fifty_releases_and_some_quarters_give_nothing_away():
    """Serves: X01."""
    found = measure(tables=50, pairs=3, least=10, sizes=[(1, 2, 3, 2)], seed=1)

    assert (found["exact"], found["narrow"], found["failed"]) == (0, 0, 0)
    assert found["tried"] > 400
    assert found["shown_percent"] > 50
    assert found["unguarded_exact_percent"] > 30


@pytest.mark.parametrize(
    ("gaps", "widths"),
    [(["ax"], [0]), (["ax", "ay"], [0, 0]), (["ax", "ay", "bx", "by"], [43] * 4)],
)
def test_the_attacker_subtracts(gaps, widths):
    found = list(attack([without(*gaps)], {}, enough=50))

    assert found == widths


def test_the_attacker_reads_months_and_their_quarter_together():
    gaps = ["ax", "ay", "bx", "by"]
    months = [without(*gaps, code="m1"), without(code="m2")]
    quarter = known("q", **{name: 2 * n for name, n in FULL.items()})

    alone = list(attack(months, {}, enough=10))
    together = list(attack([*months, quarter], {"q": ("m1", "m2")}, enough=10))

    assert (min(alone) >= 10, together) == (True, [0, 0, 0, 0])
