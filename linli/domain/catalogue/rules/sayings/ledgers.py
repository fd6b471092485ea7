"""Faults of a ledger: fields, states and moves that do not fit together."""

LEDGER_SAYINGS: dict[str, tuple[str, str]] = {
    "ledger_unknown": (
        "没有台账“{code}”，无法关联。请核对编号，或把那个台账放进本包或旁边的包。",
        "There is no ledger “{code}” to link to. Check the code, or put that ledger into this"
        " pack or one beside it.",
    ),
    "ledger_field": (
        "{key} 写的“{code}”不是台账里可用于此处、由人填写的字段。请核对，可用：{choices}。",
        "{key} names “{code}”, which is no field that people fill in and that fits here. Use one"
        " of: {choices}.",
    ),
    "ledger_title_optional": (
        "title_field 指的字段不是必填，记录可能没有标题。请写 required: true。",
        "The field that title_field names is not required, so a record could lack a title. Say"
        " `required: true`.",
    ),
    "ledger_key_not_unique": (
        "key_field 指的字段“{code}”须既必填又唯一，否则导入时找不准是哪一条。"
        "请写 required: true 和 unique: true。",
        "The key field “{code}” must be required and unique, or an import could not tell which"
        " record it means. Say `required: true` and `unique: true`.",
    ),
    "ledger_scope_optional": (
        "字段“{code}”决定记录归哪里、归谁管，不能空着。请写 required: true。",
        "The field “{code}” says where a record belongs and cannot be left empty. Say"
        " `required: true`.",
    ),
    "ledger_number_without_unit": (
        "数字字段“{code}”没有单位，读者不知所数为何。请写 unit 和 unit_en。",
        "The number field “{code}” has no unit, so readers cannot tell what is counted. Say"
        " `unit` and `unit_en`.",
    ),
    "ledger_bounds": (
        "字段“{code}”的 at_least 大于 at_most，什么数都填不进去。请核对。",
        "The field “{code}” has at_least above at_most, so no number fits. Check both.",
    ),
    "ledger_link_target": (
        "字段“{code}”：link 类型须写 links_to（台账编号或 case），其他类型不写。请改正。",
        "The field “{code}”: a link says `links_to` (a ledger or `case`), and no other kind does."
        " Mend it.",
    ),
    "ledger_cannot_filter": (
        "字段“{code}”的类型不能用作筛选。可筛选的类型：{choices}；推算的、涉及个人的字段不行。"
        "请去掉 filter。",
        "A list cannot be filtered by “{code}”. These kinds can: {choices}, unless derived"
        " or personal. Remove `filter`.",
    ),
    "ledger_cannot_tell": (
        "字段“{code}”的类型不能要求唯一。可以的类型：{choices}；推算字段不行。请去掉 unique。",
        "“{code}” cannot be unique. These kinds can: {choices}, unless derived. Remove `unique`.",
    ),
    "ledger_personal_public": (
        "字段“{code}”涉及个人，公开台账会把它给所有人看。请写 internal: true，或不公开此台账。",
        "The field “{code}” says something of a person, and a public ledger would show it to"
        " everybody. Say `internal: true`, or do not make the ledger public.",
    ),
    "ledger_derived_kind": (
        "推算字段“{code}”须是 number 且不必填，因为没有人填写它。请改正。",
        "The derived field “{code}” must be a number and not required, for nobody fills it in."
        " Mend it.",
    ),
    "ledger_derived_by": (
        "推算字段“{code}”：by 只用于 count_of_links，且不能同时写 of。请改正。",
        "The derived field “{code}”: `by` goes with count_of_links alone, and without `of`."
        " Mend it.",
    ),
    "ledger_derived_of": (
        "推算字段“{code}”：{how} 须由 {least} 至 {most} 个字段算出。请改 of。",
        "The derived field “{code}”: {how} is reckoned from {least} to {most} fields. Change `of`.",
    ),
    "ledger_state_missing": (
        "变更“{move}”写的状态“{state}”不存在。请核对，可用：{choices}。",
        "The move “{move}” names the state “{state}”, which the ledger does not have. Use one of:"
        " {choices}.",
    ),
    "ledger_decider_unasked": (
        "变更“{move}”写了 decided_by，却没有 second_person，没有人来审批。请补上或删除。",
        "The move “{move}” says decided_by and not second_person, so nobody is asked. Add it or"
        " remove decided_by.",
    ),
    "ledger_state_unreachable": (
        "从“{first}”走不到状态“{state}”，它永远不会出现。请加一条变更或删除它。",
        "The state “{state}” cannot be reached from “{first}” and would never occur. Add a move"
        " or remove it.",
    ),
    "ledger_first_state_ends": (
        "第一个状态写了 ends，记录一登记就停用了。请把在用的状态放在最前。",
        "The first state says `ends`, so a record would be closed at once. Put a state in use"
        " first.",
    ),
    "ledger_stands": (
        "台账“{code}”的 {version} 版已发布，内容不能再变。请提高台账的 version。",
        "Version {version} of the ledger “{code}” is published and stays as it is. Raise the"
        " ledger's version.",
    ),
}
