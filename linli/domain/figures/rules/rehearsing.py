"""Made-up sheets with many small counts, on which attacks are rehearsed. Pure."""

import numpy as np

from linli.domain.figures.rules.sheets import Heading, RateHeading, Sheet, counted

RATE = RateHeading("resolve_rate", "解决率", "Resolution rate", (1.0, 0.5, 0.0), 10)


def headings(
    streets: int, communities: int, matters: int, units: int
) -> tuple[list[Heading], list[str], list[Heading], list[Heading]]:
    """Return places, the codes of the lowest, matters and units.

    A district of streets with communities, each level with what lies in none of it.
    """
    places = [Heading("", "全区", "All")]
    leaves = []
    for n in range(streets):
        places.append(Heading(f"s{n}", f"街道{n}", f"Street {n}", "", 1))
        below = [f"s{n}c{m}" for m in range(communities)] + [f"s{n}+"]
        places += [Heading(code, code, code, f"s{n}", 2, code.endswith("+")) for code in below]
        leaves += below
    places.append(Heading("+", "未落到街道", "In no street", "", 1, True))
    topics = [Heading(f"m{n}", f"事项{n}", f"Matter {n}") for n in range(matters)]
    offices = [Heading(f"u{n}", f"单位{n}", f"Unit {n}") for n in range(units)]
    return places, [*leaves, "+"], topics, [*offices, Heading("", "其他", "Others", is_rest=True)]


def town(seed: int, *, size: tuple[int, int, int, int] = (2, 3, 4, 3), mean: float = 25) -> Sheet:
    """Return a sheet of random counts, many of them small.

    Parameters
    ----------
    size : streets, communities of each, matters, units; each ≥ 1.
    mean : cases of one community and matter, on average; most have fewer, few have many.
    """
    chance = np.random.default_rng(seed)
    places, leaves, matters, units = headings(*size)
    at = {
        (leaf, matter.code): int(chance.poisson(chance.gamma(0.7, mean / 0.7)))
        for leaf in leaves
        for matter in matters
    }
    of_leaf = {leaf: sum(n for (own, _), n in at.items() if own == leaf) for leaf in leaves}
    rated: dict[tuple[str, str, float], int] = {}
    for leaf, count in of_leaf.items():
        parts = chance.multinomial(count, [0.5, 0.1, 0.2, 0.2])
        rated |= {(leaf, RATE.code, w): int(n) for w, n in zip(RATE.weights, parts, strict=False)}
    shares = chance.dirichlet(np.ones(len(units)))
    of_units = chance.multinomial(sum(of_leaf.values()), shares)
    by_unit = {unit.code: int(n) for unit, n in zip(units, of_units, strict=True)}
    return counted(places, matters, units, [RATE], at=at, by_unit=by_unit, rated=rated)
