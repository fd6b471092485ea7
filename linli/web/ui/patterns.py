"""The things that the pattern page shows: made up, fixed, and the same in every run."""

from datetime import UTC, datetime, timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.paging import Page
from linli.web.ui import parts
from linli.web.ui.forms import LinliForm, day_input, figures_input

AT = datetime(2026, 11, 24, 6, 5, tzinfo=UTC)
CHOICES = (
    ("phone", gettext_lazy("电话")),
    ("message", gettext_lazy("短信")),
    ("none", gettext_lazy("不用联系我")),
)


class PatternForm(LinliForm):
    """One field of each kind."""

    text = forms.CharField(
        label=gettext_lazy("反映的问题"),
        help_text=gettext_lazy("写明时间、地点和经过，不用写姓名和证件号"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    phone = forms.CharField(
        label=gettext_lazy("联系电话"),
        help_text=gettext_lazy("11 位手机号，或区号加座机号"),
        widget=figures_input(),
    )
    day = forms.DateField(label=gettext_lazy("发生日期"), required=False, widget=day_input())
    matter = forms.ChoiceField(
        label=gettext_lazy("事项"),
        choices=[
            ("", "--"),
            ("road", gettext_lazy("道路破损")),
            ("noise", gettext_lazy("夜间噪声")),
        ],
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("怎样联系您"), choices=CHOICES, widget=forms.RadioSelect
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("涉及哪些方面"),
        choices=(("safety", gettext_lazy("安全")), ("clean", gettext_lazy("环境卫生"))),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agree = forms.BooleanField(label=gettext_lazy("已核对以上内容"))
    photo = forms.FileField(
        label=gettext_lazy("照片"), help_text=gettext_lazy("JPG 或 PNG，10 MB 以内"), required=False
    )


class PatternFilter(LinliForm):
    """A filter form."""

    q = forms.CharField(label=gettext_lazy("关键词"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("状态"),
        required=False,
        choices=[("", gettext_lazy("全部")), ("open", gettext_lazy("办理中"))],
    )
    matter = forms.ChoiceField(
        label=gettext_lazy("事项"),
        required=False,
        choices=[("", gettext_lazy("全部")), ("road", gettext_lazy("道路破损"))],
    )


def pattern_context() -> dict[str, object]:
    """Return everything the pattern page shows."""
    return {
        "now": AT,
        "blank": PatternForm(auto_id="blank_%s"),
        "faulty": PatternForm({"phone": "138", "matter": "sea"}, auto_id="faulty_%s"),
        "filter_form": PatternFilter(auto_id="filter_%s"),
        "pages": [Page(items=(), number=n, size=50, total=1234) for n in (1, 7)],
        "no_page": Page(items=(), number=1, size=50, total=0),
        "levels": (1, 2, 3, 4),
        **_moments(),
        **_case(),
        **_lists(),
        **_figures(),
        "suggestions": _suggestions(),
        "consequences": [
            _("承办单位的三个工单同时终止，已写的答复保留在办理经过中。"),
            _("诉求人会收到撤销理由，并可以重新反映。"),
            _("撤销后不能恢复。"),
        ],
    }


def _moments() -> dict[str, object]:
    return {
        "in_two_days": AT + timedelta(days=2, hours=3),
        "in_five_hours": AT + timedelta(hours=5),
        "three_hours_ago": AT - timedelta(hours=3, minutes=10),
        "last_week": AT - timedelta(days=7),
    }


def _case() -> dict[str, object]:
    return {
        "facts": [
            parts.Fact(_("来电人"), "张*三", "#facts"),
            parts.Fact(_("电话"), "138****1402", "#facts", _("查看完整号码")),
            parts.Fact(_("事项"), _("道路破损"), "#facts"),
            parts.Fact(_("发生日期"), ""),
            parts.Fact(_("描述"), _("柳荫路 18 号门前路面塌陷约半米，晚上没有灯，有老人绊倒。")),
        ],
        "happenings": [
            parts.Happening(
                _("诉求人反馈未解决"),
                AT - timedelta(minutes=25),
                _("居民"),
                _("补了一半，旁边又裂开了。"),
                "problem",
            ),
            parts.Happening(
                _("答复诉求人"),
                AT - timedelta(hours=20),
                _("城市建设办公室"),
                _("已用冷补料填平，设置围挡三日。"),
            ),
            parts.Happening(_("转办工单"), AT - timedelta(days=2), _("受理派单员")),
            parts.Happening(_("受理诉求"), AT - timedelta(days=2, minutes=6), _("受理派单员")),
        ],
    }


def _lists() -> dict[str, object]:
    return {
        "columns": [
            parts.Column(_("工单")),
            parts.Column(_("事项")),
            parts.Column(_("承办单位")),
            parts.Column(_("办理时长（小时）"), is_number=True),
        ],
        "rows": [
            parts.Row(("20261124-000123-7", _("道路破损"), _("城市建设办公室"), "20.5"), "#table"),
            parts.Row(("20261124-000124-5", _("夜间噪声"), _("综合执法队"), "6.0"), "#table"),
            parts.Row(("20261123-000098-1", _("道路破损"), _("城市建设办公室"), "--"), "#table"),
        ],
        "filter_tags": [
            parts.FilterTag(_("状态：办理中"), "?matter=road"),
            parts.FilterTag(_("事项：道路破损"), "?state=open"),
        ],
    }


def _figures() -> dict[str, object]:
    return {
        "big": 128_400,
        "bar_rows": [
            parts.BarRow(_("第一社区"), "128", 100, _("每千人 9.1 件"), "#bars"),
            parts.BarRow(_("第二社区"), "96", 75, _("每千人 8.4 件"), "#bars"),
            parts.BarRow(_("第三社区"), "17", 13.3, _("每千人 3.0 件"), "#bars", "problem"),
        ],
        "legend": [
            parts.MapClass(1, "1～9"),
            parts.MapClass(2, "10～19"),
            parts.MapClass(3, "20～39"),
            parts.MapClass(4, "40～79"),
            parts.MapClass(5, "80～160"),
            parts.MapClass(0, _("没有数据")),
        ],
    }


def pattern_areas() -> dict[str, object]:
    """Return six square areas as GeoJSON, in the shape that the map component takes."""
    return {"type": "FeatureCollection", "features": [_square(number) for number in range(6)]}


def _square(number: int) -> dict[str, object]:
    west, south = 0.01 * (number % 3), 0.01 * (number // 3)
    east, north = west + 0.01, south + 0.01
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {
            "code": str(number),
            "name": _("第 %(number)d 社区") % {"number": number + 1},
            "value": _("%(count)d 件") % {"count": number * 13},
            "class": number,
            "url": "",
        },
    }


def _suggestions() -> list[parts.Suggestion]:
    reasons = (_("出现“塌陷”“路面”"), _("与三件道路破损工单的描述相近"))
    return [
        parts.Suggestion(_("道路破损"), "road", 0.87, reasons, "a"),
        parts.Suggestion(_("井盖缺失"), "cover", 0.06, (), "b"),
        parts.Suggestion(_("路灯不亮"), "light", 0.04, (), "c"),
    ]
