"""Making releases of random towns, and handing an attacker what the public would see of them."""

import time
from collections import Counter
from collections.abc import Sequence

from linli.config.bench._figures_attack import Known, attack
from linli.domain.figures.selectors import Cut, Earlier, Sheet, added, cut, town
from linli.methods.disclosure import NotProtectable

Size = tuple[int, int, int, int]
MEANS = (6.0, 15.0, 30.0, 60.0, 150.0)
MONTHS = ("m1", "m2", "m3")
SAMPLE = 10


def measure(
    *, tables: int, pairs: int, least: int, sizes: Sequence[Size], seed: int
) -> dict[str, float]:
    """Attack so many releases alone, and so many quarters together with their months."""
    count: Counter[str] = Counter()
    spent = 0.0
    for number in range(tables):
        sheet = _town(seed, number, sizes)
        began = time.process_time()
        made = _cut(sheet, least)
        spent += time.process_time() - began
        _tally(count, [] if made is None else [_known("", made)], {}, least)
        if number < SAMPLE:
            _tally_unguarded(count, sheet, least)
    for number in range(pairs):
        _pair(count, seed, tables + 3 * number, sizes, least)
    return {
        "tried": count["tried"],
        "failed": count["exact"] + count["narrow"],
        "exact": count["exact"],
        "narrow": count["narrow"],
        "seed": seed,
        "least": least,
        "releases": count["releases"],
        "refused": count["refused"],
        "shown_percent": _percent(count["shown"], count["cells"]),
        "unguarded_exact_percent": _percent(count["bare_exact"], count["bare"]),
        "seconds_per_table": round(spent / tables, 3) if tables else 0.0,
    }


def _town(seed: int, number: int, sizes: Sequence[Size]) -> Sheet:
    mean = MEANS[number % len(MEANS)]
    return town(seed * 1_000_003 + number, size=sizes[number % len(sizes)], mean=mean)


def _cut(
    sheet: Sheet, least: int, earlier: Sequence[Earlier] = (), made_of: tuple[str, ...] = ()
) -> Cut | None:
    try:
        return cut(sheet, least=least, least_shown=0.3, earlier=earlier, made_of=made_of)
    except NotProtectable:
        return None


def _pair(count: Counter[str], seed: int, first: int, sizes: Sequence[Size], least: int) -> None:
    """Release three months and their quarter, and attack all four together."""
    # Months of one town: full and thin ones in turn, so that their gaps differ.
    made = [_cut(_town(seed, first + step, sizes[:1]), least) for step in range(3)]
    months = [one for one in made if one is not None]
    if len(months) < len(MONTHS):
        count["refused"] += 1
        return
    depth = min(month.design.depth for month in months)
    crossed = all(month.design.is_crossed for month in months)
    whole = added([month.sheet.to(depth=depth, is_crossed=crossed) for month in months])
    named = list(zip(MONTHS, months, strict=True))
    earlier = [Earlier(code, month.sheet, month.hidden) for code, month in named]
    quarter = _cut(whole, least, earlier, MONTHS)
    known = [_known(code, month) for code, month in named]
    count["refused"] += quarter is None
    if quarter is not None:
        known.append(_known("q", quarter))
    _tally(count, known, {"q": MONTHS}, least)


def _known(code: str, made: Cut) -> Known:
    cells = made.sheet.cells
    shown = {tuple(key): None if key in made.hidden else n for key, n in cells.items()}
    return _public(code, made.sheet, shown)


def _public(code: str, sheet: Sheet, shown: dict[tuple[str, ...], int | None]) -> Known:
    return Known(
        code=code,
        above={place.code: place.above for place in sheet.places[1:]},
        matters=[matter.code for matter in sheet.matters],
        units=[unit.code for unit in sheet.units],
        rates={rate.code: [f"{weight:g}" for weight in rate.weights] for rate in sheet.rates},
        shown={(table, row, column): n for (table, row, column), n in shown.items()},
    )


def _tally(
    count: Counter[str], known: Sequence[Known], made_of: dict[str, tuple[str, ...]], least: int
) -> None:
    if not known:
        count["refused"] += 1
        return
    count["releases"] += len(known)
    for one in known:
        count["cells"] += len(one.shown)
        count["shown"] += sum(n is not None for n in one.shown.values())
    for width in attack(known, made_of, enough=least):
        count["tried"] += 1
        count["exact"] += width < 1
        count["narrow"] += 1 <= width < least


def _tally_unguarded(count: Counter[str], sheet: Sheet, least: int) -> None:
    shown = {tuple(key): n if n >= least else None for key, n in sheet.cells.items()}
    for width in attack([_public("", sheet, shown)], {}, enough=least):
        count["bare"] += 1
        count["bare_exact"] += width < 1


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0
