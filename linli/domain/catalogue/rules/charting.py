"""A standard as a chart: what BPMN and the picture of the process are made from.

Only what a chart shows is read; whatever else a standard may come to say is left alone.

Serves: R105 R106.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from linli.domain.catalogue.rules.deciding import Match, RuleRow
from linli.domain.catalogue.rules.stage import CLOSED, OutcomeDef, StageDef, TimerDef
from linli.domain.catalogue.rules.standard import StandardDef
from linli.domain.catalogue.rules.terms import Cited, LimitDef
from linli.kernel.units import LimitUnit
from linli.methods.process.chart import Alarm, Chart, Children, Flow, Lane, Task

WORDS: dict[str, tuple[str, str]] = {
    "remind": ("提醒", "Remind"),
    "urge": ("催办", "Urge"),
    "supervise": ("督办", "Supervise"),
    "list": ("挂牌", "List"),
    "talk": ("约谈", "Talk"),
    "circulate": ("通报", "Circulate"),
    "received": ("收到", "received"),
    "accepted": ("受理", "accepted"),
    "opened": ("环节开始", "the stage began"),
    "dispatched": ("派单", "dispatched"),
    "answered": ("答复", "answered"),
    "told": ("告知", "told"),
    "decided": ("决定", "decided"),
    "closed": ("办结", "closed"),
    "clock": ("工单时限", "the case's own limit"),
    "since": ("{}，自{}起", "{} from when it was {}"),
    "since_stage": ("{}，自{}起", "{} from when {}"),
    "limit": ("时限：{}", "Limit: {}"),
    "place": ("地点：{}", "Place: {}"),
    "role": ("承办角色：{}", "Role: {}"),
    "check": ("检查项：{}", "Check: {}"),
    "basis": ("依据：{}", "Basis: {}"),
    "unverified": ("待核对", "unverified"),
    "second": ("须由另一人办理。", "By another person than before."),
    "all": ("各单位都办完后继续。", "Goes on once all units are done."),
    "lead": ("主办单位办完后继续。", "Goes on once the leading unit is done."),
    "any": ("任一单位办完后继续。", "Goes on once any unit is done."),
    "share": ("用去时限的 {:g}% 时{}", "{1} at {0:g}% of the limit"),
    "before": ("期满前{}{}", "{1} {0} before the limit ends"),
    "after": ("期满后{}{}", "{1} {0} after the limit ended"),
    "parts_all": ("子工单全部办结后继续：{}", "Parts, all of which must be closed: {}"),
    "parts_any": ("任一子工单办结后继续：{}", "Parts, any of which must be closed: {}"),
    "reopen": ("办结后{}内可重新办理，回到“{}”。", "May be reopened within {} at “{}”."),
    "resident": ("反映人", "Resident"),
    "or": ("或", " or "),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
}


@dataclass(frozen=True)
class ChartWords:
    """What a chart is told by: the language (zh-hans or en), and names that stand elsewhere.

    Parameters
    ----------
    roles : role → its name. sources : code → how the source is quoted.
    texts : code of a source → where its text can be read.
    matters : code of a matter → its name and the code of its standard.
    """

    lang: str = "zh-hans"
    roles: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    matters: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def is_english(self) -> bool:
        """Whether English is asked for."""
        return self.lang.startswith("en")

    def say(self, word: str) -> str:
        """Return a word of the table; one that it does not hold as it is."""
        zh, en = WORDS.get(word, (word, word))
        return en if self.is_english else zh

    def of(self, zh: str, en: str) -> str:
        """Return one of two."""
        return en if self.is_english else zh

    def quoted(self, cited: Cited) -> str:
        """Quote a source, marked where its reading is not verified."""
        words = self.sources.get(cited.source, cited.source)
        return words if cited.confidence == "verified" else f"{words}（{self.say('unverified')}）"


def chart_of(standard: StandardDef, words: ChartWords) -> Chart:
    """Return the chart of a standard, in the language of `words`."""
    known = {stage.key for stage in standard.stages}
    tasks = tuple(_task(stage, words, known) for stage in standard.stages)
    lanes = {task.lane: Lane(task.lane, task.lane) for task in tasks}
    flows = tuple(
        flow
        for stage in standard.stages
        for way in stage.ways
        for flow in _flows(stage, way, words)
        if flow.target is None or flow.target in known
    )
    notes = [words.say("basis").format(words.quoted(standard))]
    if standard.reopen and (stage := standard.stage(standard.reopen.to)):
        length = standard.reopen.limit.limit.text(words.lang)
        title = words.of(stage.title, stage.title_en)
        notes.append(words.say("reopen").format(length, title))
    return Chart(
        key=standard.standard,
        version=standard.version,
        title=words.of(standard.name, standard.name_en),
        lang=words.lang,
        lanes=tuple(lanes.values()),
        tasks=tasks,
        flows=flows,
        notes=tuple(notes),
    )


def who_words(stage: StageDef, words: ChartWords) -> str:
    """Name who has a stage: the field's own word, else the role's name."""
    own = words.of(stage.who or "", stage.who_en or stage.who or "")
    return own or words.roles.get(stage.role) or words.say(stage.role)


def limit_words(limit: LimitDef, words: ChartWords) -> str:
    """Say how long a limit is and from when it runs."""
    shape = words.say("since_stage" if limit.start == "opened" else "since")
    return shape.format(limit.limit.text(words.lang), words.say(limit.start))


def timer_words(timer: TimerDef, words: ChartWords) -> str:
    """Say what a timer does, and when."""
    act = words.say(timer.do)
    if timer.share is not None:
        return words.say("share").format(timer.share * 100, act)
    lead, side = (timer.before, "before") if timer.before else (timer.after, "after")
    return words.say(side).format(lead.limit.text(words.lang) if lead else "", act)


def condition_words(row: RuleRow, words: ChartWords) -> str:
    """Say for which cases a row of a rule table is."""
    said = words.of(row.says or "", row.says_en or "")
    return said or ", ".join(f"{name} {_match(match, words)}" for name, match in row.when.items())


def _match(match: Match, words: ChartWords) -> str:
    if match.any_of:
        told = {True: words.say("yes"), False: words.say("no")}
        named = [told[one] if isinstance(one, bool) else str(one) for one in match.any_of]
        return f"= {words.say('or').join(named)}"
    low = [] if match.at_least is None else [f"≥ {match.at_least:g}"]
    high = [] if match.below is None else [f"< {match.below:g}"]
    return " ".join(low + high)


def _task(stage: StageDef, words: ChartWords, known: "set[str]") -> Task:
    own = stage.own_limit
    limit = limit_words(own, words) if own else words.say("clock")
    is_many = stage.each == "units"
    return Task(
        key=stage.key,
        title=words.of(stage.title, stage.title_en),
        lane=who_words(stage, words),
        limit=own.limit.text(words.lang) if own else words.say("clock"),
        is_many=is_many,
        many=words.say(stage.join) if is_many else "",
        notes=_notes(stage, limit, words),
        alarms=tuple(_alarm(timer, own, words) for timer in stage.timers),
        children=_children(stage, words, known),
    )


def _notes(stage: StageDef, limit: str, words: ChartWords) -> tuple[str, ...]:
    own = stage.own_limit
    cited = f"（{words.say('basis').format(words.quoted(own))}）" if own else ""
    basis = [words.sources.get(code, code) for code in stage.basis]
    lines = [
        words.say("role").format(who_words(stage, words)),
        words.say("place").format(words.of(stage.place, stage.place_en)),
        words.say("limit").format(limit) + cited,
        *(words.say("basis").format("；".join(basis)) for _ in basis[:1]),
        *(words.say("check").format(words.of(i.text, i.text_en)) for i in stage.content),
        *(words.say(stage.join) for _ in [stage] if stage.each == "units"),
        *(words.say("second") for _ in [stage] if stage.second_person),
    ]
    if stage.parts:
        names = "；".join(_part_names(stage.parts.matters, words))
        lines.append(words.say(f"parts_{stage.parts.join}").format(names))
    return tuple(lines)


def _part_names(matters: Sequence[str], words: ChartWords) -> list[str]:
    return [words.matters.get(code, (code, ""))[0] for code in matters]


def _children(stage: StageDef, words: ChartWords, known: "set[str]") -> Children | None:
    parts = stage.parts
    if parts is None:
        return None
    called = {words.matters.get(code, ("", ""))[1] for code in parts.matters}
    then = stage.way(parts.then) if parts.then else None
    return Children(
        title="、".join(_part_names(parts.matters, words)),
        called=called.pop() if len(called) == 1 else "",
        to=_after(then, known),
    )


def _after(then: OutcomeDef | None, known: "set[str]") -> str | None:
    if then is None:
        return None
    return then.to if then.to in known else ""


def _alarm(timer: TimerDef, limit: LimitDef | None, words: ChartWords) -> Alarm:
    if timer.share is not None:
        mark = f"{timer.share * 100:g}%"
    else:
        lead, sign = (timer.before, "-") if timer.before else (timer.after, "+")
        mark = f"{sign}{lead.limit.text(words.lang)}" if lead else ""
    seconds = _seconds(timer, limit)
    return Alarm(
        title=words.say(timer.do),
        mark=mark,
        when=timer_words(timer, words),
        duration=f"PT{seconds}S" if seconds else "",
    )


def _seconds(timer: TimerDef, limit: LimitDef | None) -> int:
    """Seconds from the start of the stage; 0 where only the calendar can tell."""
    each = {LimitUnit.HOUR: 3600, LimitUnit.MINUTE: 60}
    if limit is None or limit.start != "opened" or timer.share is None:
        return 0
    return round(limit.value * each.get(limit.unit, 0) * timer.share)


def _flows(stage: StageDef, way: OutcomeDef, words: ChartWords) -> list[Flow]:
    title, is_back = words.of(way.name, way.name_en), stage.is_back(way.code)
    rows = way.decide.rows if way.decide else ()
    ways = [(row.to, condition_words(row, words)) for row in rows] + [(way.to, "")]
    told: dict[str, str] = {}
    for to, condition in ways:
        joined = [part for part in (told.get(to, ""), condition) if part]
        told[to] = "; ".join(joined)
    return [
        Flow(stage.key, None if to == CLOSED else to, way.code, title, condition, is_back)
        for to, condition in told.items()
    ]
