"""The headline numbers: what stands open, what the days brought, and the rates."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from linli.domain.cases.selectors import Board, Rate
from linli.domain.catalogue.selectors import sources
from linli.web.cockpit.counting import FIGURES, list_url
from linli.web.cockpit.look import Look
from linli.web.cockpit.words import (
    FIGURE_WORDS,
    beside_words,
    fraction_words,
    how_words,
    period_words,
    rate_name,
)

NOW = ("open", "overdue", "due_today")


@dataclass(frozen=True)
class Tile:
    """A headline number with what it takes to read it.

    Parameters
    ----------
    value : cases, or a share of one; None is not reckoned.
    """

    label: str
    value: int | float | None
    unit: str = ""
    period: str = ""
    denominator: str = ""
    beside: str = ""
    how: str = ""
    url: str = ""
    kind: str = ""


def stock_tiles(look: Look, board: Board) -> list[Tile]:
    """Return the five counts, each with the list behind it."""
    days = period_words(look.period)
    return [
        Tile(
            label=_(FIGURE_WORDS[name]),
            value=getattr(board.total, name),
            unit=npgettext("unit", "件", "件", getattr(board.total, name)),
            period=_("截至目前") if name in NOW else days,
            denominator=_("含今天已经超期的") if name == "due_today" else "",
            url=list_url(look, name),
            kind="problem" if name == "overdue" and board.total.overdue else "",
        )
        for name in FIGURES
    ]


def rate_tiles(look: Look, rates: Sequence[Rate]) -> list[Tile]:
    """Return the rates; one whose sample is too small is not reckoned, its counts are told."""
    days = period_words(look.period)
    titles = {source.code: str(source) for source in sources()}
    return [
        Tile(
            label=rate_name(rate),
            value=rate.share if rate.is_enough else None,
            period=days,
            denominator=fraction_words(rate),
            beside=beside_words(rate),
            how=how_words(rate, source=titles.get(rate.source, "")),
        )
        for rate in rates
    ]
