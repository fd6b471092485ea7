"""Random walks: any command by anybody on any of three cases, in any order, the clock going on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypedDict, TypeVar

from django.db import connection
from hypothesis import strategies as st

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor
from linli.domain.cases import services
from linli.domain.cases.models import Case, WorkItem
from linli.domain.cases.services import Revision
from linli.domain.cases.tests.builders import AT, Town, leaf_matter, new_case
from linli.kernel.errors import LinliError

Word = TypeVar("Word", bound=str)


class When(TypedDict):
    """When, and the key that makes a repeat harmless."""

    at: datetime
    key: str


class By(When):
    """What every command of a person carries."""

    actor: Actor


TABLES = (
    "cases_case",
    "cases_workitem",
    "cases_clock",
    "cases_timer",
    "cases_caseevent",
    "cases_note",
    "cases_feedback",
    "cases_link",
    "cases_notice",
    "audit_journal",
    "audit_outbox",
)
SPANS = (0, 1, 30, 5 * 60, 24 * 60, 8 * 24 * 60)


@dataclass(frozen=True)
class Step:
    """One thing that somebody tries."""

    command: str
    case: int
    who: int
    wait: int
    pick: int
    is_yes: bool


@dataclass
class Walk:
    """Three cases, of which the second is a part of the first, and how far time has gone."""

    town: Town
    cases: list[Case] = field(default_factory=list)
    at: datetime = AT
    count: int = 0
    last: str = ""

    def __post_init__(self) -> None:
        self.cases = [new_case(self.town, key=f"open{n}") for n in range(3)]
        whole, part, _ = self.cases
        services.link_cases(
            part.public_id,
            to=whole.public_id,
            kind="part",
            actor=self.town.clerk,
            at=AT,
            key="part",
        )

    def actors(self) -> Sequence[Actor]:
        """The cast; the system does whatever a standard allows."""
        town = self.town
        return (
            SYSTEM_ACTOR,
            town.clerk,
            town.other_clerk,
            town.handler,
            town.helper,
            town.supervisor,
            town.outsider,
        )

    def command_of(self, step: Step) -> str:
        """The command of a step; "go" is what the case's stage asks for."""
        if step.command != GO:
            return step.command
        stage = Case.objects.get(pk=self.cases[step.case].pk).stage
        return NEXT[stage][step.pick % len(NEXT[stage])]

    def take(self, step: Step) -> str:
        """Try a step; returns "done", or the name of what refused it."""
        self.count += 1
        self.at += timedelta(minutes=SPANS[step.wait])
        self.last = self.command_of(step)
        return self.repeat(step)

    def repeat(self, step: Step) -> str:
        """Send the last command once more, under its key."""
        try:
            COMMANDS[self.last](Attempt(self, step))
        except LinliError as error:
            return type(error).__name__
        return "done"


@dataclass(frozen=True)
class Attempt:
    """A step with everything its command needs."""

    walk: Walk
    step: Step

    @property
    def ref(self) -> str:
        return self.walk.cases[self.step.case].public_id

    @property
    def other(self) -> str:
        return self.walk.cases[(self.step.case + 1 + self.step.pick % 2) % 3].public_id

    @property
    def by(self) -> By:
        actors = self.walk.actors()
        actor = actors[self.step.who % len(actors)]
        return {"at": self.when["at"], "key": self.when["key"], "actor": actor}

    @property
    def when(self) -> When:
        return {"at": self.walk.at, "key": f"step{self.walk.count}"}

    def item(self, kind: str) -> int:
        """Mostly an open item, now and then one that is done."""
        rows = WorkItem.objects.filter(case__public_id=self.ref, kind=kind)
        if self.step.pick != 0:
            rows = rows.filter(state="open")
        found = rows.order_by("-pk").values_list("pk", flat=True)[: self.step.pick + 1]
        return list(found)[-1] if found else 0

    def one_of(self, *words: Word) -> Word:
        return words[self.step.pick % len(words)]


def _tell(attempt: Attempt) -> object:
    solved = attempt.one_of("unsolved", "solved", "partly")
    return services.record_feedback(
        attempt.ref,
        solved=solved,  # type: ignore[arg-type]  # a listed word
        satisfied="basic",
        **attempt.when,
    )


def _ask(attempt: Attempt) -> object:
    solved = attempt.one_of("unreachable", "solved", "unsolved", "partly")
    return services.record_follow_up(
        attempt.ref,
        solved=solved,  # type: ignore[arg-type]  # a listed word
        satisfied="basic",
        contacted=attempt.step.is_yes,
        **attempt.by,
    )


def _revise(attempt: Attempt) -> object:
    urgency = attempt.one_of("ordinary", "urgent")
    matter = leaf_matter() if attempt.step.is_yes else "city_management"
    revision = Revision(matter, "990101001", "help", urgency)  # type: ignore[arg-type]  # a listed word
    return services.revise_case(attempt.ref, revision, **attempt.by)


def _rule(attempt: Attempt) -> object:
    outcome = "uphold" if attempt.step.is_yes else "reject"
    to = attempt.one_of("", "", "works", "water", "far")
    return services.rule_objection(
        attempt.ref, outcome=outcome, reason="依清单", to=to, **attempt.by
    )


COMMANDS: Mapping[str, Callable[[Attempt], object]] = {
    "dispatch": lambda a: services.dispatch_case(
        a.ref,
        to=a.one_of("works", "water", "works", "far"),
        co_units=["water"] if a.step.is_yes else [],
        **a.by,
    ),
    "revise": _revise,
    "answer_now": lambda a: services.answer_directly(a.ref, answer="已说明", **a.by),
    "route": lambda a: services.close_by_route(a.ref, route="route_statutory", **a.by),
    "merge": lambda a: services.merge_duplicate(a.ref, into=a.other, **a.by),
    "contact": lambda a: services.record_contact(a.ref, **a.by),
    "answer": lambda a: services.complete_item(
        a.ref,
        a.item("main"),
        outcome=a.one_of("answer", "answer", "nonsense"),
        reason="已办",
        result={"result": a.one_of("done", "done", "done", "done", "unheard")},
        **a.by,
    ),
    "return": lambda a: services.return_item(a.ref, a.item("main"), reason="不属于", **a.by),
    "rule": _rule,
    "ask": _ask,
    "tell": _tell,
    "reopen": lambda a: services.reopen_case(a.ref, reason="又坏了", **a.by),
    "pause": lambda a: services.pause_clock(a.ref, reason=a.one_of("hearing", "why"), **a.by),
    "resume": lambda a: services.resume_clock(a.ref, **a.by),
    "ask_more_time": lambda a: services.request_extension(
        a.ref, extra=1 + a.step.pick, reason="等检测", **a.by
    ),
    "more_time": lambda a: services.decide_extension(
        a.ref, a.item("side"), granted=a.step.is_yes, reason="已核", **a.by
    ),
    "leave_out": lambda a: services.propose_exclusion(
        a.ref, reason="false_info", evidence="查无此事", **a.by
    ),
    "left_out": lambda a: services.decide_exclusion(
        a.ref, a.item("side"), granted=a.step.is_yes, reason="已核", **a.by
    ),
    "note": lambda a: services.add_note(a.ref, text="在办", is_public=a.step.is_yes, **a.by),
    "urge": lambda a: services.urge_case(a.ref, reason="催办", **a.by),
    "link": lambda a: services.link_cases(
        a.ref, to=a.other, kind=a.one_of("part", "follows", "duplicate"), **a.by
    ),
    "fire": lambda a: services.fire_timers(at=a.walk.at),
    "tell_unit": lambda a: services.notify(a.ref, kind="case_urged", at=a.walk.at),
    "recount": lambda a: services.recompute_clocks(at=a.walk.at),
}
NEXT = {
    "triage": ("dispatch", "dispatch", "answer_now", "route"),
    "handle": ("answer", "answer", "return", "contact"),
    "objection": ("rule",),
    "follow_up": ("ask", "tell"),
    "closed": ("tell", "reopen"),
}
UNKEYED = ("fire", "tell_unit", "recount")  # by the platform itself, without a key
GO = "go"  # what the case's stage asks for
steps = st.builds(
    Step,
    command=st.sampled_from([*[GO] * 20, *["pause"] * 4, *sorted(COMMANDS)]),
    case=st.integers(0, 2),
    who=st.one_of(st.just(0), st.integers(0, 6)),
    wait=st.integers(0, len(SPANS) - 1),
    pick=st.integers(0, 4),
    is_yes=st.booleans(),
)


def fingerprint() -> tuple[str, ...]:
    """Everything that a command could change, each table in one value."""
    parts = ", ".join(
        f"(SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t)"
        for table in TABLES
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {parts}")
        return tuple(cursor.fetchone())
