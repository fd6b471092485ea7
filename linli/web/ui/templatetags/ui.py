"""Template tags and filters that every face uses: `{% load ui %}`."""

import json
from collections.abc import Sequence
from datetime import date, datetime

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.forms.boundfield import BoundField
from django.http import HttpRequest, QueryDict
from django.template import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.kernel.clock import utc_now
from linli.kernel.moments import end_text
from linli.web.ui import levels, listing, navigation, wording
from linli.web.ui.actors import actor_of
from linli.web.ui.parts import Column

register = template.Library()


@register.filter
def html_lang(code: str) -> str:
    """Turn a Django language code into the tag that HTML wants: zh-hans → zh-CN."""
    return "zh-CN" if code.startswith("zh") else code


@register.filter
def as_json(value: object) -> str:
    """Write a value as JSON, for an attribute that a behaviour reads."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.simple_tag
def password_hint() -> str:
    """Say what a password must be like, with the length that this installation asks for."""
    words = _("至少 %(count)s 个字符，不用常见密码，不含自己的姓名和用户名")
    return words % {"count": settings.LINLI_PASSWORD_LENGTH}


@register.filter
def device(user_agent: str) -> str:
    """Name browser and system of a user agent, as far as it can be told."""
    return wording.device_words(user_agent)


@register.filter
def mask_name(name: str | None) -> str:
    """Show a person's name with its middle hidden: 张*三."""
    return wording.masked_name(name or "")


@register.filter
def mask_phone(phone: str | None) -> str:
    """Show a phone number with its middle hidden: 138****1402."""
    return wording.masked_phone(phone or "")


@register.filter
def number(value: wording.Number | None, places: int = 0) -> str:
    """Write a figure with thousands by comma; missing is `--`."""
    return wording.number_text(value, places=places)


@register.filter
def headline(value: wording.Number | None) -> str:
    """Write a headline figure, by 万 and 亿 in Chinese, with the full value at hand."""
    words = wording.headline_text(value, lang=get_language() or "zh-hans")
    full = wording.number_text(value)
    if words == full:
        return words
    return format_html('<data value="{}" title="{}">{}</data>', value, full, words)


@register.filter
def percent(share: wording.Number | None, places: int = 1) -> str:
    """Write a share of one as a percentage; missing is `--`."""
    return wording.percent_text(share, places=places)


@register.filter
def local_time(at: datetime | None) -> str:
    """Write a moment to the minute in the local zone inside `<time>`; missing is `--`."""
    return _time(at, "") if at is not None else wording.MISSING


@register.filter
def end_time(at: datetime | None) -> str:
    """Write a moment by which something must be done: a day's end as 24:00 of that day."""
    return _time(at, "", minute=end_text(timezone.localtime(at))) if at else wording.MISSING


@register.filter
def local_date(day: date | datetime | None) -> str:
    """Write a day as 2026-11-24 inside `<time>`; missing is `--`."""
    if day is None:
        return wording.MISSING
    local = day.astimezone(timezone.get_current_timezone()) if isinstance(day, datetime) else day
    return format_html('<time datetime="{0}">{0}</time>', local.strftime("%Y-%m-%d"))


@register.filter
def prose_date(day: date | datetime | None) -> str:
    """Write a day for running text: 2026年11月24日; missing is `--`."""
    if day is None:
        return wording.MISSING
    local = day.astimezone(timezone.get_current_timezone()) if isinstance(day, datetime) else day
    words = wording.prose_date(local, lang=get_language() or "zh-hans")
    return format_html('<time datetime="{}">{}</time>', local.strftime("%Y-%m-%d"), words)


@register.simple_tag
def when(at: datetime | None, now: datetime | None = None) -> str:
    """Write a moment relative to `now` under a day, else to the minute; both in `<time>`."""
    if at is None:
        return wording.MISSING
    return _time(at, wording.since_text(at, now=now or utc_now()) or "")


@register.inclusion_tag("ui/components/due.html")
def due(
    due_at: datetime | None,
    now: datetime | None = None,
    done_at: datetime | None = None,
    held_at: datetime | None = None,
    is_provisional: bool = False,
) -> dict[str, object]:
    """Show a due moment: date in bold, the word under it, a bar at the left."""
    words = wording.due_words(due_at, now=now or utc_now(), done_at=done_at, held_at=held_at)
    return {"due_at": due_at, "due": words, "is_provisional": is_provisional}


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """Return this page's query string with parameters set; None or "" takes one away.

    Changing anything but `page` goes back to the first page.
    """
    values = _parameters(context)
    if "page" not in changes:
        values.pop("page", None)
    for name, value in changes.items():
        values.pop(name, None)
        if value not in (None, ""):
            values[name] = str(value)
    return "?" + values.urlencode()


@register.simple_tag(takes_context=True)
def query_without(context: Context, name: str, value: object) -> str:
    """Return this page's query string without one value of a parameter."""
    values = _parameters(context)
    values.pop("page", None)
    kept = [entry for entry in values.getlist(name) if entry != str(value)]
    values.setlist(name, kept)
    return "?" + values.urlencode()


@register.simple_tag
def vendored(path: str) -> str:
    """Return the address of a file of another project, or "" where set-up did not fetch it."""
    try:
        return static(f"vendor/{path}")
    except ValueError:
        return ""


@register.simple_tag
def icon(name: str, label: str = "", **attributes: str) -> SafeString:
    """Draw an icon of the sprite. It is hidden from screen readers unless it has a label."""
    classes = ("icon " + attributes.get("class", "")).strip()
    href = f"{static('ui/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}" focusable="false">'
            '<use href="{}"></use></svg>',
            classes,
            label,
            href,
        )
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"></use></svg>',
        classes,
        href,
    )


@register.simple_tag(takes_context=True)
def nav_items(context: Context, place: str) -> list[navigation.NavItem]:
    """Return the entries of the main navigation that this person may open."""
    request = context.get("request")
    if not isinstance(request, HttpRequest):
        return []
    return navigation.items_for(place, actor=actor_of(request), path=request.path)


register.filter("range_words", listing.range_words)
register.filter("page_steps", listing.page_steps)
register.filter("likelihood", levels.likelihood_words)
register.simple_tag(levels.warning_words)


@register.simple_tag
def steps_words(at_step: int, total: int) -> str:
    """Say where one is in a run of pages: 第 2 步，共 5 步."""
    return _("第 %(step)d 步，共 %(total)d 步") % {"step": at_step, "total": total}


@register.filter
def paired(cells: Sequence[object], columns: Sequence[Column]) -> list[tuple[Column, object]]:
    """Join the cells of a row with their columns; a row of another length raises ValueError."""
    return list(zip(columns, cells, strict=True))


@register.filter
def control(field: BoundField) -> SafeString:
    """Render the control of a field without a placeholder: the label and the hint say it all."""
    return field.as_widget(attrs={"placeholder": False})


@register.filter
def error_target(field: BoundField) -> str:
    """Return the id of the control that a line of the error summary leads to."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label


def _parameters(context: Context) -> QueryDict:
    request = context.get("request")
    return request.GET.copy() if isinstance(request, HttpRequest) else QueryDict(mutable=True)


def _time(at: datetime, words: str, *, minute: str = "") -> SafeString:
    minute = minute or wording.minute_text(at, zone=timezone.get_current_timezone())
    stamp = at.astimezone(timezone.get_current_timezone()).isoformat(timespec="minutes")
    if not words:
        return format_html('<time datetime="{}">{}</time>', stamp, minute)
    return format_html('<time datetime="{}" title="{}">{}</time>', stamp, minute, words)
