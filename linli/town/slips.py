"""How people really type: slips, full-width digits, missing or heaped marks, other words."""

from random import Random

from linli.town.phrases import phrases

TYPO_SHARE = 0.07
FULL_WIDTH_SHARE = 0.06
BARE_SHARE = 0.04
HEAPED_SHARE = 0.04
WORDS_CHANGED_AT_MOST = 4
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_BARE = str.maketrans({"，": " ", "。": " ", "！": " ", "：": " ", "、": " "})


def slip(text: str, rng: Random) -> str:
    """Return the text as a hurried hand may type it; mostly unchanged."""
    if rng.random() < TYPO_SHARE:
        text = _mistype(text, rng)
    if rng.random() < FULL_WIDTH_SHARE:
        text = text.translate(_FULL_WIDTH)
    if rng.random() < BARE_SHARE:
        text = text.translate(_BARE).strip()
    if rng.random() < HEAPED_SHARE:
        text = text.rstrip("。，！ ") + rng.choice(["！！！", "!!", "。。。", "……", "？？"])
    return text


def reword(text: str, rng: Random) -> str:
    """Say the same in other words where a synonym is known, as another reporter would."""
    words = [word for word in phrases().synonyms if word in text]
    for word in rng.sample(words, min(len(words), WORDS_CHANGED_AT_MOST)):
        text = text.replace(word, phrases().synonyms[word])
    return text


def _mistype(text: str, rng: Random) -> str:
    words = [word for word in phrases().typos if word in text]
    if not words:
        return text
    word = rng.choice(words)
    return text.replace(word, phrases().typos[word], 1)
