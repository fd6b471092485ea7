"""Acts that shield whoever complains: naming the unit complained about, and taking it back.

Serves: R129 X08.
"""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop

from linli.domain.access.selectors import Level
from linli.domain.cases import services
from linli.domain.cases.selectors import respondents_of
from linli.domain.organisations.selectors import units
from linli.web.desk.acts.base import Act, By, Data, ReasonForm, Standing
from linli.web.desk.choices import offer
from linli.web.desk.words import level_words


class RespondentForm(ReasonForm):
    """Which unit, and how one knows."""

    unit = forms.ChoiceField(label=_("被投诉单位"))
    field_order = ("unit", "reason")

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        named = {unit.pk for unit in respondents_of(standing.case)}
        others = [unit for unit in units(at=standing.at) if unit.pk not in named]
        offer(self, "unit", [("", "--"), *((unit.code, unit.name) for unit in others)])


class ClearForm(ReasonForm):
    """Which of the named units was named by mistake, and why one knows."""

    unit = forms.ChoiceField(label=_("误标的单位"), widget=forms.RadioSelect)
    field_order = ("unit", "reason")

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        offer(self, "unit", [(u.code, u.name) for u in respondents_of(standing.case)])


class LevelForm(ReasonForm):
    """How confidential, and why."""

    level = forms.ChoiceField(label=_("保密等级"), widget=forms.RadioSelect)
    field_order = ("level", "reason")

    def __init__(self, *args: object, standing: Standing, **kwargs: object) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        now = standing.case.confidentiality
        may_lower = standing.may("case.declassify")
        higher = [level for level in Level if Level(now) in level.below()]
        levels = list(Level) if may_lower else higher
        offer(self, "level", [(one, level_words(one)) for one in levels if one != now])


def _level(standing: Standing, data: Data, by: By) -> object:
    level, reason = str(data["level"]), str(data["reason"])
    return services.classify_case(standing.case.public_id, level=level, reason=reason, **by)


def _name(standing: Standing, data: Data, by: By) -> object:
    unit, reason = str(data["unit"]), str(data["reason"])
    return services.name_respondent(standing.case.public_id, unit=unit, reason=reason, **by)


def _clear(standing: Standing, data: Data, by: By) -> object:
    unit, reason = str(data["unit"]), str(data["reason"])
    return services.clear_respondent(standing.case.public_id, unit=unit, reason=reason, **by)


SHIELD: dict[str, Act] = {
    "classify": Act(
        noop("调整保密等级"),
        "case.classify",
        LevelForm,
        _level,
        lambda s: s.case.confidentiality != Level.SEALED or s.may("case.declassify"),
        consequence=noop("等级高于岗位可接触范围的人，立即看不到这件工单。"),
    ),
    "respondent": Act(
        noop("标明被投诉单位"),
        "case.name_respondent",
        RespondentForm,
        _name,
        lambda s: True,
        consequence=noop(
            "该单位及其下属立即看不到这件工单的任何内容；正由其办理的，收回重新派单。"
        ),
    ),
    "clear-respondent": Act(
        noop("撤销被投诉标记"),
        "case.clear_respondent",
        ClearForm,
        _clear,
        lambda s: bool(s.case.respondent_ids),
        consequence=noop("该单位将重新看到它办过的部分。"),
    ),
}
