"""What a case is made of. Rows are written by services alone."""

from linli.domain.cases.models.case import Case, Link
from linli.domain.cases.models.document import Document
from linli.domain.cases.models.facts import CaseEvent, Feedback, Note, Notice
from linli.domain.cases.models.rendition import Rendition
from linli.domain.cases.models.work import Clock, Timer, WorkItem

__all__ = [
    "Case",
    "CaseEvent",
    "Clock",
    "Document",
    "Feedback",
    "Link",
    "Note",
    "Notice",
    "Rendition",
    "Timer",
    "WorkItem",
]
