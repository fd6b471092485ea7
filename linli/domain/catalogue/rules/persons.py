"""Persons have no score, rank or label: words for one are refused wherever something is named.

The words stand in `persons.yaml` beside this file and not in a pack, so that no pack can switch
them off.

Serves: X01.
"""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import yaml

from linli.domain.catalogue.rules.problems import Problem, problem
from linli.domain.catalogue.rules.yaml_tree import Plain, Tree

FILE = Path(__file__).with_name("persons.yaml")
NAMING_KEYS = frozenset(
    {"code", "key", "id", "name", "name_en", "title", "title_en", "kind", "standard", "numerator"}
    | {"label", "label_en", "unit", "denominator"}
)
_WORDS = yaml.safe_load(FILE.read_text(encoding="utf-8"))
ABOUT_KEYS = frozenset(_WORDS["about"])
_GAP = r"[ _./-]+"


def _any(kind: str, lang: str) -> str:
    longest_first = sorted(_WORDS[kind][lang], key=len, reverse=True)
    return "|".join(_GAP.join(map(re.escape, word.split())) for word in longest_first)


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{pattern})(?![a-z])")


_EN_PERSON, _EN_JUDGE = _any("persons", "en"), _any("judgements", "en")
_ENGLISH = _whole(
    rf"(?:{_EN_PERSON})(?:['’]s)?{_GAP}(?:[a-z]+{_GAP})?(?:{_EN_JUDGE})"
    rf"|(?:{_EN_JUDGE}){_GAP}(?:of|for|by|per){_GAP}(?:an?{_GAP}|the{_GAP}|each{_GAP})?"
    rf"(?:{_EN_PERSON})"
    rf"|(?:{_any('alone', 'en')})"
)
_CHINESE = re.compile(
    rf"(?:{_any('persons', 'zh')})(?:的)?(?:个人)?(?:{_any('judgements', 'zh')})"
    rf"|{_any('alone', 'zh')}"
)
_PINYIN = re.compile(
    rf"(?:{_any('persons', 'pinyin')})(?:de)?(?:{_any('judgements', 'pinyin')})"
    rf"|{_any('alone', 'pinyin')}"
)
_PERSON = (re.compile(_any("persons", "zh")), _whole(_EN_PERSON), _whole(_any("persons", "pinyin")))
_JUDGE = (
    re.compile(_any("judgements", "zh")),
    _whole(_EN_JUDGE),
    re.compile(_any("judgements", "pinyin")),
)
_SPLIT_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN = re.compile(r"[\s_./·-]+")
_NOT_LETTERS = re.compile(r"[^a-z]+")


def person_word(text: str) -> str | None:
    """The part of a text that scores, ranks or labels a person; None where there is none.

    >>> person_word("petitioner_risk_score")
    'petitioner_risk_score'
    >>> person_word("road_risk") is None
    True
    >>> person_word("居民信用分")
    '居民信用'
    >>> person_word("jumin_xinyong")
    'juminxinyong'
    """
    plain = _plain(text)
    squashed = _NOT_LETTERS.sub("", plain) if plain.isascii() else ""
    joined = _BETWEEN.sub("", plain)
    found = _ENGLISH.search(plain) or _CHINESE.search(joined) or _PINYIN.search(squashed)
    return found.group().strip(" _.-") if found else None


def names_person(text: str) -> bool:
    """Whether a text names a person at all.

    >>> names_person("resident"), names_person("road")
    (True, False)
    """
    return any(pattern.search(_plain(text)) for pattern in _PERSON)


def judging_word(text: str) -> str | None:
    """The part of a text that scores, ranks or labels something, whatever it is; else None.

    >>> judging_word("risk_score"), judging_word("due_at")
    ('risk', None)
    """
    plain = _plain(text)
    found = next((hit for pattern in _JUDGE if (hit := pattern.search(plain))), None)
    return found.group() if found else None


def person_problems(tree: Tree) -> Iterator[Problem]:
    """Every key and every name of a file that scores, ranks or labels a person.

    An entry is judged as a whole too: where a key of `about` names a person, or one name is of a
    person and another scores, the two together are a person's score.
    """
    for path, entries in tree.mappings():
        whole = True
        for key, value in entries.items():
            named = [value] if key in NAMING_KEYS and isinstance(value, str) else []
            for text in (key, *named):
                word = person_word(text)
                if word:
                    whole = False
                    line = tree.line((*path, key))
                    yield problem("person_word", tree.file, line, word=word, where=key)
        if whole and (found := _across(entries)):
            about, key, word = found
            line = tree.line((*path, key))
            yield problem("person_grain", tree.file, line, about=about, word=word, where=key)


def _across(entries: dict[str, Plain]) -> tuple[str, str, str] | None:
    """(person, key, judging word) of an entry that is about a person and scores."""
    named = {
        key: value
        for key, value in entries.items()
        if key in NAMING_KEYS | ABOUT_KEYS and isinstance(value, str)
    }
    about = next((text for key, text in named.items() if key in ABOUT_KEYS and _is_one(text)), None)
    if about is None:
        about = next((text for text in named.values() if _is_one(text)), None)
    if about is None:
        return None
    for key, text in named.items():
        word = judging_word(text) if key in NAMING_KEYS and text != about else None
        if word:
            return about, key, word
    return None


def _is_one(text: str) -> bool:
    """Whether a text, or what a dotted code begins with, is a person's word and nothing else."""
    head = _plain(text).partition(".")[0].strip()
    return any(pattern.fullmatch(head) for pattern in _PERSON)


def _plain(text: str) -> str:
    """Small letters of normal width, words of camel case apart, nothing that cannot be seen."""
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return _SPLIT_WORDS.sub("_", unicodedata.normalize("NFKC", seen)).lower()
