"""What is wrong with the shape of a request, told in either language.

The library that finds it speaks English only, and to programmers.
"""

from collections.abc import Mapping

# kind of fault → sentence in Chinese and English; the names in braces are the fault's own facts
SENTENCES: Mapping[str, tuple[str, str]] = {
    "missing": ("缺少这一项，请补上。", "This is missing; give it."),
    "extra_forbidden": (
        "接口没有这一项，请核对拼写或删去。",
        "There is no such field; check its spelling or leave it out.",
    ),
    "string_type": ("这里要写文字（加引号）。", "Text belongs here, in quotes."),
    "int_parsing": ("这里要写整数。", "A whole number belongs here."),
    "int_type": ("这里要写整数。", "A whole number belongs here."),
    "int_from_float": ("这里要写整数。", "A whole number belongs here."),
    "int_parsing_size": ("这个整数太大。", "This whole number is too large."),
    "float_parsing": ("这里要写数字。", "A number belongs here."),
    "float_type": ("这里要写数字。", "A number belongs here."),
    "finite_number": ("这里要写有限的数字。", "A finite number belongs here."),
    "bool_parsing": ("这里要写 true 或 false。", "Either true or false belongs here."),
    "bool_type": ("这里要写 true 或 false。", "Either true or false belongs here."),
    "dict_type": ("这里要写对象（花括号）。", "An object belongs here, in braces."),
    "model_attributes_type": ("这里要写对象（花括号）。", "An object belongs here, in braces."),
    "model_type": ("这里要写对象（花括号）。", "An object belongs here, in braces."),
    "list_type": ("这里要写列表（方括号）。", "A list belongs here, in brackets."),
    "literal_error": ("只能是 {expected} 之一。", "This must be {expected}."),
    "string_pattern_mismatch": (
        "写法不对，应符合 {pattern}。",
        "This is not written as it should be; the pattern is {pattern}.",
    ),
    "greater_than_equal": ("不能小于 {ge}。", "This must be {ge} or more."),
    "less_than_equal": ("不能大于 {le}。", "This must be {le} or less."),
    "timezone_aware": (
        "时间要带时区，如 2026-11-24T08:30:00+08:00。",
        "The time needs its offset, as in 2026-11-24T08:30:00+08:00.",
    ),
    "string_unicode": ("文字里有不成对的字符，无法保存。", "The text has half a character in it."),
}
DATE = (
    "时间写成 2026-11-24T08:30:00+08:00 的样子。",
    "Write the time like 2026-11-24T08:30:00+08:00.",
)
OTHER = (
    "这一项不符合接口约定，请对照 /api/v1/openapi.json 更正。",
    "This is not as the description says; compare it with /api/v1/openapi.json.",
)


def sentences(fault: Mapping[str, object]) -> tuple[str, str]:
    """Return what one fault of the library says, in Chinese and English."""
    kind, facts = str(fault.get("type", "")), fault.get("ctx")
    zh, en = SENTENCES.get(kind, DATE if kind.startswith("datetime") else OTHER)
    known = {name: str(value) for name, value in facts.items()} if isinstance(facts, dict) else {}
    return zh.format_map(_Facts(known)), en.format_map(_Facts(known))


class _Facts(dict[str, str]):
    """Facts of a fault; one that the library no longer gives is shown as missing."""

    def __missing__(self, name: str) -> str:
        return "…"
