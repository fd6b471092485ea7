"""What came of a file of messages, as tables for a terminal."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from linli.config.demo.clerk import Done, Fate, Why

MOST_ROWS = 12
STEPS = (0.9, 0.8, 0.7, 0.6, 0.4, 0.0)
Pair = tuple[str, str]
DONES: dict[Done, Pair] = {
    "dispatched": ("按职责派单", "dispatched by duty"),
    "joined": ("并入重复件", "joined as duplicates"),
    "person": ("交人判断", "left to a person"),
}
WHYS: dict[Why, Pair] = {
    "matter": ("事项拿不准", "matter unsure"),
    "place": ("地点拿不准", "place unsure"),
    "duty": ("职责清单没有列出", "not on the duty list"),
}


@dataclass(frozen=True)
class Table:
    """A table in both languages: its title, and rows of a heading and numbers."""

    title: Pair
    heads: Sequence[Pair]
    rows: Sequence[tuple[Pair, Sequence[int]]]


def tables(fates: Sequence[Fate], *, at: datetime, zone: ZoneInfo) -> list[Table]:
    """Sum the fates up: in all, by matter, by unit, by how sure the reading was.

    Parameters
    ----------
    at : the moment from which today's and overdue limits are counted.
    """
    return [
        _in_all(fates, at=at, zone=zone),
        _by_matter(fates),
        _by_unit(fates, at=at),
        _by_sureness(fates),
    ]


def text_of(table: Table, *, lang: str) -> str:
    """Write a table in columns, counting a Chinese letter as two places."""
    pick: Callable[[Pair], str] = (lambda pair: pair[1]) if lang == "en" else (lambda pair: pair[0])
    heads = [pick(head) for head in table.heads]
    lines = [[pick(name), *map(str, numbers)] for name, numbers in table.rows]
    widths = [max(map(width, column)) for column in zip(heads, *lines, strict=True)]
    written = [_line(cells, widths) for cells in [heads, *lines]]
    return "\n".join(
        [
            f"\n{pick(table.title)}",
            written[0],
            "-" * (sum(widths) + 2 * (len(widths) - 1)),
            *written[1:],
        ]
    )


def width(text: str) -> int:
    """Return how many places of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = zip(cells, widths, strict=True)
    name = first[0] + " " * (first[1] - width(first[0]))
    return "  ".join([name, *(" " * (wide - width(cell)) + cell for cell, wide in rest)])


def _in_all(fates: Sequence[Fate], *, at: datetime, zone: ZoneInfo) -> Table:
    done = Counter(fate.done for fate in fates)
    why: Counter[Why] = Counter(fate.why for fate in fates)
    dues = [fate.case.due_at for fate in fates if fate.case.due_at is not None]
    today = at.astimezone(zone).date()
    rows: list[tuple[Pair, Sequence[int]]] = [
        (("收到", "received"), [len(fates)]),
        *((words, [done[code]]) for code, words in DONES.items()),
        *((("  " + zh, "  " + en), [why[code]]) for code, (zh, en) in WHYS.items()),
        (
            ("今天到期", "due today"),
            [sum(due >= at and due.astimezone(zone).date() == today for due in dues)],
        ),
        (("已超期", "overdue"), [sum(due < at for due in dues)]),
    ]
    return Table(("办理结果", "What became of them"), [("", ""), ("件", "cases")], rows)


def _by_matter(fates: Sequence[Fate]) -> Table:
    heads = [
        ("事项", "matter"),
        ("件", "cases"),
        ("派单", "sent"),
        ("并入", "joined"),
        ("交人", "person"),
    ]
    groups = _grouped(fates, lambda fate: (fate.case.matter.name, fate.case.matter.name_en))
    rows = [
        (name, [len(own), *(_count(own, done) for done in ("dispatched", "joined", "person"))])
        for name, own in groups
    ]
    return Table(("按事项（前若干）", "By matter (the most frequent)"), heads, rows)


def _by_unit(fates: Sequence[Fate], *, at: datetime) -> Table:
    sent = [fate for fate in fates if fate.unit]
    groups = _grouped(sent, lambda fate: (fate.unit, fate.unit))
    rows = [
        (name, [len(own), sum(bool(f.case.due_at and f.case.due_at < at) for f in own)])
        for name, own in groups
    ]
    heads = [("主办单位", "lead unit"), ("派单", "sent"), ("已超期", "overdue")]
    return Table(("按单位（前若干）", "By unit (the busiest)"), heads, rows)


def _by_sureness(fates: Sequence[Fate]) -> Table:
    rows: list[tuple[Pair, Sequence[int]]] = []
    left = [fate for fate in fates if fate.probability is not None]
    for step in STEPS:
        own = [fate for fate in left if (fate.probability or 0.0) >= step]
        left = [fate for fate in left if (fate.probability or 0.0) < step]
        name = f"≥ {step:.1f}"
        rows.append(
            (
                (name, name),
                [
                    len(own),
                    _count(own, "dispatched") + _count(own, "joined"),
                    _count(own, "person"),
                ],
            )
        )
    unread = [fate for fate in fates if fate.probability is None]
    if unread:
        rows.append((("没有读出", "nothing read"), [len(unread), 0, len(unread)]))
    heads = [
        ("事项把握", "probability"),
        ("件", "cases"),
        ("直接办理", "acted on"),
        ("交人", "person"),
    ]
    return Table(("有多大把握（首选事项的概率）", "How sure the reading was"), heads, rows)


def remarks(fates: Sequence[Fate], *, at: datetime) -> list[Pair]:
    """Say in sentences what the figures alone would leave open.

    Parameters
    ----------
    at : the moment of the play.
    """
    told: list[Pair] = []
    late = sum(fate.case.due_at is not None and fate.case.due_at < at for fate in fates)
    if late:
        told.append(
            (
                f"已超期 {late} 件：期限从受理时间算起，演示却在文件的最后时刻才一次办完全部来件，"
                "先来的件到那时自然已过期。真实使用时来一件办一件。",
                f"{late} are overdue: limits run from the receipt of each, but the demo works on "
                "the whole file at its last moment, when those that came first are late. In real "
                "use each is worked on as it comes.",
            )
        )
    lost = sum(fate.why == "place" for fate in fates)
    if lost:
        told.append(
            (
                f"地点拿不准 {lost} 件：来件里没有地图上认得的地名，或者认得不止一处，"
                "不能按职责清单派单，由人选定区域。演示街道是虚构的，外地的来件多属此类。",
                f"{lost} unsure of the place: no name in them is on the map, or more than one is, "
                "so the duty list cannot be asked and a person chooses the area. The demo's "
                "street is invented; messages from elsewhere are mostly of this kind.",
            )
        )
    return told


def _count(fates: Iterable[Fate], done: str) -> int:
    return sum(fate.done == done for fate in fates)


def _grouped(fates: Iterable[Fate], key: Callable[[Fate], Pair]) -> list[tuple[Pair, list[Fate]]]:
    groups: dict[Pair, list[Fate]] = {}
    for fate in fates:
        groups.setdefault(key(fate), []).append(fate)
    return sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:MOST_ROWS]
