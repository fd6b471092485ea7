"""Persons have no score, rank or label: words for one are refused wherever a pack names things.

The list stands in code and not in a pack, so that no pack can switch it off.
"""

import re
from collections.abc import Iterator

from linli.domain.catalogue.rules.problems import Problem, problem
from linli.domain.catalogue.rules.yaml_tree import Tree

NAMING_KEYS = frozenset(
    {"code", "key", "id", "name", "name_en", "title", "title_en", "kind", "standard", "numerator"}
)
_PERSON = (
    "person|people|persons|petitioner|petitioners|complainant|caller|resident|residents"
    "|citizen|citizens|inhabitant|household|family|party|individual|reporter|visitor"
)
_SCORE = (
    "score|scores|scoring|rank|ranking|rating|risk|risks|riskiness|danger|dangerousness|credit"
    "|grade|points|level|profile|label|tag|blacklist|watchlist|reputation|trust|stability"
)
_ENGLISH = re.compile(
    rf"(?:^|[^a-z])(?:{_PERSON})(?:['’]s)?[ _.-]+(?:[a-z]+[ _.-]+)?(?:{_SCORE})(?:$|[^a-z])"
    rf"|(?:^|[^a-z])(?:{_SCORE})[ _.-]+(?:of|for|by|per)[ _.-]+(?:a[ _.-]+|the[ _.-]+)?"
    rf"(?:{_PERSON})"
    r"(?:$|[^a-z])"
    r"|(?:^|[^a-z])(?:blacklist|watchlist|troublemakers?|social[ _.-]credit|key[ _.-]persons?)"
    r"(?:$|[^a-z])"
)
_CHINESE = re.compile(
    r"(?:人员|人群|居民|市民|村民|群众|公民|个人|诉求人|来电人|来访人|上访人|信访人|当事人|反映人|住户|家庭)"
    r"(?:的)?(?:个人)?"
    r"(?:评分|得分|打分|积分|风险|危险|等级|分级|排名|排序|评级|信用|画像|标签|稳定性|可信度)"
    r"|重点人(?:员|口|头|物)?|黑名单|社会信用分|缠访|闹访|上访专业户|老上访|维稳对象|稳控对象|刁民"
)


def person_word(text: str) -> str | None:
    """The part of a text that scores, ranks or labels a person; None where there is none.

    >>> person_word("petitioner_risk_score")
    'petitioner_risk_score'
    >>> person_word("road_risk") is None
    True
    >>> person_word("居民信用分")
    '居民信用'
    """
    found = _ENGLISH.search(text.lower()) or _CHINESE.search(text)
    return found.group().strip(" _.-") if found else None


def person_problems(tree: Tree) -> Iterator[Problem]:
    """Every key and every name of a file that scores, ranks or labels a person."""
    for path, entries in tree.mappings():
        for key, value in entries.items():
            named = [value] if key in NAMING_KEYS and isinstance(value, str) else []
            for text in (key, *named):
                word = person_word(text)
                if word:
                    line = tree.line((*path, key))
                    yield problem("person_word", tree.file, line, word=word, where=key)
