"""Faults that keep a file from being read."""

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
    "too_many_values": (
        "文件的值超过 {most} 个，只读到这里。请拆成几个文件。",
        "The file has more than {most} values and was read no further. Split it into several.",
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
