"""Who sent a message: opened for a reason, or erased.

Serves: R109 X02.
"""

from datetime import datetime

from django.db import transaction

from linli.domain.access.selectors import Actor
from linli.domain.access.services import require
from linli.domain.cases.selectors import case_for, needs_two_persons, open_person
from linli.domain.needs.models import Message
from linli.domain.needs.rules.reporter import FIELDS, Reporter, reporter_from
from linli.domain.vault.services import erase_person, open_fields
from linli.kernel.errors import NotPermitted
from linli.kernel.ids import public_id


def open_reporter(ref: str, *, actor: Actor, reason: str, at: datetime) -> Reporter:
    """Return whoever sent the message that opened a case; the look is written down with it.

    Where that takes two persons, the reason is the one that the second has agreed to. Records
    PersonalDataViewed. Raises NotFound, NotPermitted, ReasonMissing, PersonErased, PersonLocked,
    SealBroken.
    """
    case = case_for(actor, ref)
    require(actor, "person.view", case)
    by_two = ""
    if needs_two_persons(case) and not actor.is_system:
        opening = open_person(case, actor, at=at)
        if opening is None:
            raise NotPermitted(
                "这件工单要求对反映人保密，须由另一人批准后才能查看身份。请先提出申请。",
                "Who complains here is kept confidential: another person must agree before it is "
                "shown. Ask first.",
            )
        reason, by_two = opening.reason, opening.public_id
    found = open_fields(ref, FIELDS, actor=actor, reason=reason, at=at, opening=by_two)
    return reporter_from(found)


@transaction.atomic
def erase_reporter(ref: str, *, actor: Actor, at: datetime) -> bool:
    """Make whoever sent the message of a case unknowable; False where there was nobody.

    For the platform's own jobs, after a person's request was decided or a retention ran out. The
    message's fingerprint goes too: with its key one could try out telephone numbers. A submission
    sent again with the same key is refused from here on.

    Records PersonErased. Raises NotPermitted.
    """
    if not actor.is_system:
        raise NotPermitted(
            "删除个人信息须经申请并审定，由系统执行。请登记该申请。",
            "Personal data are erased by the platform after a request was decided. "
            "Register the request.",
        )
    is_done = erase_person(ref, actor=actor, at=at)
    if is_done:
        for message in Message.objects.filter(case__public_id=ref).only("id"):
            Message.objects.filter(pk=message.pk).update(fingerprint=f"erased {public_id()}")
    return is_done
