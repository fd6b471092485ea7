"""Public verbs of catalogue."""

from linli.domain.catalogue.rules.changes import Change
from linli.domain.catalogue.rules.problems import Problem
from linli.domain.catalogue.services.checking import PackFaulty, PackReport, check_pack, diff_pack
from linli.domain.catalogue.services.publishing import publish_pack

__all__ = [
    "Change",
    "PackFaulty",
    "PackReport",
    "Problem",
    "check_pack",
    "diff_pack",
    "publish_pack",
]
