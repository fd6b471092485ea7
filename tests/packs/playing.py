"""Playing a worked example on the real engine, with units and posts made up for it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils import timezone

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor
from linli.domain.cases import services
from linli.domain.cases.models import Case, WorkItem
from linli.domain.cases.selectors.working import act_for
from linli.domain.cases.services.moving import close
from linli.domain.cases.services.opening import open_case
from linli.domain.cases.services.steps import Json, lock_case, stage_def
from linli.domain.catalogue.rules.worked import ExpectDef, StepDef, WorkedDef, wall_time
from linli.kernel.errors import LinliError
from linli.kernel.moments import end_text
from tests.packs.offices import Office

ACT_ROLES = {"case.triage": "clerk", "case.supervise": "supervisor", "case.decide": "leader"}


@dataclass
class Play:
    """One example under way: its case and its parts, by alias."""

    worked: WorkedDef
    office: Office
    refs: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def run(self) -> Iterator[tuple[int, str]]:
        """Play it; yields the number of the step, from 0 for the opening, and what is amiss."""
        case = self._open()
        self.refs[""] = case.public_id
        for fault in faults(case, self.worked.expect, self.office):
            yield 0, fault
        for number, step in enumerate(self.worked.steps, start=1):
            refused = self._take(step)
            if refused is not None and name_of(refused) != step.expect.refused:
                yield number, f"{step.do} refused, {name_of(refused)}: {refused}"
                return
            if refused is None and step.expect.refused:
                yield number, f"{step.do} was not refused: {step.expect.refused}"
            for fault in faults(self._case(step), step.expect, self.office):
                yield number, fault

    def _open(self) -> Case:
        worked, at = self.worked, moment(self.worked.begins)
        new = self._new(worked.matter or self.office.matters[worked.standard], worked.by)
        return open_case(new, actor=SYSTEM_ACTOR, at=at, key="open")

    def _new(self, matter: str, by: str | None) -> services.NewCase:
        worked = self.worked
        unit = self.office.units.get(by or "office")
        return services.NewCase(
            title=worked.title,
            body=worked.title,
            matter=matter,
            area=self.office.area.code,
            petition_type=worked.petition_type or "",
            channel=worked.channel,
            received_at=moment(worked.received),
            urgency=worked.urgency,
            clock=worked.clock or "",
            origin_unit=unit.pk if unit else 0,
        )

    def _take(self, step: StepDef) -> LinliError | None:
        """Do a step; returns the error by which it was refused."""
        self.count += 1
        try:
            with transaction.atomic():
                COMMANDS[step.do](Attempt(self, step))
        except LinliError as error:
            return error
        self._let_wholes_go_on(step)
        return None

    def _let_wholes_go_on(self, step: StepDef) -> None:
        for alias, ref in self.refs.items():
            if alias and Case.objects.filter(public_id=ref, status="closed").exists():
                services.advance_wholes(ref, at=moment(step.at))

    def _case(self, step: StepDef) -> Case:
        return Case.objects.get(public_id=self.refs[step.case or ""])


@dataclass(frozen=True)
class Attempt:
    """A step with what its command needs."""

    play: Play
    step: StepDef

    @property
    def ref(self) -> str:
        return self.play.refs[self.step.case or ""]

    @cached_property
    def case(self) -> Case:
        return Case.objects.select_related("standard", "matter").get(public_id=self.ref)

    @property
    def at(self) -> datetime:
        return moment(self.step.at)

    @property
    def key(self) -> str:
        return f"step{self.play.count}"

    @property
    def way(self) -> str:
        return self.step.outcome or ""

    @property
    def reason(self) -> str:
        return self.step.reason or ""

    @cached_property
    def item(self) -> WorkItem:
        """The work that the step is about: the named unit's, else the lead's."""
        rows = WorkItem.objects.filter(case__public_id=self.ref, kind="main", state="open")
        found = list(rows.select_related("unit").order_by("-is_lead", "pk"))
        own = (item for item in found if item.unit and item.unit.code == self.step.by)
        chosen = next(own, next(iter(found), None))
        assert chosen is not None, f"no open work at step {self.play.count}"
        return chosen

    @property
    def side(self) -> WorkItem:
        """The newest thing that waits for a decision beside the road."""
        rows = WorkItem.objects.filter(case__public_id=self.ref, kind="side", state="open")
        rows = rows.exclude(stage="supervision")
        found = rows.order_by("-pk").first()
        assert found is not None, f"nothing waits for a decision at step {self.play.count}"
        return found

    def by(self, role: str = "") -> Actor:
        """Whoever the step names, else the role's post, else whoever has the work."""
        people = self.play.office
        if self.step.by:
            return people.person(self.step.by)
        return people.person(role) if role else self._worker()

    def _worker(self) -> Actor:
        item = self.item
        if item.unit is not None:
            return self.play.office.person(item.unit.code)
        act = act_for(item.role, by_units=False)
        role = ACT_ROLES.get(act, "")
        if not role:
            return SYSTEM_ACTOR  # a handler's work that no unit has
        is_second = stage_def(self.case).second_person
        return self.play.office.person(f"{role}2" if is_second else role)


def _complete(a: Attempt) -> object:
    return services.complete_item(
        a.ref,
        a.item.pk,
        outcome=a.way,
        reason=a.reason,
        result={code: _plain(answer) for code, answer in a.step.form.items()},
        actor=a.by(),
        at=a.at,
        key=a.key,
    )


def _plain(answer: str | bool | float | tuple[str | bool, ...]) -> Json:
    return [str(one) for one in answer] if isinstance(answer, tuple) else answer


def _answer(a: Attempt) -> object:
    if not stage_def(a.case).by_units:
        return services.answer_directly(
            a.ref, answer=a.reason, actor=a.by("clerk"), at=a.at, key=a.key
        )
    step = a.step.model_copy(update={"outcome": "answer"})
    return _complete(Attempt(a.play, step))


def _feedback(a: Attempt) -> object:
    satisfied = a.step.form.get("satisfied", "satisfied")
    said: dict[str, Any] = {"solved": a.way, "satisfied": satisfied, "comment": a.reason}
    said["contacted"] = a.step.form.get("contacted", a.way != "unreachable")
    if a.step.by == "resident":
        return services.record_feedback(a.ref, **said, at=a.at, key=a.key)
    actor = a.by("clerk2")
    return services.record_follow_up(a.ref, **said, actor=actor, at=a.at, key=a.key)


def _decide(a: Attempt, *, granted: bool) -> object:
    side = a.side
    verb = services.decide_deferral if side.stage == "deferral" else services.decide_extension
    actor, reason = a.by("supervisor"), a.reason or "已核"
    return verb(a.ref, side.pk, granted=granted, reason=reason, actor=actor, at=a.at, key=a.key)


def _part(a: Attempt) -> object:
    assert a.step.alias and a.step.matter
    new = a.play._new(a.step.matter, a.step.by)
    new = services.NewCase(
        **{
            **new.__dict__,
            "received_at": a.at,
            "petition_type": a.step.petition_type or "",
            "urgency": "ordinary",
            "clock": "",
        }
    )
    part = services.open_part(a.ref, new, actor=a.by(), at=a.at, key=a.key)
    a.play.refs[a.step.alias] = part.public_id
    return part


def _close_part(a: Attempt) -> object:
    case = lock_case(a.play.refs[a.step.alias or ""])
    close(case, outcome=a.way or "done", actor=SYSTEM_ACTOR, at=a.at)
    return case


def _lift(a: Attempt) -> object:
    rows = WorkItem.objects.filter(case__public_id=a.ref, stage="supervision", state="open")
    return services.lift_supervision(
        a.ref, rows.get().pk, reason=a.reason or "已整改", actor=a.by("supervisor"), at=a.at,
        key=a.key,
    )  # fmt: skip


COMMANDS: Mapping[str, Callable[[Attempt], object]] = {
    "complete": _complete,
    "answer": _answer,
    "feedback": _feedback,
    "part": _part,
    "close_part": _close_part,
    "lift": _lift,
    "dispatch": lambda a: services.dispatch_case(
        a.ref, to=a.step.to or "", co_units=a.step.co_units, reason=a.reason, actor=a.by("clerk"),
        at=a.at, key=a.key,
    ),
    "contact": lambda a: services.record_contact(a.ref, actor=a.by(), at=a.at, key=a.key),
    "route": lambda a: services.close_by_route(
        a.ref, route=a.way, reason=a.reason, actor=a.by("clerk"), at=a.at, key=a.key
    ),
    "return": lambda a: services.return_item(
        a.ref, a.item.pk, reason=a.reason, actor=a.by(), at=a.at, key=a.key
    ),
    "rule": lambda a: services.rule_objection(
        a.ref, outcome=a.way, reason=a.reason, to=a.step.to or "", actor=a.by("supervisor"),
        at=a.at, key=a.key,
    ),
    "pause": lambda a: services.pause_clock(
        a.ref, reason=a.way, actor=a.by("supervisor"), at=a.at, key=a.key
    ),
    "resume": lambda a: services.resume_clock(
        a.ref, actor=a.by("supervisor"), at=a.at, key=a.key
    ),
    "extend": lambda a: services.request_extension(
        a.ref, extra=a.step.extra or 0, reason=a.reason, actor=a.by(), at=a.at, key=a.key
    ),
    "grant": lambda a: _decide(a, granted=True),
    "refuse": lambda a: _decide(a, granted=False),
    "defer": lambda a: services.request_deferral(
        a.ref, why=a.way, reason=a.reason, actor=a.by(), at=a.at, key=a.key
    ),
    "recheck": lambda a: services.recheck_deferral(
        a.ref, a.side.pk, keep=a.way == "kept", reason=a.reason, actor=a.by("supervisor"),
        at=a.at, key=a.key,
    ),
    "reopen": lambda a: services.reopen_case(
        a.ref, reason=a.reason or "又出现了", actor=a.by("clerk"), at=a.at, key=a.key
    ),
    "raise": lambda a: services.raise_supervision(
        a.ref, level=a.way, reason=a.reason or "到期未办", actor=a.by("supervisor"), at=a.at,
        key=a.key,
    ),
    "timers": lambda a: services.fire_timers(at=a.at),
    "wait": lambda a: None,
}  # fmt: skip


def faults(case: Case, expect: ExpectDef, office: Office) -> Iterator[str]:
    """Say where a case stands otherwise than an example says."""
    found: dict[str, object] = {
        "stage": case.stage,
        "due": written(case.due_at),
        "round": case.round,
        "status": case.status,
        "outcome": case.outcome,
        "provisional": case.due_is_provisional,
        "rung": _rung(case) if expect.rung else None,
    }
    for name, value in found.items():
        wanted = getattr(expect, name)
        if wanted is not None and wanted != value:
            yield f"{name}: expected {wanted}, found {value}"
    items = WorkItem.objects.filter(case=case, kind="main", state="open")
    for alias, due in expect.dues.items():
        item = items.filter(unit=office.units[alias]).first()
        value = written(item.due_at) if item else "no open work"
        if value != due:
            yield f"dues.{alias}: expected {due}, found {value}"


def _rung(case: Case) -> str:
    rows = WorkItem.objects.filter(case=case, stage="supervision", state="open")
    item = rows.first()
    return str(item.result.get("level")) if item else "none"


def name_of(error: LinliError) -> str:
    """The name of an error as an example writes it, e.g. too_late."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()


def moment(text: str) -> datetime:
    """A local moment of an example as the engine takes it."""
    return timezone.make_aware(wall_time(text))


def written(at: datetime | None) -> str:
    """A due time as an example writes it."""
    return "none" if at is None else end_text(timezone.localtime(at))
