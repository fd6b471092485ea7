"""Every sentence about a fault in a pack, in both languages: what is so, why, what to do."""

FILE_SAYINGS: dict[str, tuple[str, str]] = {
    "not_utf8": (
        "文件不是 UTF-8 编码，读不出文字。请用 UTF-8 另存。",
        "The file is not UTF-8, so its text cannot be read. Save it as UTF-8.",
    ),
    "yaml_syntax": (
        "YAML 写法有误（{detail}），此文件读不下去。请检查这一行的缩进、冒号和引号。",
        "The YAML breaks here ({detail}), so the file cannot be read on. Look at indentation,"
        " colons and quotes on this line.",
    ),
    "empty_file": (
        "文件是空的，没有可发布的内容。请写入内容或删除此文件。",
        "The file is empty, so there is nothing to publish. Fill it or delete it.",
    ),
    "too_large": (
        "文件有 {size} 字节，超过 {most} 字节的上限。请拆成几个文件。",
        "The file has {size} bytes, more than the {most} allowed. Split it into several files.",
    ),
    "too_deep": (
        "嵌套超过 {most} 层，标准包用不到这么深。请检查缩进。",
        "Nesting is deeper than {most} levels, which no pack needs. Check the indentation.",
    ),
    "second_document": (
        "这里开始了第二个 YAML 文档，其内容不会被读取。请一个文件只写一个文档。",
        "A second YAML document starts here and would not be read. Keep one document a file.",
    ),
    "anchor": (
        "用了 YAML 锚点或引用，读者看不出实际的值。请把值写全。",
        "A YAML anchor or alias is used, which hides the value from readers. Write it out.",
    ),
    "tag": (
        "用了 YAML 标签“{tag}”，标准包只收普通的值。请去掉标签。",
        "The YAML tag “{tag}” is used; packs hold plain values only. Remove the tag.",
    ),
    "key_not_text": (
        "这里的键不是一个词，无法识别。请用小写英文词作键。",
        "The key here is not a word, so it cannot be known. Use a lower-case word as the key.",
    ),
    "duplicate_key": (
        "“{key}”在同一处写了两次（前一次在第 {first} 行），不知以哪个为准。请只留一个。",
        "“{key}” stands twice in one place (first on line {first}), so it is unclear which"
        " holds. Keep one.",
    ),
    "ambiguous": (
        '“{text}”不加引号会被不同程序读成不同的值。若是文字，请写成 "{text}"；'
        "若是数，请写成普通的十进制。",
        "“{text}” without quotes is read differently by different programs. If it is text,"
        ' write "{text}"; if a number, write it plainly in decimals.',
    ),
    "bad_date": (
        "“{text}”不是日历上有的日期。请改成实际的日期，如 2026-01-31。",
        "“{text}” is not a date of the calendar. Write a real one, such as 2026-01-31.",
    ),
    "unknown_file": (
        "标准包里没有这种文件，它不会被读取。请改名或移走；"
        "可用的文件见 docs/how-to/write-a-pack.md。",
        "A pack has no such file, so nobody would read it. Rename or remove it; the files of a"
        " pack are listed in docs/how-to/write-a-pack.md.",
    ),
    "missing_file": (
        "缺少文件 {name}，没有它就不知道这个包是什么、依据什么。请补上。",
        "The file {name} is missing; without it nobody knows what this pack is or rests on."
        " Add it.",
    ),
}

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
}

REFERENCE_SAYINGS: dict[str, tuple[str, str]] = {
    "unknown_source": (
        "来源“{code}”不在本包的 sources.yaml 中，这一项没有依据。请登记来源或改正编号。",
        "The source “{code}” is not in this pack's sources.yaml, so nothing bears this out."
        " List the source or correct the id.",
    ),
    "ours_without_note": (
        "此值是我们自定的（source: ours），但没有说明理由。请在 note 中写明为什么取这个值。",
        "This value is our own choice (source: ours) and gives no reason. Say in `note` why it"
        " was chosen.",
    ),
    "unknown_matter": (
        "事项“{code}”不在本包及其所依赖的包中。请核对编号，或先把事项写入 matters.yaml。",
        "The matter “{code}” is in neither this pack nor those it requires. Check the code, or"
        " put the matter into matters.yaml first.",
    ),
    "unknown_standard": (
        "没有哪个包提供标准“{code}”，这个事项无法办理。请核对编号，或先发布含该标准的包。",
        "No pack supplies the standard “{code}”, so the matter could not be worked. Check the"
        " code, or publish the pack that holds it first.",
    ),
    "unknown_clock": (
        "标准“{standard}”没有时限档“{code}”，时限无法计算。请选用：{choices}。",
        "The standard “{standard}” has no clock class “{code}”, so no limit could be counted."
        " Use one of: {choices}.",
    ),
    "clock_without_standard": (
        "事项写了时限档“{code}”，却没有标准，时限档无从解释。请补上 standard。",
        "The matter names the clock class “{code}” and no standard that explains it. Add"
        " `standard`.",
    ),
    "unknown_pack": (
        "所依赖的包“{code}”既不在旁边的文件夹里，也没有发布。请先放入或发布它。",
        "The required pack “{code}” is neither beside this one nor published. Put it there or"
        " publish it first.",
    ),
    "unknown_field": (
        "表单字段“{code}”没有在 fields 中定义，页面不知如何显示。请定义它或改正编号。",
        "The form field “{code}” is not defined under `fields`, so no page could show it."
        " Define it or correct the code.",
    ),
    "taken": (
        "“{code}”已由标准包“{pack}”发布，两个包不能各说各的。请另取编号或改那个包。",
        "“{code}” is already published by the pack “{pack}”, and two packs cannot both define"
        " it. Choose another code or change that pack.",
    ),
    "duplicate_code": (
        "“{code}”出现两次（前一次在 {first}），引用时分不清。请改掉其中一个。",
        "“{code}” occurs twice (first at {first}), so a reference could mean either. Rename one.",
    ),
    "child_code": (
        "下级事项的编号“{code}”应以“{parent}.”开头，否则树和编号对不上。请改编号。",
        "The code “{code}” lies below “{parent}” and must begin with “{parent}.”, or tree and"
        " codes disagree. Change the code.",
    ),
}

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
        "环节“{key}”没有出路，案件到此就停住了。请至少写一个 outcomes。",
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
        "标准里没有一条通向 closed 的路，案件永远办不结。请给最后的环节写 to: closed。",
        "No outcome of the standard leads to closed, so no case could end. Let the last stage"
        " lead `to: closed`.",
    ),
    "extend_without_limit": (
        "环节“{key}”随案件时限走，没有自己的时限可延。请在案件时限上延期的环节保留 clock: case，"
        "或写出自己的 limit。",
        "The stage “{key}” has nothing to extend. Give it a limit.",
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

CALENDAR_SAYINGS: dict[str, tuple[str, str]] = {
    "file_year": (
        "文件名是 {file_year} 年，里面写的是 {year} 年，不知以哪个为准。请改成一致。",
        "The file is named for {file_year} and speaks of {year}, so it is unclear which holds."
        " Make them agree.",
    ),
    "day_outside_year": (
        "{day} 不在 {year} 年内，也不是上年年末的连休。请移到那一年的文件。",
        "{day} is neither in {year} nor in a holiday begun at the end of the year before. Move"
        " it to the file of its year.",
    ),
    "holiday_reversed": (
        "假期“{name}”的结束日 {end} 早于开始日 {start}。请核对。",
        "The holiday “{name}” ends on {end}, before it begins on {start}. Check the dates.",
    ),
    "holiday_too_long": (
        "假期“{name}”有 {days} 天，超过 {most} 天，多半是笔误。请核对起止日期。",
        "The holiday “{name}” has {days} days, more than {most}: likely a slip. Check its dates.",
    ),
    "day_twice": (
        "{day} 被写了两次（另一次在 {first}），既放假又上班算不清。请只留一处。",
        "{day} is named twice (also at {first}), so it cannot be counted. Keep one.",
    ),
    "workday_not_weekend": (
        "{day} 是周一至周五，本来就上班，不必列为调休。请核对通知。",
        "{day} falls on Monday to Friday and is worked anyway. Check it against the notice.",
    ),
    "hours_reversed": (
        "工作时段 {start}–{end} 的结束不晚于开始。请核对。",
        "The working period {start}–{end} does not end after it begins. Check it.",
    ),
    "hours_overlap": (
        "工作时段 {start}–{end} 与前一段重叠或次序颠倒，时间会算两遍。请按先后写且不重叠。",
        "The working period {start}–{end} overlaps the one before or is out of order, so time"
        " would count twice. Put them in order and apart.",
    ),
    "unknown_zone": (
        "时区“{zone}”不在 IANA 时区表中，本地时间无法换算。请用如 Asia/Shanghai 的名称。",
        "The time zone “{zone}” is not an IANA name, so local time cannot be known. Use a name"
        " such as Asia/Shanghai.",
    ),
}

SAYINGS: dict[str, tuple[str, str]] = {
    **FILE_SAYINGS,
    **SHAPE_SAYINGS,
    **REFERENCE_SAYINGS,
    **STANDARD_SAYINGS,
    **CALENDAR_SAYINGS,
}
