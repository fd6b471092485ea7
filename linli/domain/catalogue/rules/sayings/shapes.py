"""Faults of an entry by itself: keys, types, ranges, words."""

SHAPE_SAYINGS: dict[str, tuple[str, str]] = {
    "missing": (
        "缺少“{key}”（在 {where}）。每一项都须写全才能发布。请补上这一键。",
        "“{key}” is missing (in {where}). An entry must be complete to be published. Add the key.",
    ),
    "unknown_key": (
        "不认识的键“{key}”（在 {where}），写了也不会生效。请核对拼写或删除。",
        "“{key}” is not a known key (in {where}) and would have no effect. Check the spelling or"
        " remove it.",
    ),
    "not_a_list": (
        "这个文件应是一个列表，每项以“- ”开头。请改成列表。",
        'This file must be a list whose entries begin with "- ". Make it a list.',
    ),
    "wrong_type": (
        "{where} 应为{expected_zh}，现在是“{given}”，无法使用。请改写。",
        "{where} must be {expected_en}; “{given}” cannot be used. Rewrite it.",
    ),
    "not_allowed": (
        "{where} 的值“{given}”不在可选之列。请选用：{choices}。",
        "{where} is “{given}”, which is not among the choices. Use one of: {choices}.",
    ),
    "bad_pattern": (
        "{where} 的值“{given}”写法不合约定（{pattern}），别处无法引用。请改写。",
        "{where} is “{given}”, which does not follow the form {pattern}, so nothing can refer"
        " to it. Rewrite it.",
    ),
    "out_of_range": (
        "{where} 的值“{given}”超出范围（{bound}）。请核对数值和单位。",
        "{where} is “{given}”, which is out of range ({bound}). Check number and unit.",
    ),
    "too_short": (
        "{where} 是空的，至少要有一项或一字。请填写。",
        "{where} is empty; it needs at least one entry or letter. Fill it.",
    ),
    "too_long": (
        "{where} 太长（上限 {bound}），界面放不下。请缩短。",
        "{where} is too long (at most {bound}) to be shown. Shorten it.",
    ),
    "not_acceptable": (
        "{where} 的值“{given}”不能接受（{detail}）。请改写。",
        "{where} is “{given}”, which cannot be accepted ({detail}). Rewrite it.",
    ),
    "validity_reversed": (
        "valid_to（{end}）早于 valid_from（{start}），这一项从未生效。请核对日期。",
        "valid_to ({end}) is before valid_from ({start}), so this never holds. Check the dates.",
    ),
    "person_word": (
        "“{word}”给人打分、排序或贴标签（{where}）。平台只评地方、话题和事项，从不评人。请删除这一项。",
        "“{word}” scores, ranks or labels a person (in {where}). Places, topics and matters have"
        " risk; persons have none. Remove it.",
    ),
    "person_grain": (
        "这一项说的是“{about}”，又含“{word}”（{where}）：合起来就是给人打分、排序或贴标签。"
        "平台只评地方、话题和事项，从不评人。请删除这一项。",
        "This entry is about “{about}” and says “{word}” (in {where}): together they score, rank"
        " or label a person. Places, topics and matters have risk; persons have none. Remove it.",
    ),
}
