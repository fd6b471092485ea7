"""Ending a stage by doing what was asked, where another app does it; not among the plain ways.

So that nobody says that something was done which the other app has not done, no form offers the
way `fulfil`: only the command that does the deed takes it, in the same transaction.
Serves: X01.
"""

from datetime import datetime

from django.db import transaction

from linli.domain.access.selectors import Actor
from linli.domain.access.services import require
from linli.domain.cases.events import ItemCompleted
from linli.domain.cases.models import Case
from linli.domain.cases.rules.flow import move_after
from linli.domain.cases.selectors.working import act_for
from linli.domain.cases.services.handling import require_second_person
from linli.domain.cases.services.moving import follow, views
from linli.domain.cases.services.steps import (
    close_item,
    is_repeat,
    known_of,
    lock_case,
    open_items,
    require_role_way,
    require_words,
    write,
)

FULFIL = "fulfil"


@transaction.atomic
def fulfil_case(ref: str, *, words: str, actor: Actor, at: datetime, key: str) -> Case | None:
    """Leave a role's stage by the way `fulfil`, with words for whoever asked.

    Returns the case, None for a repeated command: then the deed was done before. Records
    ItemCompleted, CaseClosed where it ends. Raises NotFound, NotPermitted, CaseIsElsewhere,
    ReasonMissing, SamePerson.
    """
    case = lock_case(ref)
    require(actor, "case.view", case)
    if is_repeat(case, key):
        return None
    stage = require_role_way(case, FULFIL)
    item = open_items(case)[0]
    require(actor, act_for(item.role, by_units=False), case)
    require_words(words)
    require_second_person(case, stage, actor)
    move = move_after(stage, views([item]), done=item.pk, outcome=FULFIL, facts=known_of(case))
    close_item(item, outcome=FULFIL, reason=words, result={}, actor=actor, at=at)
    fact = ItemCompleted(case.public_id, item.pk, item.stage, FULFIL, "")
    write(case, fact, actor=actor, at=at, key=key, item=item)
    if move is not None:
        follow(case, move, actor=actor, at=at, outcome=FULFIL)
    return case


def shield_alike(case: Case, other: Case) -> None:
    """Let a case that is about another be shut to whoever the other complains about.

    Records nothing: it belongs to the opening of the case.
    """
    case.respondent_ids = list(other.respondent_ids)
    case.save(update_fields=["respondent_ids"])
