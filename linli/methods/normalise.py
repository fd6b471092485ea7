"""One spelling for one text: what is stored, and what is compared.

Two strengths, because they serve two readers. `clean` is for people: it removes what cannot be
seen and makes figures half-width, but leaves punctuation alone. `normalise` is for machines: it
folds compatibility forms and case, so that two spellings of the same sentence become one string.

References
----------
Davis, M. and Whistler, K. (2023). Unicode Normalization Forms. Unicode Standard Annex #15,
revision 54. The Unicode Consortium.
"""

import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029\v\f]")
# Controls, soft hyphen, zero-width and direction marks, lone surrogates, non-characters.
# U+200D stays: it joins emoji. PostgreSQL refuses U+0000 outright.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e"
    "\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]"
)
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_SPACE_BEFORE_LINE = re.compile(r" +(?=\n)|(?<=\n) +")
_MANY_LINES = re.compile(r"\n{3,}")
_ANY_SPACE = re.compile(r"\s+")
_SPACE_IN_HAN = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_HALF_WIDTH = {
    code: code - 0xFEE0
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for code in range(first, last + 1)
}


def clean(text: str) -> str:
    r"""Return the text as it may be stored: nothing unseen, figures and letters half-width.

    Parameters
    ----------
    text : any string; may hold lone surrogates, controls, full-width figures.

    Returns
    -------
    str : never longer than `text`. Lines end in ``\n``, at most one empty line in a row,
        no space at either end. Punctuation, HTML and formula signs stay what they were:
        text is text, and whoever shows it escapes it.

    Examples
    --------
    >>> clean("  ３号楼\u200b停电\x00了，\r\n\r\n\r\n请来人。 ")
    '3号楼停电了，\n\n请来人。'
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _UNSEEN.sub("", text).translate(_HALF_WIDTH)
    text = _SPACE_BEFORE_LINE.sub("", _SPACES.sub(" ", text))
    return _MANY_LINES.sub("\n\n", text).strip()


def normalise(text: str) -> str:
    """Return the text as it is compared: NFKC, lower case, spaces only where they part words.

    Parameters
    ----------
    text : any string.

    Returns
    -------
    str : one line. `normalise(normalise(t)) == normalise(t)`.

    Examples
    --------
    >>> normalise("幸福 小区　Ａ区ＷｉＦｉ  坏了！")
    '幸福小区 a区wifi 坏了!'
    """
    folded = unicodedata.normalize("NFKC", clean(text).replace("\u200d", ""))
    # Lowering can undo the form (a letter whose small form composes), hence the second pass.
    folded = unicodedata.normalize("NFKC", folded.lower())
    return _SPACE_IN_HAN.sub("", _ANY_SPACE.sub(" ", _UNSEEN.sub("", folded))).strip()
