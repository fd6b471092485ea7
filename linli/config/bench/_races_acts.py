"""What the race bench lets people do to a case at once: every command of the case engine.

A command that is neither here nor among those apart fails the tests.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from types import FunctionType

from linli.config.bench._races_road import MOVING, WHY
from linli.config.bench._races_standing import RARE, SELDOM, Command, Do, Standing, by, case_act
from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.cases import services
from linli.domain.cases.selectors import (
    DEFERRAL,
    DEFERRED,
    EXCLUSION,
    EXTENSION,
    RUNGS,
    SUPERVISION,
    WorkItem,
    respondents_of,
)

TOLD = "据反映，贵单位所管设施长期失修。请说明情况和后续处理。"
REPLY = "已派人到现场查看，三日内修好。"
LONG = timedelta(days=100)  # after which every timer has rung

# Commands that no race is about, and why.
APART = {
    "open_case": "there is no case yet that another could want",
    "open_cases": "as open_case",
    "archive_cases": "brings in cases that are over",
    "name_cases": "gives out numbers",
    "recompute_clocks": "moves nothing unless a calendar is published, case by case",
    "open_by_hand": "there is no case yet; raced in tests/races/test_part_races.py",
    "open_part": "no stage of this standard has parts; raced in tests/races/test_part_races.py",
    "advance_wholes": "as open_part",
    "advance_waiting": "as open_part",
    "plan_migration": "changes nothing",
    "make_document": "writes beside the case, under its lock; no stage raced has documents",
    "propose_from_ruling": "suggests a duty; no case changes",
    "migrate_cases": "needs another version; each case under its own lock",
    "undo_migration": "as migrate_cases",
    "note_look": "a part of look_at_case, in the transaction of a page",
    "read_rendition": "writes down a look, changes nothing",
    "ask_glass": "asks for a way in; no case changes",
    "ask_person": "asks for a way in; no case changes",
    "decide_opening": "decides on a way in; no case changes",
    "end_opening": "shuts a way in; no case changes",
    "alarm_unconfirmed": "tells auditors of a way in; no case changes",
}
# Commands whose key stands in no history, or not each time.
WITHOUT_KEY = frozenset(
    {"fire_timers", "look_at_case", "mark_notices_seen", "notify", "notify_role", "record_contact"}
)


def _revise(s: Standing) -> Command | None:
    if s.stage is None or s.stage.key != s.case.standard.definition.first_stage.key:
        return None
    revision = s.chance.choice(s.revisions)
    seen = s.case.seq if s.chance.random() < 0.5 else None
    return by(services.revise_case, s.people.clerk, s.at, s.ref, revision, seen=seen)


def _contact(s: Standing) -> Command | None:
    return case_act(s, services.record_contact, SYSTEM_ACTOR) if s.is_unit_work else None


def _ask_extension(s: Standing) -> Command | None:
    if s.stage is None or s.stage.extend is None:
        return None
    return case_act(s, services.request_extension, SYSTEM_ACTOR, extra=1, reason="等检测")


def _decide(s: Standing, do: Do, item: WorkItem | None) -> Command | None:
    if item is None:
        return None
    granted = s.chance.random() < 0.6
    return by(do, s.people.supervisor, s.at, s.ref, item.pk, granted=granted, reason=WHY)


def _defer(s: Standing) -> Command | None:
    terms = s.case.standard.definition.defer
    if terms is None or s.stage is None or s.side(DEFERRED):
        return None
    said = {"why": terms.reasons[0].code, "reason": "等资金"}
    return case_act(s, services.request_deferral, SYSTEM_ACTOR, **said)


def _recheck(s: Standing) -> Command | None:
    item = s.side(DEFERRED)
    if item is None:
        return None
    said = {"keep": s.chance.random() < 0.3, "reason": WHY}
    return by(services.recheck_deferral, s.people.supervisor, s.at, s.ref, item.pk, **said)


def _raise(s: Standing) -> Command | None:
    if s.stage is None:
        return None
    level = s.chance.choice(RUNGS)
    said = {"level": level, "reason": "请抓紧"}
    return case_act(s, services.raise_supervision, s.people.supervisor, **said)


def _pause(s: Standing) -> Command | None:
    reasons = s.case.standard.definition.pause_reasons
    if s.stage is None or not reasons or s.case.held_at:
        return None
    return case_act(s, services.pause_clock, SYSTEM_ACTOR, reason=reasons[0].code)


def _exclude(s: Standing) -> Command | None:
    reasons = s.case.standard.definition.exclusion_reasons
    if not reasons or s.case.exclusion or s.side(EXCLUSION):
        return None
    said = {"reason": s.chance.choice(reasons).code, "evidence": "有记录"}
    return case_act(s, services.propose_exclusion, SYSTEM_ACTOR, **said)


def _link(s: Standing) -> Command:
    kind = s.chance.choice(["part", "part", "follows"])
    said = {"to": s.chance.choice(s.others), "kind": kind}
    return case_act(s, services.link_cases, s.people.clerk, **said)


def _classify(s: Standing) -> Command:
    level = s.chance.choice(["ordinary", "sensitive"])
    return case_act(s, services.classify_case, SYSTEM_ACTOR, level=level, reason="涉及个人")


def _name(s: Standing) -> Command | None:
    if s.chance.random() < RARE:
        return None
    unit = s.chance.choice(s.units)
    return case_act(s, services.name_respondent, SYSTEM_ACTOR, unit=unit, reason="反映该单位")


def _clear(s: Standing) -> Command | None:
    if not s.case.respondent_ids or s.chance.random() < RARE:
        return None
    unit = s.chance.choice(s.units)
    return case_act(s, services.clear_respondent, SYSTEM_ACTOR, unit=unit, reason="查无此事")


def _write(s: Standing) -> Command | None:
    if s.stage is None or not s.case.respondent_ids:
        return None
    if s.rendition("draft", "approved", "sent") and s.chance.random() < SELDOM:
        return None  # another would replace it before anybody sends or answers it
    unit = s.chance.choice(respondents_of(s.case)).code
    said = {"unit": unit, "text": TOLD, "reason": WHY}
    return case_act(s, services.write_rendition, SYSTEM_ACTOR, **said)


def _approve(s: Standing) -> Command | None:
    one = s.rendition("draft")
    if one is None:
        return None
    who = s.people.supervisor
    return by(services.approve_rendition, who, s.at, s.ref, one.public_id, reason=WHY)


def _send(s: Standing) -> Command | None:
    one = s.rendition("approved")
    if one is None:
        return None
    return by(services.send_rendition, SYSTEM_ACTOR, s.at, s.ref, one.public_id)


def _withdraw(s: Standing) -> Command | None:
    one = s.rendition("draft", "approved", "sent")
    if one is None or s.chance.random() < SELDOM:
        return None
    return by(services.withdraw_rendition, SYSTEM_ACTOR, s.at, s.ref, one.public_id)


def _reply(s: Standing) -> Command | None:
    one = s.rendition("sent")
    if one is None or one.unit.code not in s.people.handlers:
        return None
    who = s.people.handlers[one.unit.code]
    return by(services.answer_rendition, who, s.at, one.public_id, reply=REPLY)


def _note(s: Standing) -> Command:
    text = f"第{s.chance.randrange(10**9)}条"
    return case_act(s, services.add_note, s.people.clerk, text=text, is_public=False)


def _urge(s: Standing) -> Command | None:
    if s.stage is None:
        return None
    return case_act(s, services.urge_case, s.people.supervisor, reason="请抓紧")


def _lift(s: Standing) -> Command | None:
    item = s.side(SUPERVISION)
    if item is None:
        return None
    said = {"reason": "已办妥"}
    return by(services.lift_supervision, s.people.supervisor, s.at, s.ref, item.pk, **said)


def _keyless(do: Do, *args: object, **said: object) -> Command:
    return lambda _key: do(*args, **said)


# Beside those that move a case along: what stands beside, and what answers to such a thing. A
# third of a race each, where there are any.
BESIDE: dict[str, Callable[[Standing], Command | None]] = {
    "revise_case": _revise,
    "record_contact": _contact,
    "request_extension": _ask_extension,
    "pause_clock": _pause,
    "request_deferral": _defer,
    "raise_supervision": _raise,
    "propose_exclusion": _exclude,
    "link_cases": _link,
    "classify_case": _classify,
    "name_respondent": _name,
    "add_note": _note,
    "urge_case": _urge,
    "fire_timers": lambda s: _keyless(services.fire_timers, at=s.at + LONG, limit=20),
    "notify": lambda s: _keyless(services.notify, s.ref, kind="case_urged", at=s.at),
    "notify_role": lambda s: _keyless(
        services.notify_role, s.ref, role="clerk", kind="case_urged", at=s.at
    ),
    "mark_notices_seen": lambda s: _keyless(
        services.mark_notices_seen, actor=s.people.clerk, at=s.at
    ),
    "look_at_case": lambda s: _keyless(
        partial(services.look_at_case, s.ref), actor=s.people.clerk, at=s.at
    ),
}
AFTER: dict[str, Callable[[Standing], Command | None]] = {
    "decide_extension": lambda s: _decide(s, services.decide_extension, s.side(EXTENSION)),
    "decide_deferral": lambda s: _decide(s, services.decide_deferral, s.side(DEFERRAL)),
    "recheck_deferral": _recheck,
    "resume_clock": lambda s: (
        case_act(s, services.resume_clock, SYSTEM_ACTOR)
        if s.case.held_at and not s.case.deferred_at
        else None
    ),
    "decide_exclusion": lambda s: _decide(s, services.decide_exclusion, s.side(EXCLUSION)),
    "clear_respondent": _clear,
    "write_rendition": _write,
    "approve_rendition": _approve,
    "send_rendition": _send,
    "withdraw_rendition": _withdraw,
    "answer_rendition": _reply,
    "lift_supervision": _lift,
}
ACTS = MOVING | BESIDE | AFTER


def commands() -> frozenset[str]:
    """Names of all commands of the case engine."""
    return frozenset(
        name for name in services.__all__ if isinstance(getattr(services, name), FunctionType)
    )


def unraced() -> frozenset[str]:
    """Names of commands that are in no race and not apart; must be none."""
    return commands() - ACTS.keys() - APART.keys()
