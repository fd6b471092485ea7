"""Which typefaces of the system Chinese documents are set in, the best first.

Offices set the body in 仿宋, titles in 小标宋, headings in 黑体; those are sold with other systems,
so freely given ones stand after them.
"""

from collections.abc import Mapping, Sequence

import typst

Typefaces = Mapping[str, str]

_SERIF = (
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "SimSun",
    "NSimSun",
    "Songti SC",
    "STSong",
    "AR PL UMing CN",
    "AR PL SungtiL GB",
)
_SANS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "SimHei",
    "Heiti SC",
    "Microsoft YaHei",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
)
_FANGSONG = ("FangSong_GB2312", "FangSong", "STFangsong", "FZFangSong-Z02", "FandolFang R")
_TITLE = ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05")
FAMILIES: Mapping[str, Sequence[str]] = {
    "body": (*_FANGSONG, *_SERIF, *_SANS),
    "title": (*_TITLE, *_SERIF, *_SANS),
    "heading": (*_SANS, *_SERIF),
}
PACKAGES = "fonts-noto-cjk (Debian, Ubuntu), google-noto-serif-cjk-fonts (Fedora, openEuler)"


def typefaces_here() -> Typefaces:
    """Return the typeface that each part of a document would be set in; "" where there is none."""
    there = set(typst.Fonts(include_embedded_fonts=False).families())
    return {
        part: next((name for name in names if name in there), "")
        for part, names in FAMILIES.items()
    }
