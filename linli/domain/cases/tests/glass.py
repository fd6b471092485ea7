"""Emergency access in the cases' street: who asks, who grants, and what is seen then."""

from datetime import datetime, timedelta

from linli.domain.access.models import Opening, User
from linli.domain.access.rules.openings import OPENINGS
from linli.domain.cases.models import Case
from linli.domain.cases.selectors import case_for
from linli.domain.cases.services import ask_glass, decide_opening
from linli.domain.cases.tests.builders import AT
from linli.domain.cases.tests.posted import acting
from linli.kernel.errors import NotFound
from linli.kernel.ids import case_number

SOON = AT + timedelta(minutes=5)
OPEN = timedelta(minutes=OPENINGS.numbers.glass_open.value)
WAIT = timedelta(minutes=OPENINGS.numbers.glass_wait.value)
CONFIRM = timedelta(minutes=OPENINGS.numbers.urgent_confirm.value)
NOWHERE = case_number(AT.date(), 777)


def ask(user: User, number: str, *, reason: str = "cover", at: datetime = AT) -> Opening:
    return ask_glass(number, reason=reason, words="替班，需要核对", actor=acting(user, at), at=at)


def granted(asker: User, chief: User, case: Case) -> Opening:
    opening = ask(asker, case.number)
    return decide_opening(opening.public_id, granted=True, actor=acting(chief), at=AT)


def sees(user: User, case: Case, at: datetime = SOON) -> bool:
    try:
        return bool(case_for(acting(user, at), case.number))
    except NotFound:
        return False
