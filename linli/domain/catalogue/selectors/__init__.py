"""The one door for reading what packs have put in force.

Serves: R014 R042.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db.models import QuerySet
from django.utils import timezone

from linli.domain.catalogue.errors import (
    NoClock,
    NoParameter,
    NoStandard,
    NoSuchMatter,
)
from linli.domain.catalogue.models import (
    Example,
    Matter,
    Pack,
    Parameter,
    Source,
    StandardVersion,
    UrgencyWord,
)
from linli.domain.catalogue.rules.deciding import CASE_FACTS, Fact
from linli.domain.catalogue.rules.stage import (
    CLOSED,
    BackDef,
    CaseClock,
    CheckItem,
    ExtendDef,
    OutcomeDef,
    PartsDef,
    ReckonDef,
    StageDef,
    TimerDef,
)
from linli.domain.catalogue.rules.standard import (
    Choice,
    ClockDef,
    DeferDef,
    DocumentDef,
    FieldDef,
    LightsDef,
    PetitionType,
    RateDef,
    ReasonDef,
    RouteDef,
    StandardDef,
)
from linli.domain.catalogue.rules.terms import LimitDef
from linli.domain.catalogue.selectors.calendars import calendar, published_state
from linli.domain.catalogue.selectors.holding import in_force, on_day
from linli.domain.catalogue.selectors.ledgers import (
    CalendarEntry,
    CycleDef,
    LedgerDef,
    LedgerField,
    LedgerState,
    LedgerVersion,
    MoveDef,
    ledger_by_code,
    ledger_version,
    ledgers_in_force,
)

__all__ = [
    "CASE_FACTS",
    "CLOSED",
    "BackDef",
    "CalendarEntry",
    "CaseClock",
    "CheckItem",
    "Choice",
    "ClockDef",
    "CycleDef",
    "DeferDef",
    "DocumentDef",
    "ExampleText",
    "ExtendDef",
    "Fact",
    "FieldDef",
    "LedgerDef",
    "LedgerField",
    "LedgerState",
    "LedgerVersion",
    "LightsDef",
    "LimitDef",
    "Matter",
    "MoveDef",
    "OutcomeDef",
    "Pack",
    "Parameter",
    "PartsDef",
    "ReckonDef",
    "PetitionType",
    "RateDef",
    "ReasonDef",
    "RouteDef",
    "Source",
    "StageDef",
    "StandardDef",
    "StandardVersion",
    "TimerDef",
    "UrgencyWord",
    "calendar",
    "clock_limit",
    "emergency_calls",
    "examples",
    "ledger_by_code",
    "ledger_version",
    "ledgers_in_force",
    "matter_by_code",
    "matter_tree",
    "matters_for_residents",
    "matters_leaf",
    "packs_in_force",
    "parameter",
    "parameters_in_force",
    "published_state",
    "sources",
    "standard_by_code",
    "standard_for",
    "standard_version",
    "standards_in_force",
    "urgency_words",
]


@dataclass(frozen=True)
class ExampleText:
    """A sentence and the code of the matter it belongs to."""

    matter_code: str
    text: str


def packs_in_force() -> list[Pack]:
    """Packs in force, by code."""
    return list(Pack.objects.filter(status=Pack.Status.PUBLISHED).order_by("code"))


def matter_by_code(code: str) -> Matter:
    """The matter called `code`, in force or not. Raises NoSuchMatter."""
    try:
        return Matter.objects.select_related("source").get(code=code)
    except Matter.DoesNotExist:
        raise NoSuchMatter(code) from None


def matter_tree(at: datetime | None = None) -> list[Matter]:
    """All matters in force at a moment, parents before children, in one query.

    Without a moment: every matter whose end is not set, as the packs last published say.
    """
    rows = Matter.objects.order_by("position")
    return list(in_force(rows, on_day(at)) if at else rows.filter(valid_to__isnull=True))


def matters_for_residents(at: datetime | None = None) -> list[Matter]:
    """The tree of matters that residents may bring: without those that staff alone open.

    A matter above one that they may bring stays, so that the tree hangs together.
    """
    tree = matter_tree(at)
    shut = _opened_by_staff(published_state(), on_day(at or timezone.now()))
    above = {one for matter in tree if matter.standard_code not in shut for one in _upwards(matter)}
    return [matter for matter in tree if matter.path in above]


@lru_cache(maxsize=8)
def _opened_by_staff(state: str, on: date) -> frozenset[str]:
    rows = in_force(_published(), on).order_by("code", "-valid_from", "-published_at")
    held = rows.distinct("code")
    return frozenset(row.code for row in held if not row.definition.is_for_residents)


def _upwards(matter: Matter) -> Iterator[str]:
    """The path of a matter and of each above it."""
    path = matter.path
    while path:
        yield path
        path = path[: path.rstrip("/").rfind("/") + 1]


def matters_leaf(at: datetime | None = None) -> list[Matter]:
    """Matters of the tree that have none below them: what a message can be read as."""
    tree = matter_tree(at)
    parents = {matter.parent_id for matter in tree}
    return [matter for matter in tree if matter.pk not in parents]


def standard_for(matter_code: str, at: datetime) -> StandardVersion:
    """The version of the matter's standard in force at a moment.

    Raises NoSuchMatter, NoStandard.
    """
    code = Matter.objects.filter(code=matter_code).values_list("standard_code", flat=True).first()
    if code is None:
        raise NoSuchMatter(matter_code)
    if not code:
        raise NoStandard(matter_code, on_day(at).isoformat())
    return standard_by_code(code, at)


def standard_by_code(code: str, at: datetime, *, state: str = "") -> StandardVersion:
    """The version of a standard in force at a moment. Raises NoStandard.

    Parameters
    ----------
    state : `published_state()`, from whoever asks for many; asked for here where it is empty.
    """
    on = on_day(at)
    for version in _versions(code, state or published_state()):
        if version.valid_from <= on and (version.valid_to is None or on <= version.valid_to):
            return version
    raise NoStandard(code, on.isoformat())


@lru_cache(maxsize=64)
def _versions(code: str, state: str) -> tuple[StandardVersion, ...]:
    """Each version that was ever published; of two in force on one day, the one that holds first.

    Shared by all who ask: to be read only.
    """
    return tuple(_published(code).order_by("-valid_from", "-published_at"))


def standard_version(code: str, version: str) -> StandardVersion:
    """One version of a standard, whether still in force or not. Raises NoStandard."""
    found = StandardVersion.objects.filter(code=code, version=version).first()
    if found is None:
        raise NoStandard(f"{code} {version}", "—")
    return found


def standards_in_force(at: datetime) -> list[StandardVersion]:
    """The version in force of every standard, by code."""
    rows = in_force(_published(), on_day(at)).order_by("code", "-valid_from", "-published_at")
    return list(rows.distinct("code"))


def clock_limit(standard: StandardVersion | StandardDef, clock_code: str) -> LimitDef:
    """The limit of a clock class; an empty code means the standard's default. Raises NoClock."""
    body = standard.definition if isinstance(standard, StandardVersion) else standard
    found = body.clock(clock_code or body.default_clock)
    if found is None:
        raise NoClock(body.standard, clock_code)
    return found.limit


def parameter(code: str, at: datetime) -> Parameter:
    """The value of a parameter at a moment, with unit and source. Raises NoParameter."""
    rows = Parameter.objects.filter(code=code).select_related("source")
    found = in_force(rows, on_day(at)).order_by("-valid_from").first()
    if found is None:
        raise NoParameter(code, on_day(at).isoformat())
    return found


def parameters_in_force(at: datetime) -> list[Parameter]:
    """The value in force of every parameter, by code."""
    rows = Parameter.objects.select_related("source").order_by("code", "-valid_from")
    return list(in_force(rows, on_day(at)).distinct("code"))


def emergency_calls(at: datetime) -> list[Parameter]:
    """The telephone numbers for when somebody is in danger now, named by what each is for."""
    return [row for row in parameters_in_force(at) if row.code.startswith(EMERGENCY_CALL)]


def examples() -> list[ExampleText]:
    """Sentences of all packs with their matters: what a cold-start reader learns from."""
    rows = Example.objects.order_by("id").values_list("matter__code", "text")
    return [ExampleText(code, text) for code, text in rows]


def urgency_words() -> list[UrgencyWord]:
    """Words that make a message urgent, by word."""
    return list(UrgencyWord.objects.order_by("word"))


def sources(pack_code: str | None = None) -> list[Source]:
    """Sources of one pack, or of all."""
    rows = Source.objects.order_by("pack_code", "code")
    return list(rows.filter(pack_code=pack_code) if pack_code else rows)


EMERGENCY_CALL = "emergency_call."
SECRECY_SOURCE = "law-state-secrets"
_SECRECY_LAW = ("《中华人民共和国保守国家秘密法》", "the Law on Guarding State Secrets")


def secrecy_basis() -> tuple[str, str]:
    """Return the law on state secrets in both languages, with the article a pack cites."""
    zh, en = _SECRECY_LAW
    article = next((row.article for row in sources() if row.code == SECRECY_SOURCE), "")
    return f"{zh}{article}", f"{en} {article}".strip()


def _published(code: str | None = None) -> QuerySet[StandardVersion]:
    rows = StandardVersion.objects.exclude(status=StandardVersion.Status.DRAFT)
    return rows.filter(code=code) if code else rows
