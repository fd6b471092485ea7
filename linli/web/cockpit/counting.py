"""The figures of a look, and the addresses of the lists behind them."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils import timezone

from linli.domain.access.selectors import may
from linli.domain.cases.selectors import (
    Board,
    Branch,
    CaseFilter,
    Levels,
    Rate,
    board_of,
    three_rates,
)
from linli.web.cockpit.look import Look, is_shown, reach_paths
from linli.web.ui.case_lists import OVERDUE, TODAY, CaseQuery, span_of

FIGURES = ("open", "overdue", "due_today", "received", "closed")


def counted(look: Look) -> Board:
    """Return all figures of a look, places out of reach left out."""
    today = timezone.localdate(look.at)
    levels = Levels(
        area_kind=look.kind.value,
        area_path=look.area_path,
        matter_level=look.matter.level + 1 if look.matter else 1,
        matter_path=look.matter.path if look.matter else "",
    )
    board = board_of(
        look.actor,
        at=look.at,
        period=span_of(look.period.first, look.period.last),
        today=span_of(today, today),
        levels=levels,
        where=_where(look),
    )
    reach = reach_paths(look.actor)
    return replace(board, areas=tuple(b for b in board.areas if is_shown(b.path, reach=reach)))


def rates_in(look: Look) -> list[Rate]:
    """Return the standard's rates over the cases received in the days of a look."""
    span = span_of(look.period.first, look.period.last)
    return three_rates(
        look.actor, since=span.since, until=span.until, at=look.at, where=_where(look)
    )


def measured(look: Look, branches: Iterable[Branch]) -> dict[str, int]:
    """Return the figure that bars and map show of each branch, by code."""
    return {branch.code: int(getattr(branch.figures, look.measure)) for branch in branches}


def list_url(look: Look, figure: str, *, area: str = "", matter: str = "", unit: str = "") -> str:
    """Return the address of the list of the cases that a figure counts, "" where it is not open."""
    if not may(look.actor, "case.list"):
        return ""
    first, last = look.period.first, look.period.last
    parts = {
        "open": CaseQuery(status="open"),
        "overdue": CaseQuery(status="open", due=OVERDUE),
        "due_today": CaseQuery(status="open", due=TODAY),
        "received": CaseQuery(since=first, until=last),
        "closed": CaseQuery(closed_since=first, closed_until=last),
    }
    here = look.area.code if look.area else ""
    about = look.matter.code if look.matter else ""
    return replace(parts[figure], area=area or here, matter=matter or about, unit=unit).url()


def _where(look: Look) -> CaseFilter:
    return CaseFilter(area_path=look.area_path, matter_path=look.matter.path if look.matter else "")
