"""Faults of a standard that cannot be walked."""

STANDARD_SAYINGS: dict[str, tuple[str, str]] = {
    "stage_missing": (
        "“{way}”通向环节“{to}”，但标准里没有这个环节。请核对，可用：{choices}。",
        "“{way}” leads to the stage “{to}”, which the standard does not have. Use one of:"
        " {choices}.",
    ),
    "stage_named_closed": (
        "环节不能叫 closed，这个词专指办结。请另取名。",
        "A stage cannot be called closed: that word means the end. Choose another key.",
    ),
    "stage_dead_end": (
        "环节“{key}”没有出路，工单到此就停住了。请至少写一个 outcomes。",
        "The stage “{key}” has no way out, so a case would stop there. Give it an outcome.",
    ),
    "stage_trapped": (
        "从环节“{key}”怎么走都到不了办结（closed）。请给它或其后的环节一条通向 closed 的路。",
        "From the stage “{key}” no path leads to closed. Give it, or a stage after it, a way"
        " there.",
    ),
    "stage_unreachable": (
        "从第一个环节“{first}”走不到环节“{key}”，它永远不会被用到。请接上或删除。",
        "The stage “{key}” cannot be reached from the first stage “{first}” and would never be"
        " used. Connect or remove it.",
    ),
    "no_way_closed": (
        "标准里没有一条通向 closed 的路，工单永远办不结。请给最后的环节写 to: closed。",
        "No outcome of the standard leads to closed, so no case could end. Let the last stage"
        " lead `to: closed`.",
    ),
    "unknown_route": (
        "merge_route 写的“{code}”不在 routes 里。请核对，可用：{choices}。",
        "merge_route names “{code}”, which is not among the routes. Use one of: {choices}.",
    ),
    "first_stage_of_units": (
        "第一个环节“{key}”写了 each: units，但立案时还没有任何单位，工单会停在那里。"
        "请先设由岗位办理的环节。",
        "The first stage “{key}” says each: units, but no unit is named when a case opens, so it"
        " would stand still. Put a stage of a role before it.",
    ),
    "reopen_to_closed": (
        "reopen.to 写的是 closed：重新打开的工单会立即办结。请写一个环节。",
        "reopen.to says closed, so a reopened case would end at once. Name a stage.",
    ),
    "weight_out_of_range": (
        "比率“{rate}”给“{fact}”的权重不在 0 至 1 之间，比率会超过 100%。请改正。",
        "The rate “{rate}” gives “{fact}” a weight outside 0 to 1, so it could pass 100%."
        " Correct it.",
    ),
    "sample_too_small": (
        "比率“{rate}”的 minimum_sample 小于 1，没有样本也会显示。请写 1 或更大的数。",
        "The minimum_sample of the rate “{rate}” is below 1, so it would be shown without any"
        " case. Write 1 or more.",
    ),
    "weight_not_counted": (
        "比率“{rate}”给“{fact}”定了权重，但分子里没有它。请加入 numerator 或删去权重。",
        "The rate “{rate}” weighs “{fact}”, which is not in its numerator. Add it there or drop"
        " the weight.",
    ),
    "choice_without_choices": (
        "选择字段“{code}”没有选项，填表人无从选择。请写 choices。",
        "The choice field “{code}” offers no choices. List them under `choices`.",
    ),
}
