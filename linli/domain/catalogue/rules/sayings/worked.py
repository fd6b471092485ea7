"""Faults of worked examples."""

WORKED_SAYINGS: dict[str, tuple[str, str]] = {
    "worked_no_day": (
        "“{moment}”不是日历上有的日子，无法推算。请改成实际的日期。",
        "“{moment}” is no day of the calendar, so nothing can be reckoned from it. Use a real"
        " date.",
    ),
    "worked_order": (
        "算例“{worked}”的 {moment} 早于上一步的 {before}，事情不会倒着发生。请按先后排列。",
        "In the worked example “{worked}”, {moment} comes before {before} of the step above it."
        " Put the steps in order.",
    ),
    "worked_missing": (
        "算例的这一步（{do}）缺少“{key}”，无法照做。请补上。",
        "This step of the worked example ({do}) does not say “{key}”, so it cannot be done. Add"
        " it.",
    ),
    "worked_no_way": (
        "标准中没有“{code}”这条出路。请改用：{choices}。",
        "The standard has no way “{code}”. Use one of: {choices}.",
    ),
    "worked_no_stage": (
        "标准中没有“{code}”这个环节。请改用：{choices}。",
        "The standard has no stage “{code}”. Use one of: {choices}.",
    ),
}
