"""Lengths of time to keep, and days, in words."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.web.ui.wording import prose_date


def length_words(value: int, unit: str) -> str:
    """Say how long something is kept; unit is year or natural_day."""
    if unit == "year":
        return _("%(count)d 年") % {"count": value}
    return _("%(count)d 天") % {"count": value}


def day_words(moment: datetime) -> str:
    """Say the local day of a moment."""
    return prose_date(timezone.localdate(moment), lang=get_language() or "zh-hans")
