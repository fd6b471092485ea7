"""Cards of stages: who does what, where, in what time, by which checks, and where it leads.

A card is facts and sections. Something more on every card is one function in `SECTIONS`, which
returns lines (with an address where they lead somewhere) or none.

Serves: R105 R107 R108 R109.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from linli.domain.catalogue.selectors import (
    CLOSED,
    CheckItem,
    OutcomeDef,
    StageDef,
    StandardDef,
    StandardVersion,
    matter_tree,
)
from linli.domain.catalogue.selectors.charting import (
    ChartWords,
    chart_words,
    condition_words,
    limit_words,
    timer_words,
    who_words,
)
from linli.web.desk.words import name_of, stage_name
from linli.web.ui.parts import Fact

MOST_ALIKE = 8  # lists of closed cases on a card


@dataclass(frozen=True)
class CardLine:
    """A line of a section; with a `url` it leads there."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Section:
    """A part of a card under a heading of its own."""

    title: str
    lines: Sequence[CardLine]


@dataclass(frozen=True)
class StageCard:
    """A stage of a standard as a card; `key` is its anchor on the page."""

    key: str
    title: str
    facts: Sequence[Fact]
    sections: Sequence[Section]


@dataclass(frozen=True)
class Stage:
    """A stage with the standard that it is of, and the words it is told by."""

    here: StageDef
    standard: StandardDef
    told: ChartWords
    alike: Sequence[CardLine] = ()

    def name(self, key: str) -> str:
        """Name a stage of the same standard, or the end."""
        found = self.standard.stage(key)
        return stage_name(found) if found else _("已办结")


def told_of(version: StandardVersion, *, lang: str) -> ChartWords:
    """Return the names of roles, sources and matters that a standard is told by."""
    return chart_words(version, lang=lang)


def cards_of(standard: StandardDef, told: ChartWords) -> list[StageCard]:
    """Return a card for each stage, in order."""
    alike = _closed_alike(standard, told)
    return [_card(Stage(stage, standard, told, alike)) for stage in standard.stages]


def _closed_alike(standard: StandardDef, told: ChartWords) -> list[CardLine]:
    """Lists of closed cases, by the uppermost matters that the standard is for."""
    tree = matter_tree()
    under = {matter.pk for matter in tree if matter.standard_code == standard.standard}
    tops = [matter for matter in tree if matter.pk in under and matter.parent_id not in under]
    return [
        CardLine(
            told.of(matter.name, matter.name_en),
            f"{reverse('desk:cases')}?status=closed&matter={matter.code}",
        )
        for matter in tops[:MOST_ALIKE]
    ]


def _card(stage: Stage) -> StageCard:
    made = (section(stage) for section in SECTIONS)
    sections = [section for section in made if section.lines]
    return StageCard(stage.here.key, stage_name(stage.here), _facts(stage), sections)


def _facts(stage: Stage) -> list[Fact]:
    here, told = stage.here, stage.told
    facts = [
        Fact(_("角色"), who_words(here, told)),
        Fact(_("办理地点"), told.of(here.place, here.place_en)),
        Fact(_("时间标准"), _limit(stage)),
    ]
    if here.own_limit:
        facts.append(Fact(_("时限依据"), told.quoted(here.own_limit)))
    if here.each == "units":
        facts.append(Fact(_("多单位办理"), told.say(here.join)))
    if here.extend:
        by = told.roles.get(here.extend.approver, told.say(here.extend.approver))
        many = {"count": f"{here.extend.times.value:g}", "role": by}
        facts.append(Fact(_("延期"), _("最多 %(count)s 次，由%(role)s批准") % many))
    if here.second_person:
        facts.append(Fact(_("复核"), told.say("second")))
    return facts


def _limit(stage: Stage) -> str:
    own = stage.here.own_limit
    return limit_words(own, stage.told) if own else _("按工单的时限类别")


def _clocks(stage: Stage) -> Section:
    """The classes of limit, where the case's own one rules."""
    told = stage.told
    lines = [
        CardLine(f"{name_of(clock)}：{limit_words(clock.limit, told)} · {told.quoted(clock.limit)}")
        for clock in stage.standard.clocks
        if stage.here.own_limit is None
    ]
    return Section(_("时限类别"), lines)


def _items(stage: Stage, items: Sequence[CheckItem]) -> list[CardLine]:
    return [CardLine(stage.told.of(item.text, item.text_en)) for item in items]


def _inputs(stage: Stage) -> Section:
    """What must be there, as the standard says; else from where work comes."""
    own = _items(stage, stage.here.inputs)
    key = stage.here.key
    before = [
        CardLine(f"{stage_name(one)}：{name_of(way)}", f"#stage-{one.key}")
        for one in stage.standard.stages
        for way in one.ways
        if key in way.targets
    ]
    begins = [CardLine(_("工单开立"))] if stage.standard.first_stage.key == key else []
    return Section(_("输入"), own or begins + before)


def _outputs(stage: Stage) -> Section:
    documents = [
        CardLine(name_of(one)) for one in stage.standard.documents if stage.here.key in one.stages
    ]
    return Section(_("输出"), _items(stage, stage.here.outputs) + documents)


def _checks(stage: Stage) -> Section:
    return Section(_("检查项"), _items(stage, stage.here.content))


def _form(stage: Stage) -> Section:
    """The fields that are filled in here."""
    fields = [one for code in stage.here.form if (one := stage.standard.field(code))]
    shown = [f"{name_of(one)}（{_('必填')}）" if one.required else name_of(one) for one in fields]
    return Section(_("填写"), [CardLine(text) for text in shown])


def _evidence(stage: Stage) -> Section:
    return Section(_("佐证"), _items(stage, stage.here.evidence))


def _risks(stage: Stage) -> Section:
    return Section(_("易错点"), _items(stage, stage.here.risks))


def _ways(stage: Stage) -> Section:
    lines = [line for way in stage.here.ways for line in _way(stage, way)]
    return Section(_("去向"), lines)


def _way(stage: Stage, way: OutcomeDef) -> list[CardLine]:
    rows = way.decide.rows if way.decide else ()
    ways = [(row.to, f" [{condition_words(row, stage.told)}]") for row in rows] + [(way.to, "")]
    why = f"（{_('须写明理由')}）" if way.needs_reason else ""
    return [
        CardLine(
            f"{name_of(way)}{condition} → {stage.name(to)}{why}",
            "" if to == CLOSED else f"#stage-{to}",
        )
        for to, condition in ways
    ]


def _timers(stage: Stage) -> Section:
    lines = [CardLine(timer_words(timer, stage.told)) for timer in stage.here.timers]
    return Section(_("提醒与督办"), lines)


def _basis(stage: Stage) -> Section:
    """The articles, each with where its text can be read, if that is known."""
    told = stage.told
    lines = [
        CardLine(told.sources.get(code, code), told.texts.get(code, ""))
        for code in stage.here.basis
    ]
    return Section(_("依据"), lines)


def _alike(stage: Stage) -> Section:
    return Section(_("同类已办结工单"), stage.alike)


SECTIONS: tuple[Callable[[Stage], Section], ...] = (
    _clocks,
    _inputs,
    _checks,
    _form,
    _evidence,
    _outputs,
    _ways,
    _timers,
    _risks,
    _basis,
    _alike,
)
