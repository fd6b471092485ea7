"""The field for a telephone number, however people write one."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# At most fifteen digits (ITU-T E.164), at least the five of a service number; then an extension.
NUMBER = re.compile(r"\+?\d{5,15}(?:(?:转|分机|ext\.?|x|#)\d{1,6})?", re.IGNORECASE)
BETWEEN = re.compile(r"[\s()\-‐-―]")


class PhoneField(forms.CharField):
    """A telephone number; kept as it was written, with full-width figures made plain."""

    def __init__(self, **how: object) -> None:
        control = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
        super().__init__(**{"max_length": 32, "widget": control} | how)  # type: ignore[arg-type]  # passed on

    def to_python(self, value: object) -> str:
        """Return the text plain."""
        return unicodedata.normalize("NFKC", super().to_python(value) or "").strip()

    def validate(self, value: str) -> None:
        """Refuse what nobody could dial."""
        super().validate(value)
        if value and not NUMBER.fullmatch(BETWEEN.sub("", value)):
            raise ValidationError(
                _("“联系电话”要写成号码，例如 13800000000 或 010-65550000 转 12，改好后再提交")
            )
