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
from linli.domain.catalogue.services.drafting import (
    begin_draft,
    begin_pack,
    changes_in,
    decide_draft,
    drop_draft,
    propose_draft,
    put_entry,
    report_on,
)
from linli.domain.catalogue.services.finding import Found, faults_of
from linli.domain.catalogue.services.publishing import publish_pack

__all__ = [
    "Change",
    "Found",
    "PackFaulty",
    "PackReport",
    "Problem",
    "begin_draft",
    "begin_pack",
    "changes_in",
    "check_pack",
    "decide_draft",
    "diff_pack",
    "diff_standard",
    "doubts_of",
    "drop_draft",
    "faults_of",
    "propose_draft",
    "publish_pack",
    "put_entry",
    "report_on",
]
