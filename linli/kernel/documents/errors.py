"""Why a document cannot be made."""

from linli.kernel.bounds import MIB, MOST_DOCUMENT
from linli.kernel.documents.fonts import PACKAGES
from linli.kernel.errors import Rejected, Unavailable


class NoChineseFont(Unavailable):
    """The system has no typeface with Chinese letters."""

    code = "no_chinese_font"

    def __init__(self) -> None:
        super().__init__(
            f"服务器上没有中文字体，文书生成不了，什么也没有保存。请管理员安装字体包：{PACKAGES}，"
            "装好后重试；linli doctor 可以核对。",
            "The server has no Chinese typeface, so the document cannot be made and nothing was "
            f"kept. Have a font package installed: {PACKAGES}; then try again. `linli doctor` "
            "checks it.",
        )


class DocumentsBusy(Unavailable):
    """Too many documents wait."""

    code = "documents_busy"

    def __init__(self) -> None:
        super().__init__(
            "正在生成的文书太多，这一份没有生成。请过一分钟再试。",
            "Too many documents are being made, so this one was not. Try again in a minute.",
        )


class DocumentTooLarge(Rejected):
    """More words, or a larger file, than a document may have."""

    code = "document_too_large"

    def __init__(self) -> None:
        most = MOST_DOCUMENT // MIB
        super().__init__(
            f"文书太大（成品最多 {most} MiB），没有生成。请精简填写的内容，或检查模板。",
            f"The document is too large (at most {most} MiB) and was not made. Shorten what was "
            "written, or look at the template.",
        )


class TemplateFailed(Rejected):
    """A template that cannot be set: it is wrong, or takes more time or memory than it may."""

    code = "template_failed"

    def __init__(self, name: str, reason: str, *, line: int = 1) -> None:
        why = reason[:200]
        super().__init__(
            f"模板“{name}”第 {line} 行排版出错（{why}），文书没有生成。请标准包的维护人改正模板。",
            f"The template {name} cannot be set: line {line}, {why}. No document was made; whoever "
            "maintains the pack has to mend it.",
            field="template",
            row=line,
        )
