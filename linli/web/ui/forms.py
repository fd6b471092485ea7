"""The form that every face builds on: checked on the server, with words that say what to do."""

from typing import cast

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.kernel.errors import LinliError


class LinliForm(forms.Form):
    """A form without browser checks, whose errors name the field and say what to do.

    Render it with ``ui/components/error_summary.html`` and ``fields.html`` (or ``field.html`` per
    field) inside ``<form novalidate>``.
    """

    use_required_attribute = False
    default_renderer = DjangoTemplates()
    label_suffix = ""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on
        for name, field in self.fields.items():
            _word_errors(field, str(field.label or name))
            _set_control(field)

    def refuse(self, error: LinliError, field: str | None) -> None:
        """Show why the domain refused: beside a field of the form, else above all of them."""
        named = field if field in self.fields else None
        self.add_error(named, error.message(get_language() or ""))

    def ask(self, name: str, field: forms.Field) -> None:
        """Add a field, worded by its label as those of the class are."""
        _word_errors(field, str(field.label or name))
        _set_control(field)
        self.fields[name] = field


def day_input() -> forms.DateInput:
    """Return a date control that the browser helps with and that still takes typed text."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def moment_input() -> forms.DateTimeInput:
    """Return a control for a local moment to the minute."""
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def figures_input() -> forms.TextInput:
    """Return a text control with the number pad, for codes and phone numbers."""
    return forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})


def _word_errors(field: forms.Field, label: str) -> None:
    """Replace Django's own sentences, unless the form's author wrote one."""
    # Some of these sentences are formatted once more with the limit; a bare % would break that.
    named = {"label": label.replace("%", "％")}
    ours = {
        "required": _required_words(field, label),
        "invalid": _("“%(label)s”的格式不对，照提示的样子填写") % named,
        "invalid_choice": _("“%(label)s”里没有这一项，从列出的选项中选择") % named,
        "invalid_list": _("“%(label)s”的格式不对，从列出的选项中选择") % named,
        "max_value": _("“%(label)s”不能大于 %%(limit_value)s") % named,
        "min_value": _("“%(label)s”不能小于 %%(limit_value)s") % named,
        "null_characters_not_allowed": _("“%(label)s”里有看不见的控制字符，删去后再提交") % named,
        "empty": _("“%(label)s”是空文件，换一个有内容的文件") % named,
    }
    if isinstance(field, forms.CharField):
        ours["max_length"] = _(
            "“%(label)s”最多 %%(limit_value)d 个字，现在有 %%(show_value)d 个，删减后再提交"
        )
        ours["min_length"] = _(
            "“%(label)s”至少 %%(limit_value)d 个字，现在有 %%(show_value)d 个，补充后再提交"
        )
        ours["max_length"] %= named
        ours["min_length"] %= named
    stock = _stock_messages(type(field))
    for code, words in ours.items():
        if field.error_messages.get(code) == stock.get(code):
            field.error_messages[code] = words


def _required_words(field: forms.Field, label: str) -> str:
    if isinstance(field, forms.FileField):
        return _("“%(label)s”还没有选择文件，选择后才能继续") % {"label": label}
    if isinstance(field, forms.BooleanField):
        return _("“%(label)s”还没有勾选，勾选后才能继续") % {"label": label}
    if isinstance(field, forms.ChoiceField):
        return _("“%(label)s”还没有选择，选择一项后才能继续") % {"label": label}
    return _("“%(label)s”还没有填写，填写后才能继续") % {"label": label}


def _stock_messages(kind: type[forms.Field]) -> dict[str, object]:
    stock: dict[str, object] = {}
    for base in reversed(kind.__mro__):
        stock.update(cast("dict[str, object]", getattr(base, "default_error_messages", {})))
    return stock


def _set_control(field: forms.Field) -> None:
    """Long text grows with its content; the browser does not guess at case texts."""
    widget = field.widget
    if isinstance(widget, forms.Textarea):
        widget.attrs.setdefault("rows", "4")
