"""Commands that move a case along, as they are possible before a race."""

from collections.abc import Callable

from linli.config.bench._races_standing import RARE, Command, Standing, by, case_act
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.cases import services
from linli.domain.cases.selectors import plain_ways

WHY = "依清单核对"


def _dispatch(s: Standing) -> Command | None:
    if not s.leaves("dispatch"):
        return None
    to = s.chance.choice(s.units)
    helpers = [unit for unit in s.units if unit != to][: s.chance.randint(0, 1)]
    return case_act(s, services.dispatch_case, s.people.clerk, to=to, co_units=helpers)


def _dispatch_by_list(s: Standing) -> Command | None:
    return case_act(s, services.dispatch_by_list, s.people.clerk) if s.leaves("dispatch") else None


def _answer_directly(s: Standing) -> Command | None:
    is_so = s.leaves("answer")
    return case_act(s, services.answer_directly, s.people.clerk, answer="已说明") if is_so else None


def _close_by_route(s: Standing) -> Command | None:
    if not s.leaves("route"):
        return None
    route = s.chance.choice(s.case.standard.definition.routes).code
    return case_act(s, services.close_by_route, SYSTEM_ACTOR, route=route)


def _merge(s: Standing) -> Command | None:
    if not s.leaves("merge") or s.chance.random() < RARE:
        return None
    into = s.chance.choice(s.others)
    return case_act(s, services.merge_duplicate, SYSTEM_ACTOR, into=into)


def _complete(s: Standing) -> Command | None:
    item = s.main()
    if item is None or s.stage is None or not s.is_unit_work:
        return None
    way = s.chance.choice(plain_ways(s.case.standard.definition, s.stage)).code
    said = {"outcome": way, "reason": "已办", "result": {"result": "done"}}
    return by(services.complete_item, SYSTEM_ACTOR, s.at, s.ref, item.pk, **said)


def _return(s: Standing) -> Command | None:
    item = s.main()
    if item is None or not s.leaves("return", of_units=True):
        return None
    return by(services.return_item, SYSTEM_ACTOR, s.at, s.ref, item.pk, reason="不属于职责")


def _rule(s: Standing) -> Command | None:
    stage = s.stage
    if stage is None or stage.key != s.case.standard.definition.leads_to("return"):
        return None
    way = s.chance.choice([*stage.outcomes, *stage.back]).code
    to = s.chance.choice(["", "", *s.units])
    return case_act(s, services.rule_objection, s.people.supervisor, outcome=way, reason=WHY, to=to)


def _follow_up(s: Standing) -> Command | None:
    if not s.leaves("solved"):
        return None
    solved = s.chance.choice(["solved", "partly", "unsolved", "unreachable"])
    said = {"solved": solved, "satisfied": "basic", "contacted": True}
    return case_act(s, services.record_follow_up, s.people.asker, **said)


def _feedback(s: Standing) -> Command | None:
    if s.stage is not None and not s.leaves("unsolved"):
        return None
    solved = s.chance.choice(["solved", "unsolved"])

    def command(key: str) -> object:
        return services.record_feedback(
            s.ref,
            solved=solved,  # type: ignore[arg-type]  # one of its words
            satisfied="basic",
            at=s.at,
            key=key,
        )

    return command


def _reopen(s: Standing) -> Command | None:
    if s.stage is not None:
        return None
    return case_act(s, services.reopen_case, s.people.asker, reason="又坏了")


def _fulfil(s: Standing) -> Command | None:
    is_so = s.leaves("fulfil")
    return case_act(s, services.fulfil_case, SYSTEM_ACTOR, words="已提供") if is_so else None


MOVING: dict[str, Callable[[Standing], Command | None]] = {
    "dispatch_case": _dispatch,
    "dispatch_by_list": _dispatch_by_list,
    "answer_directly": _answer_directly,
    "close_by_route": _close_by_route,
    "merge_duplicate": _merge,
    "complete_item": _complete,
    "return_item": _return,
    "rule_objection": _rule,
    "record_follow_up": _follow_up,
    "record_feedback": _feedback,
    "reopen_case": _reopen,
    "fulfil_case": _fulfil,
}
