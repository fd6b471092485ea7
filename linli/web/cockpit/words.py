"""How figures and rates read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from linli.domain.cases.selectors import Rate
from linli.web.cockpit.period import PRESETS, Period
from linli.web.ui.languages import is_english
from linli.web.ui.wording import number_text

FIGURE_WORDS = {
    "open": noop("在办"),
    "overdue": noop("已超期"),
    "due_today": noop("今日到期"),
    "received": noop("期内受理"),
    "closed": noop("期内办结"),
}
BASIS_WORDS = {
    "due": noop("%(above)s ÷ 到期应响应 %(below)s 件"),
    "followed_up": noop("%(above)s ÷ 有效回访 %(below)s 件"),
}
WAITING_WORDS = {
    "due": noop("已剔除 %(excluded)s 件，尚未到期 %(waiting)s 件"),
    "followed_up": noop("已剔除 %(excluded)s 件，尚无有效回访 %(waiting)s 件"),
}
FACT_WORDS = {
    "due": noop("首次联系已到期或已联系"),
    "contacted_in_time": noop("按时联系诉求人"),
    "followed_up": noop("有效回访"),
    "solved": noop("已解决"),
    "partly": noop("部分解决"),
    "unsolved": noop("未解决"),
    "satisfied": noop("满意"),
    "basic": noop("基本满意"),
    "dissatisfied": noop("不满意"),
}


def matter_name(name: str, name_en: str) -> str:
    """Name a matter in the language of the page."""
    return (name_en or name) if is_english() else name


def period_words(period: Period) -> str:
    """Name the days looked at, free ones by their dates."""
    if period.code:
        return _(PRESETS[period.code])
    return f"{period.first}～{period.last}"


def rate_name(rate: Rate) -> str:
    """Name a rate as its standard does."""
    return rate.name_en if is_english() else rate.name


def fraction_words(rate: Rate) -> str:
    """Say what a rate stands on, or why it is not reckoned."""
    if not rate.is_enough:
        return _("样本 %(below)s 件，不足 %(least)s 件，不计算") % {
            "below": number_text(rate.denominator),
            "least": number_text(rate.minimum_sample),
        }
    words = BASIS_WORDS.get(rate.basis, noop("%(above)s ÷ %(below)s 件"))
    places = 0 if rate.numerator == int(rate.numerator) else 1
    return _(words) % {
        "above": number_text(rate.numerator, places=places),
        "below": number_text(rate.denominator),
    }


def beside_words(rate: Rate) -> str:
    """Say how many cases stand beside a rate, and why."""
    words = WAITING_WORDS.get(rate.basis, noop("已剔除 %(excluded)s 件，未计入 %(waiting)s 件"))
    return _(words) % {
        "excluded": number_text(rate.excluded),
        "waiting": number_text(rate.waiting),
    }


def how_words(rate: Rate, *, source: str) -> str:
    """Say how a rate is reckoned, as the standard in force defines it."""
    above = [
        _("%(fact)s每件计 %(weight)s") % {"fact": _(FACT_WORDS[fact]), "weight": f"{weight:g}"}
        for fact, weight in rate.above
    ]
    return _(
        "%(above)s；除以%(below)s的件数，不含已剔除的；不足 %(least)s 件不计算。依据：%(source)s"
    ) % {
        "above": _("、").join(above),
        "below": _(FACT_WORDS[rate.basis]),
        "least": number_text(rate.minimum_sample),
        "source": source or _("本地规定"),
    }
