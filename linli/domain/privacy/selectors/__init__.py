"""Public reads: the catalogue of data, requests of persons, and what is due to be deleted."""

from linli.domain.privacy.models import Amendment, Deletion, LegalHold, PersonalRequest
from linli.domain.privacy.rules.catalogue import Catalogue, Column, Group, Keep, gaps
from linli.domain.privacy.rules.retention import Length
from linli.domain.privacy.selectors.catalogue import CATALOGUE, database_columns
from linli.domain.privacy.selectors.due import PlanLine, plan_retention, recent_deletions
from linli.domain.privacy.selectors.lengths import length, length_of
from linli.domain.privacy.selectors.requests import (
    Explanation,
    amendments_of,
    explanation_of,
    may_fetch,
    request_of,
    requests_about,
    words_on,
)
from linli.domain.privacy.selectors.standing import Marks, duties_of, hold_on, marks_on

__all__ = [
    "CATALOGUE",
    "Amendment",
    "Catalogue",
    "Column",
    "Deletion",
    "Explanation",
    "Group",
    "Keep",
    "LegalHold",
    "Length",
    "Marks",
    "PersonalRequest",
    "PlanLine",
    "amendments_of",
    "database_columns",
    "duties_of",
    "explanation_of",
    "gaps",
    "hold_on",
    "length",
    "length_of",
    "marks_on",
    "may_fetch",
    "plan_retention",
    "recent_deletions",
    "request_of",
    "requests_about",
    "words_on",
]
