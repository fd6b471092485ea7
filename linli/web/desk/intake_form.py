"""The form of a clerk on the phone, in the order in which a call goes."""

from collections.abc import Mapping

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.domain.access.selectors import Actor
from linli.domain.needs.selectors import NewMessage, longest_message
from linli.kernel.clock import utc_now
from linli.kernel.ids import public_id
from linli.web.desk.choices import (
    Offered,
    area_choices,
    channel_choices,
    matter_choices,
    offer,
    petition_choices,
    urgency_choices,
    words_in,
)
from linli.web.ui.forms import LinliForm
from linli.web.ui.phones import PhoneField

CHOSEN = ("matter", "area", "urgency", "petition_type")
FIELD_OF_FAULT = {"reporter_name": "name", "reporter_phone": "phone"}


class IntakeForm(LinliForm):
    """What is said, where, by whom; then what it is about. Lengths are checked by the service."""

    body = forms.CharField(
        label=_("诉求内容"),
        widget=forms.Textarea(attrs={"autofocus": True, "rows": "6"}),
        help_text=_("什么时候、什么地方、出了什么事、希望怎样解决"),
    )
    address = forms.CharField(label=_("地址"), required=False)
    name = forms.CharField(label=_("姓名"), required=False)
    phone = PhoneField(label=_("联系电话"), required=False)
    title = forms.CharField(label=_("标题"), required=False, help_text=_("不填则取内容的第一句"))
    channel = forms.ChoiceField(label=_("来源渠道"))
    petition_type = forms.ChoiceField(label=_("诉求类型"), required=False)
    matter = forms.ChoiceField(label=_("事项"), required=False)
    area = forms.ChoiceField(label=_("区域"), required=False)
    urgency = forms.ChoiceField(label=_("紧急程度"), required=False)
    key = forms.CharField(widget=forms.HiddenInput, initial=public_id, max_length=64)

    def __init__(self, *args: object, actor: Actor, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        now = utc_now()
        blank = ("", gettext("由系统识读"))
        self.offers: dict[str, Offered] = {
            "channel": channel_choices(),
            "petition_type": [blank, *petition_choices(now)],
            "matter": [blank, *matter_choices(now)],
            "area": [blank, *area_choices(actor, "message.create")],
            "urgency": [blank, *urgency_choices()],
        }
        for name, choices in self.offers.items():
            offer(self, name, choices)
        self.fields["body"].validators.append(MaxLengthValidator(longest_message(now)))

    def words_of(self, name: str) -> dict[str, str]:
        """Return the codes that may be chosen in a field, with their words."""
        return words_in(self.offers[name])


def message_of(said: Mapping[str, str]) -> NewMessage:
    """Return the message that the form's values make."""
    return NewMessage(
        channel=said.get("channel") or "",
        body=said.get("body") or "",
        title=said.get("title") or "",
        address=said.get("address") or "",
        area=said.get("area") or "",
        reporter_name=said.get("name") or "",
        reporter_phone=said.get("phone") or "",
        matter=said.get("matter") or "",
        petition_type=said.get("petition_type") or "",
        urgency=said.get("urgency") or "",
    )
