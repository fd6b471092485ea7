"""The resident's questions, one page each."""

from typing import ClassVar

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.domain.catalogue.selectors import secrecy_basis
from linli.domain.needs.selectors import longest_message
from linli.domain.places.selectors import AreaKind, areas_under
from linli.kernel.clock import utc_now
from linli.kernel.ids import public_id
from linli.kernel.secrecy import SecretMarked, secret_mark
from linli.web.ui.forms import LinliForm
from linli.web.ui.phones import PhoneField
from linli.web.ui.photos import PhotosField


class StepForm(LinliForm):
    """One of the questions; what bears a mark of state secrecy is not even shown again."""

    heading: ClassVar[str | Promise]
    bears_secret = False

    def clean(self) -> dict[str, object]:
        """Refuse marks of state secrecy here, before anything waits in a session."""
        said = super().clean() or self.cleaned_data
        for name in self.fields:
            mark = secret_mark(self.data.get(name, ""))
            if mark:
                error = SecretMarked(mark, secrecy_basis(), field=name)
                self.refuse(error, name)
                self.data = {**self.data, name: ""}
                self.bears_secret = True
        return said


class WhatForm(StepForm):
    """What happened, as long as the packs allow."""

    heading = _("说说出了什么事")
    body = forms.CharField(
        label=_("出了什么事"),
        widget=forms.Textarea,
        help_text=_("写明什么时候、什么地方、发生了什么，想要怎样解决"),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        most = MaxLengthValidator(longest_message(utc_now()))
        self.fields["body"].validators.append(most)


class WhereForm(StepForm):
    """Where it is."""

    heading = _("说说在什么地方")
    address = forms.CharField(
        label=_("在什么地方"), help_text=_("小区、路名、门牌或附近标志物"), max_length=300
    )
    area = forms.ChoiceField(label=_("所在社区"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["area"]
        rows = areas_under(kind=AreaKind.COMMUNITY).values_list("code", "name")
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("不清楚，由工作人员判断")), *rows]


class WhoForm(StepForm):
    """How to reach the resident; may be left empty."""

    heading = _("怎么联系您（可以不填）")
    name = forms.CharField(label=_("怎么称呼您"), required=False, max_length=64)
    phone = PhoneField(
        label=_("联系电话"),
        required=False,
        help_text=_("承办单位用它联系您核实情况、告知结果，不作他用；不填也能提交"),
    )


class SendForm(LinliForm):
    """Sends what was checked; the key makes a second click harmless."""

    key = forms.CharField(widget=forms.HiddenInput, initial=public_id, max_length=64)
    photos = PhotosField(
        label=_("照片"),
        required=False,
        help_text=_("JPEG、PNG 或 WebP，能说明情况的几张；照片里的位置和时间不会保留"),
    )


class TrackForm(LinliForm):
    """The receipt code."""

    code = forms.CharField(
        label=_("查询码"), help_text=_("提交成功时给您的 16 位字母和数字"), max_length=40
    )


class RateForm(LinliForm):
    """Solved and satisfied are two questions."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=40)
    key = forms.CharField(widget=forms.HiddenInput, initial=public_id, max_length=64)
    solved = forms.ChoiceField(
        label=_("问题解决了吗"),
        widget=forms.RadioSelect,
        choices=[
            ("solved", _("解决了")),
            ("partly", _("解决了一部分")),
            ("unsolved", _("没有解决，请继续办理")),
        ],
    )
    satisfied = forms.ChoiceField(
        label=_("对办理过程满意吗"),
        widget=forms.RadioSelect,
        choices=[
            ("satisfied", _("满意")),
            ("basic", _("基本满意")),
            ("dissatisfied", _("不满意")),
            ("no_comment", _("不评价")),
        ],
    )
    comment = forms.CharField(
        label=_("还想说什么"), required=False, widget=forms.Textarea, max_length=2000
    )


STEPS: dict[str, type[StepForm]] = {"what": WhatForm, "where": WhereForm, "who": WhoForm}


class OwnDataForm(LinliForm):
    """What somebody asks about the data kept with their report."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=40)
    key = forms.CharField(widget=forms.HiddenInput, initial=public_id, max_length=64)
    kind = forms.ChoiceField(
        label=_("您要提出什么请求"),
        widget=forms.RadioSelect,
        choices=[
            ("copy", _("查阅、复制我的信息")),
            ("correct", _("更正写错的内容、称呼或电话")),
            ("explain", _("说明为什么这样处理")),
            ("withdraw", _("撤回同意，删除我的称呼和电话")),
            ("delete", _("删除我的信息")),
        ],
    )
    words = forms.CharField(
        label=_("补充说明"),
        required=False,
        widget=forms.Textarea,
        help_text=_("更正内容的，写明正确的是什么；原来的内容会保留，并标明已更正"),
        max_length=2000,
    )
    name = forms.CharField(label=_("更正后的称呼（只在更正时填）"), required=False, max_length=64)
    phone = PhoneField(label=_("更正后的电话（只在更正时填）"), required=False)
