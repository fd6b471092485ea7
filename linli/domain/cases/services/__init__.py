"""Public verbs of the case engine. Each is one transaction under the case's lock.

A command carries a `key`; sent twice it is carried out once and answers the same.
"""

from linli.domain.cases.rules.past import Ending, PastRound, Said
from linli.domain.cases.services.archiving import Archive, PastCase, archive_cases
from linli.domain.cases.services.asking import ask_glass, ask_person
from linli.domain.cases.services.by_hand import open_by_hand, open_part
from linli.domain.cases.services.clocks import (
    decide_extension,
    pause_clock,
    recompute_clocks,
    request_extension,
    resume_clock,
)
from linli.domain.cases.services.deferring import (
    decide_deferral,
    recheck_deferral,
    request_deferral,
)
from linli.domain.cases.services.dispatch import (
    answer_directly,
    close_by_route,
    dispatch_by_list,
    dispatch_case,
)
from linli.domain.cases.services.documents import make_document
from linli.domain.cases.services.drafting import name_cases
from linli.domain.cases.services.feedback import record_feedback, record_follow_up, reopen_case
from linli.domain.cases.services.fulfilling import fulfil_case
from linli.domain.cases.services.handling import (
    complete_item,
    record_contact,
    return_item,
    rule_objection,
)
from linli.domain.cases.services.intake import CaseName, NewCase, Revision, revise_case
from linli.domain.cases.services.joining import advance_waiting, advance_wholes
from linli.domain.cases.services.links import link_cases, merge_duplicate
from linli.domain.cases.services.looking import look_at_case, note_look
from linli.domain.cases.services.migrating import (
    Planned,
    migrate_cases,
    plan_migration,
    undo_migration,
)
from linli.domain.cases.services.notes import add_note, decide_exclusion, propose_exclusion
from linli.domain.cases.services.opening import open_case, open_cases
from linli.domain.cases.services.openings import (
    alarm_unconfirmed,
    decide_opening,
    end_opening,
)
from linli.domain.cases.services.renditions import (
    answer_rendition,
    approve_rendition,
    read_rendition,
    send_rendition,
    withdraw_rendition,
    write_rendition,
)
from linli.domain.cases.services.respondents import (
    classify_case,
    clear_respondent,
    name_respondent,
)
from linli.domain.cases.services.supervision import (
    fire_timers,
    lift_supervision,
    mark_notices_seen,
    notify,
    notify_role,
    raise_supervision,
    urge_case,
)
from linli.domain.cases.services.teaching import propose_from_ruling

__all__ = [
    "Archive",
    "CaseName",
    "Ending",
    "NewCase",
    "PastCase",
    "PastRound",
    "Planned",
    "Revision",
    "Said",
    "add_note",
    "advance_waiting",
    "advance_wholes",
    "answer_directly",
    "answer_rendition",
    "approve_rendition",
    "archive_cases",
    "classify_case",
    "clear_respondent",
    "close_by_route",
    "complete_item",
    "decide_deferral",
    "decide_exclusion",
    "decide_extension",
    "dispatch_by_list",
    "dispatch_case",
    "fire_timers",
    "fulfil_case",
    "lift_supervision",
    "link_cases",
    "look_at_case",
    "make_document",
    "mark_notices_seen",
    "merge_duplicate",
    "migrate_cases",
    "name_cases",
    "note_look",
    "name_respondent",
    "notify",
    "notify_role",
    "open_by_hand",
    "open_case",
    "open_cases",
    "open_part",
    "pause_clock",
    "plan_migration",
    "propose_exclusion",
    "propose_from_ruling",
    "raise_supervision",
    "record_contact",
    "record_feedback",
    "record_follow_up",
    "read_rendition",
    "recheck_deferral",
    "recompute_clocks",
    "reopen_case",
    "request_deferral",
    "request_extension",
    "resume_clock",
    "return_item",
    "revise_case",
    "send_rendition",
    "rule_objection",
    "undo_migration",
    "urge_case",
    "withdraw_rendition",
    "write_rendition",
    "alarm_unconfirmed",
    "ask_glass",
    "ask_person",
    "decide_opening",
    "end_opening",
]
