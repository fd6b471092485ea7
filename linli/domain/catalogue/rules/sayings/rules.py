"""Faults in what a standard decides by itself: rule rows, timers, moments, parts."""

RULE_SAYINGS: dict[str, tuple[str, str]] = {
    "needs_unasked": (
        "环节“{key}”的出路要求填写“{code}”，但这个环节的 form 里没有它，永远填不了。请加入 form。",
        "A way out of the stage “{key}” needs the field “{code}”, which the stage's form does not"
        " ask. Add it to the form.",
    ),
    "rule_shadowed": (
        "规则表第 {row} 行永远用不到：第 {before} 行已经包括了它的所有情形。请调整顺序或删除。",
        "Row {row} of the rule table is never reached: row {before} takes all its cases."
        " Change the order or remove it.",
    ),
    "rule_overlaps": (
        "规则表写明每件工单只应符合一行（hits: unique），但第 {row} 行与第 {before} 行可能同时"
        "符合。请收窄条件，或改用 hits: first。",
        "The rule table says that one row at most holds (hits: unique), but rows {before} and"
        " {row} may hold together. Narrow them, or use hits: first.",
    ),
    "rule_unknown_fact": (
        "规则引用的“{code}”既不是表单字段，也不是工单本身的事实。请核对，可用：{choices}。",
        "The rule asks for “{code}”, which is no field and no fact of a case. Use one of:"
        " {choices}.",
    ),
    "rule_match_shape": (
        "“{code}”的条件须写 any_of，或写 at_least、below（下限小于上限），二者选一。请改正。",
        "The condition on “{code}” is neither a list of answers nor a range. Say any_of, or"
        " at_least and below with the first the smaller.",
    ),
    "rule_never": (
        "“{code}”永远不会是“{answer}”，这一行不会生效。请改用该字段已有的选项。",
        "“{code}” can never be “{answer}”, so the row never holds. Use one of the field's own"
        " choices.",
    ),
    "rule_no_number": (
        "“{code}”不是数字字段，不能比较大小。请改用 any_of，或把字段类型改为 number。",
        "“{code}” is no number and cannot be compared. Use any_of, or make it a number field.",
    ),
    "timer_moment": (
        "环节“{key}”的定时器须在 share、before、after 中只写一项，否则不知何时触发。请改正。",
        "Nobody knows when a timer of the stage “{key}” rings. Say exactly one of share, before and"
        " after.",
    ),
    "extend_measure": (
        "环节“{key}”的延期须在 factor（原时限的倍数）和 most（最长多少）中只写一项。请改正。",
        "The extension of the stage “{key}” does not say by how much. Say either factor (of the"
        " original limit) or most (how much at most).",
    ),
    "marked_on_nothing": (
        "出路“{way}”的 marked_on 指向“{code}”：它须是 marks 的时刻所在的日期字段，且必填。"
        "请写上 marks，并把该字段列入 needs。",
        "The way “{way}” takes its moment from “{code}”, which must be a date that it asks for,"
        " with a moment in `marks`. Name the moment, and put the field under `needs`.",
    ),
    "final_goes_on": (
        "出路“{way}”写明终结（final），但并不都通向 closed。请改为 to: closed，并去掉规则表。",
        "The way “{way}” is final but does not always end the case. Let it lead to closed, without"
        " a rule table.",
    ),
    "reckons_nothing": (
        "自动计算的“{code}”须是 {needed} 字段，且不在任何环节的 form 里，免得有人手填。请改正。",
        "What is reckoned as “{code}” must be a field of the kind {needed} that no form asks, else"
        " somebody could write it by hand. Correct the field.",
    ),
    "parts_then": (
        "子工单办结后应走的“{code}”不是本环节的出路。请核对，可用：{choices}。",
        "The way “{code}” that follows when the parts are closed is no way out of this stage."
        " Use one of: {choices}.",
    ),
    "parts_form": (
        "环节“{key}”在子工单办结后自动前行，但表单要求必填“{code}”，没有人来填。"
        "请改为选填，或不写 then。",
        "The stage “{key}” goes on by itself when its parts are closed, but its form wants"
        " “{code}” and nobody is there to fill it. Make it optional, or drop `then`.",
    ),
    "own_without_opener": (
        "环节“{key}”由立案单位办理（each: own），但标准没有写由谁立案。请写 opened_by。",
        "The stage “{key}” is for the unit that opened the case (each: own), but the standard"
        " does not say who opens it. Write opened_by.",
    ),
    "moment_unmarked": (
        "环节“{key}”的时限从“{start}”起算，但没有任何出路记下这一时刻，时限无从起算。"
        "请给相应出路写 marks: {start}。",
        "The limit of the stage “{key}” counts from “{start}”, which no way out marks. Write"
        " `marks: {start}` on the way that brings it about.",
    ),
    "document_stage": (
        "文书写明用于环节“{key}”，但标准里没有这个环节。请核对，可用：{choices}。",
        "A document is for the stage “{key}”, which the standard does not have. Use one of:"
        " {choices}.",
    ),
}
