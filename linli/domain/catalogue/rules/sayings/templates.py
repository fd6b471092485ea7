"""Faults in the templates of documents."""

TEMPLATE_SAYINGS: dict[str, tuple[str, str]] = {
    "template_missing": (
        "模板“{name}”不在 templates/ 里，这份文书生成不了。请放入模板或改正文件名。",
        "There is no template “{name}” in templates/, so this document cannot be made. Add the"
        " template or correct its name.",
    ),
    "template_unused": (
        "没有文书使用这个模板，它不会起作用。请在标准的 documents 中引用它，或删除它。",
        "No document uses this template, so it would have no effect. Name it under `documents`"
        " of a standard, or delete it.",
    ),
    "template_word_unknown": (
        "“{name}”不是模板可用的词（文书 {document}），这里会是空白。请核对写法；"
        "可用的词见 docs/how-to/documents.md。",
        "“{name}” is no word that a template may name (document {document}), so nothing would"
        " stand here. Check it; the words are listed in docs/how-to/documents.md.",
    ),
    "template_name_unclear": (
        '{what}( 后面须直接写引号里的词名，检查时才能核对。请写成 {what}("case.number") 的样子。',
        "{what}( must be followed by a name in quotes, so that it can be checked. Write it like"
        ' {what}("case.number").',
    ),
    "template_unsafe": (
        "模板里有“{what}”，会读取文件、加载外部内容或改动水印，模板只能是数据。请去掉。",
        "The template holds “{what}”, which reads files, loads from outside or touches the"
        " watermark; a template is data alone. Remove it.",
    ),
    "template_broken": (
        "模板不是可用的 Word 文件（{detail}），读不了。请用文字处理软件另存为 .docx 再放入。",
        "The template is no usable Word file ({detail}) and was not read. Save it as .docx with"
        " a word processor and put it there again.",
    ),
    "template_stands": (
        "模板“{name}”变了，但使用它的标准“{code}”仍是已发布的版本 {version}。"
        "请提高该标准的版本号，已开立的工单仍用旧模板。",
        "The template “{name}” has changed while the standard “{code}” that uses it is still"
        " version {version}, which is published. Raise the standard's version; cases that have"
        " begun keep the old template.",
    ),
}
