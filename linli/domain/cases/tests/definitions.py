"""Small standards and stages for the tests of rules."""

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from linli.domain.catalogue.rules.stage import BackDef, CheckItem, OutcomeDef, StageDef
from linli.domain.catalogue.rules.standard import (
    AfterRuling,
    CoUnits,
    DispatchDef,
    DispatchMode,
    FirstReceiver,
    ReopenDef,
    StandardDef,
    WindowDef,
)
from linli.domain.catalogue.rules.terms import LimitDef
from linli.kernel.units import LimitUnit


def days(value: int, unit: LimitUnit) -> LimitDef:
    """A limit of our own."""
    return LimitDef(value=value, unit=unit, start="opened", source="ours")


def standard(
    *, reopen: int | None = None, objection: int | None = None, may_return: bool | None = None
) -> StandardDef:
    """A standard with a window for reopening (natural days), for returns (working days)."""
    again = None if reopen is None else days(reopen, LimitUnit.NATURAL_DAY)
    window = None if objection is None else days(objection, LimitUnit.WORKING_DAY)
    return StandardDef.model_construct(  # type: ignore[call-arg]  # the rules ask for no more
        standard="demand",
        valid_from=dt.date(2019, 1, 1),
        reopen=None if again is None else ReopenDef(to="handle", limit=again),
        objection=None if window is None else WindowDef(limit=window),
        dispatch=None if may_return is None else _dispatch(may_return),
    )


def _dispatch(may_return: bool) -> DispatchDef:
    return DispatchDef(
        modes=(DispatchMode(code="direct", name="直派", name_en="Direct", source="ours"),),
        first_receiver=FirstReceiver(leads=True, source="ours"),
        co_units=CoUnits(allowed=True, source="ours"),
        after_ruling=AfterRuling(may_return=may_return, source="ours"),
    )


def stage(
    *,
    join: Literal["all", "lead", "any"],
    outcomes: Mapping[str, str],
    back: Mapping[str, str] | None = None,
) -> StageDef:
    """A stage of units, with its ways out and back: code → next stage."""
    return StageDef(
        key="handle",
        title="承办",
        title_en="Handling",
        role="handler",
        place="现场",
        place_en="On site",
        content=(CheckItem(text="办", text_en="Do"),),
        limit=days(1, LimitUnit.NATURAL_DAY),
        each="units",
        join=join,
        outcomes=tuple(OutcomeDef(code=c, name=c, name_en=c, to=to) for c, to in outcomes.items()),
        back=tuple(BackDef(code=c, name=c, name_en=c, to=to) for c, to in (back or {}).items()),
    )
