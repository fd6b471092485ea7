"""What waits beside the road of a case for another person: asked for, and decided. Not public."""

from collections.abc import Mapping
from datetime import datetime

from linli.domain.access.selectors import Actor
from linli.domain.cases.errors import SamePerson
from linli.domain.cases.models import Case, WorkItem
from linli.domain.cases.services.steps import Json, close_item, require_words, side_item_of
from linli.kernel.errors import NotPermitted
from linli.methods.normalise import clean


def ask_beside(
    case: Case,
    stage: str,
    role: str,
    *,
    reason: str,
    result: Mapping[str, Json],
    due_at: datetime | None = None,
    actor: Actor,
    at: datetime,
) -> WorkItem:
    """Open a side item for whoever decides on what the actor asks for.

    Parameters
    ----------
    stage : the kind of side item. role : who decides.
    reason, result : the words of the one who asks, and what exactly is asked.
    due_at : by when it is of use, UTC.
    """
    return WorkItem.objects.create(
        case=case,
        kind=WorkItem.Kind.SIDE,
        stage=stage,
        round=case.round,
        role=role,
        result=dict(result),
        reason=clean(reason),
        opened_at=at,
        opened_by=actor.user_id,
        due_at=due_at,
    )


def decide_beside(
    case: Case,
    item_id: int,
    *,
    stage: str,
    granted: bool,
    reason: str,
    actor: Actor,
    at: datetime,
) -> WorkItem:
    """Close a side item with the decision of a second person, who holds its role.

    Raises NotFound, NotPermitted, ItemIsDone, ReasonMissing, SamePerson.
    """
    item = side_item_of(case, item_id, stage=stage)
    require_approver(item, actor)
    require_words(reason)
    if actor.user_id is not None and actor.user_id == item.opened_by:
        raise SamePerson
    outcome = "granted" if granted else "refused"
    close_item(item, outcome=outcome, reason=reason, result=item.result, actor=actor, at=at)
    return item


def require_approver(item: WorkItem, actor: Actor) -> None:
    """Raise NotPermitted unless the actor holds the role that is to decide on an item."""
    if actor.is_system or item.role in actor.roles():
        return
    raise NotPermitted(
        "标准规定由其他岗位审批，您不能决定。请由该岗位办理。",
        "The standard lets another post decide on this. It has to be done there.",
    )
