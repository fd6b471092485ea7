"""Each sentence stands in both languages and asks for the same facts."""

import re
from pathlib import Path
from string import Formatter

import pytest

from linli.domain.catalogue.rules.sayings import SAYINGS

APP = Path(__file__).resolve().parents[1]


def facts(text: str) -> set[str]:
    """Names that a sentence needs filled in."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("kind", sorted(SAYINGS))
def test_a_sentence_says_what_is_so_and_what_to_do_in_both_languages(kind: str) -> None:
    zh, en = SAYINGS[kind]

    assert re.search(r"请", zh), zh
    assert zh.count("。") >= 2, zh
    assert en.count(".") >= 2, en
    assert not re.search(r"(?i)\b(invalid|please|oops)\b", en), en
    assert not re.search(r"[一-鿿]", en), en
    assert facts(zh) - {"expected_zh"} == facts(en) - {"expected_en"}


def test_every_sentence_is_said_somewhere() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in APP.glob("[rs]*/*.py"))

    assert [kind for kind in SAYINGS if f'"{kind}"' not in code] == []
