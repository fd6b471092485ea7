"""What is asked on the pages that look after accounts."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from linli.web.ui.forms import LinliForm, day_input

USERNAME = RegexValidator(r"^[a-z0-9][a-z0-9_.-]*\Z", _("用户名只用小写字母、数字和 . _ -"))


class SearchForm(LinliForm):
    """Whom to look for."""

    q = forms.CharField(label=_("姓名或用户名"), required=False, max_length=64)


class AccountForm(LinliForm):
    """A new account."""

    username = forms.CharField(
        label=_("用户名"),
        max_length=64,
        validators=[USERNAME],
        help_text=_("登录用，小写字母、数字和 . _ -，如 wang.lan"),
    )
    name = forms.CharField(label=_("姓名"), max_length=64)


class ReasonForm(LinliForm):
    """Why."""

    reason = forms.CharField(label=_("理由"), max_length=200)


class AnswerForm(LinliForm):
    """Why a proposal is refused."""

    answer = forms.CharField(label=_("驳回理由"), max_length=200)


class PostForm(LinliForm):
    """A post to give: by code, as the unit list has it."""

    unit = forms.CharField(label=_("单位代码"), max_length=40)
    post = forms.CharField(label=_("岗位代码"), max_length=40)
    area = forms.CharField(label=_("区域代码"), max_length=40, help_text=_("任职管辖的区域"))
    until = forms.DateField(label=_("任到哪天"), required=False, widget=day_input())
    reason = forms.CharField(label=_("理由"), max_length=200)


class EmptyForm(LinliForm):
    """Nothing but the decision itself."""
