"""What every page of a ledger begins with: who asks, which ledger, the ways between its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.domain.access.selectors import Actor, may
from linli.domain.catalogue.selectors import LedgerDef, LedgerField
from linli.domain.ledgers.selectors import Record, ledger_in_force, may_add
from linli.kernel.clock import utc_now
from linli.kernel.errors import NotFound
from linli.web.desk.words import name_of
from linli.web.ui.actors import actor_of
from linli.web.ui.languages import is_english
from linli.web.ui.wording import number_text

VIEW = "ledger.view"


@dataclass(frozen=True)
class Opened:
    """A ledger that somebody has opened, and when."""

    actor: Actor
    at: datetime
    ledger: LedgerDef

    @property
    def code(self) -> str:
        """Code of the ledger."""
        return self.ledger.ledger

    @property
    def name(self) -> str:
        """Name of the ledger in the language of the page."""
        return name_of(self.ledger)

    @property
    def purpose(self) -> str:
        """What it is for."""
        return self.ledger.purpose_en if is_english() else self.ledger.purpose

    @property
    def may_add(self) -> bool:
        """Whether records can be entered from the posts held."""
        return may_add(self.actor, self.ledger)

    @property
    def may_import(self) -> bool:
        """Whether a file of records can be brought in."""
        return self.may_add and may(self.actor, "ledger.import")

    @property
    def may_export(self) -> bool:
        """Whether its records can be taken out as a file."""
        return may(self.actor, "ledger.export")

    def url(self, name: str, *more: str) -> str:
        """Return the address of one of its pages."""
        return reverse(f"desk:{name}", args=[self.code, *more])


@dataclass(frozen=True)
class Tab:
    """A way to look at a ledger."""

    label: str
    url: str
    is_current: bool


def opened(request: HttpRequest, code: str, *, act: str = VIEW) -> Opened:
    """Open a ledger for an act; absent and forbidden are one. Raises NotFound."""
    actor, now = actor_of(request), utc_now()
    if not may(actor, act):
        raise NotFound
    try:
        return Opened(actor, now, ledger_in_force(code, now))
    except NotFound:
        raise NotFound from None


def tabs(opened: Opened, current: str, *, query: str = "") -> list[Tab]:
    """The ways to look at a ledger that it has; filters go along."""
    known = [("ledger", _("记录列表")), ("ledger-map", _("地图"))]
    known += [("ledger-calendar", _("日历")), ("ledger-due", _("到期核对"))]
    has = {
        "ledger": True,
        "ledger-map": opened.ledger.map is not None,
        "ledger-calendar": bool(opened.ledger.calendar or opened.ledger.review),
        "ledger-due": opened.ledger.review is not None,
    }
    along = f"?{query}" if query else ""
    return [
        Tab(words, opened.url(name) + ("" if name == "ledger-calendar" else along), name == current)
        for name, words in known
        if has[name]
    ]


def language() -> str:
    """The language of the page, as the domain takes it."""
    return get_language() or "zh-hans"


def label_of(field: LedgerField) -> str:
    """Name a field, a number with its unit."""
    unit = (field.unit_en if is_english() else field.unit) or ""
    if field.kind == "money":
        unit = unit or _("元")
    return (
        _("%(name)s（%(unit)s）") % {"name": name_of(field), "unit": unit}
        if unit
        else name_of(field)
    )


def hint_of(field: LedgerField) -> str:
    """What its definition says about filling a field in."""
    return field.hint_en if is_english() else field.hint


def state_of(ledger: LedgerDef, record: Record) -> str:
    """Name the state of a record, in use or not where its ledger has no states."""
    state = ledger.state(record.state)
    return name_of(state) if state else record.get_status_display()


def counted(words: str, count: int) -> str:
    """Put a count into words that hold `%(count)s`."""
    return words % {"count": number_text(count)}


def texts(listed: Sequence[str]) -> str:
    """Join words as the language does."""
    return (", " if is_english() else "、").join(listed)
