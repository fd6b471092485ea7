"""Public figures as they are shown, to anybody or to who has to publish them.

Serves: R129 X01.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from linli.domain.figures.selectors import PLACE, WHOLE, Heading, Key, Line, Release, Tables
from linli.kernel.formulas import harmless
from linli.web.ui.languages import is_english
from linli.web.ui.parts import Column, FilterTag, Row
from linli.web.ui.wording import number_text

CSV_HEAD = ("table", "row", "row_name", "column", "column_name", "cases", "is_shown")
INDENT = "\u3000"


@dataclass(frozen=True)
class ShownTable:
    """A table with its caption and what a reader should know of it."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    note: str = ""


@dataclass(frozen=True)
class ShownRelease:
    """A release as a page shows it; `tags` take away what the page is narrowed by."""

    total: str
    tables: Sequence[ShownTable]
    tags: Sequence[FilterTag]
    shown: int
    withheld: int


def method_words(least: int) -> list[str]:
    """How public figures are made, for whoever reads them."""
    return [
        _("数的是期内受理的工单，按受理日期、地点、事项和主办单位计；地点最细到社区（村）。"),
        _("少于 %(least)s 件的数不公布，0 也算在内，因为数太小可能认出人。") % {"least": least},
        _("为防止用减法推算，另有一些较大的数也不公布；两种都写作“—”，不作区分。"),
        _("公布前逐一核验：合看所有表、所有期，不公布的数都不能推算到 %(least)s 件以内。")
        % {"least": least},
        _("核验通不过，就合并成更粗的分类；还不行，就不公布。"),
        _("每期按固定日期公布，由一人生成、另一人公布；公布之后不再改动。"),
    ]


def name_of(heading: Heading) -> str:
    """The name of a row or column in the reader's language."""
    return heading.name_en if is_english() else heading.name


def period_words(release: Release) -> str:
    """The span of days of a release."""
    return f"{release.period}（{release.first}～{release.last}）"


def count_words(count: int | None) -> str | SafeString:
    """A count, or the dash of one that is withheld, read out as what it is."""
    if count is None:
        return format_html(
            '<span aria-hidden="true">—</span><span class="unseen">{}</span>', _("不公布")
        )
    return number_text(count)


def shown_release(tables: Tables, *, place: str, matter: str) -> ShownRelease:
    """Lay a release out; `place` and `matter` narrow it where it is by both, else do nothing."""
    by_both = Key(PLACE, place or _first(tables.places[1:]), matter or _first(tables.matters))
    own_place = _known(tables.places[1:], place, by_both, tables)
    own_matter = _known(tables.matters, matter, by_both, tables)
    found = [_places(tables, own_matter), _matters(tables, own_place)]
    found += [_units(tables), _rates(tables)]
    withheld = sum(count is None for count in tables.cells.values())
    return ShownRelease(
        total=str(count_words(tables.total)),
        tables=[table for table in found if table.rows or table.note],
        tags=[FilterTag(name_of(one), "?") for one in (own_place, own_matter) if one],
        shown=len(tables.cells) - withheld,
        withheld=withheld,
    )


def csv_rows(tables: Tables) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a release as a file, head first; withheld counts are empty."""
    names = {"place": tables.places, "unit": tables.units, "rate": tables.places}
    rows = {kind: {one.code: name_of(one) for one in own} for kind, own in names.items()}
    topics = {matter.code: name_of(matter) for matter in tables.matters}
    topics |= {
        column: f"{rate.name_en if is_english() else rate.name} {mark}"
        for rate in tables.rates
        for column, mark in [(rate.base, _("计入")), (rate.rest, _("不计入"))]
    }
    yield CSV_HEAD
    for key, count in tables.cells.items():
        cells = (
            key.table,
            key.row,
            rows[key.table].get(key.row, ""),
            key.column,
            topics.get(key.column, "" if key.column else _("合计")),
            "" if count is None else str(count),
            "no" if count is None else "yes",
        )
        yield tuple(harmless(cell) for cell in cells)


def _known(headings: Sequence[Heading], code: str, key: Key, tables: Tables) -> Heading | None:
    if not code or key not in tables.cells:
        return None
    return next((one for one in headings if one.code == code), None)


def _first(headings: Sequence[Heading]) -> str:
    return headings[0].code if headings else WHOLE


def _places(tables: Tables, matter: Heading | None) -> ShownTable:
    lines = tables.by_place(matter.code if matter else WHOLE)
    is_crossed = bool(tables.matters) and any(
        Key(PLACE, line.heading.code, tables.matters[0].code) in tables.cells for line in lines
    )
    caption = _("各区域件数：%(name)s") % {"name": name_of(matter)} if matter else _("各区域件数")
    rows = [
        Row(
            [INDENT * (line.heading.depth - 1) + name_of(line.heading), count_words(line.cases)],
            f"?{urlencode({'place': line.heading.code})}" if is_crossed else "",
        )
        for line in lines
    ]
    note = _("点区域名，看该区域各事项的件数。") if is_crossed else _withheld(lines)
    shown = rows if is_crossed else _told(rows, lines)
    return ShownTable(caption, [Column(_("区域")), Column(_("件"), is_number=True)], shown, note)


def _matters(tables: Tables, place: Heading | None) -> ShownTable:
    lines = tables.by_matter(place.code if place else WHOLE)
    caption = _("各事项件数：%(name)s") % {"name": name_of(place)} if place else _("各事项件数")
    columns = [Column(_("事项")), Column(_("件"), is_number=True)]
    return ShownTable(caption, columns, _rows(lines), _withheld(lines))


def _units(tables: Tables) -> ShownTable:
    lines = tables.by_unit()
    columns = [Column(_("主办单位")), Column(_("件"), is_number=True)]
    return ShownTable(_("各单位主办件数"), columns, _rows(lines), _withheld(lines))


def _rows(lines: Sequence[Line]) -> list[Row]:
    """The counts that are told; what is withheld is named in one sentence below."""
    return _told([Row([name_of(one.heading), count_words(one.cases)]) for one in lines], lines)


def _told(rows: Sequence[Row], lines: Sequence[Line]) -> list[Row]:
    return [row for row, line in zip(rows, lines, strict=True) if line.cases is not None]


def _withheld(lines: Sequence[Line]) -> str:
    names = [name_of(line.heading) for line in lines if line.cases is None]
    between = ", " if is_english() else "、"
    return _("不公布（—）：%(names)s") % {"names": between.join(names)} if names else ""


def _rates(tables: Tables) -> ShownTable:
    columns = [
        Column(_("区域")),
        Column(_("指标")),
        Column(_("比率（%）"), is_number=True),
        Column(_("计入件数"), is_number=True),
    ]
    rows = [
        Row(
            [
                name_of(line.place),
                line.rate.name_en if is_english() else line.rate.name,
                count_words(line.percent),
                count_words(line.base),
            ]
        )
        for line in tables.by_rate()
        if line.base is not None
    ]
    note = _(
        "比率四舍五入到整数，只在分子、分母和其余各类都能公布、且样本够大时给出；没有列出的不公布。"
    )
    return ShownTable(_("办理比率"), columns, rows, note)
