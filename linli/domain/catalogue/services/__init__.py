"""Public verbs of catalogue."""

from linli.domain.catalogue.rules.changes import Change
from linli.domain.catalogue.rules.doubts import doubts_of
from linli.domain.catalogue.rules.problems import Problem
from linli.domain.catalogue.services.checking import (
    PackFaulty,
    PackReport,
    check_pack,
    diff_pack,
    diff_standard,
)
from linli.domain.catalogue.services.publishing import publish_pack

__all__ = [
    "Change",
    "PackFaulty",
    "PackReport",
    "Problem",
    "check_pack",
    "diff_pack",
    "diff_standard",
    "doubts_of",
    "publish_pack",
]
