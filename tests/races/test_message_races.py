"""What happens when the same message arrives in several processes at the same moment."""

import pytest

from linli.domain.access.selectors import RESIDENT_ACTOR
from linli.domain.cases.models import Case
from linli.domain.cases.tests.builders import AT, build_town
from linli.domain.needs.selectors import NewMessage
from linli.domain.needs.services import receive_message
from tests.races.racing import race


@pytest.mark.django_db(transaction=True)
def test_a_message_sent_by_eight_processes_under_one_key_opens_one_case():
    build_town()
    message = NewMessage(channel="web", body="学府路口的路灯坏了", area="990101001001")

    came = race(
        *[lambda: receive_message(message, actor=RESIDENT_ACTOR, at=AT, key="same")] * 8,
        *[lambda: receive_message(message, actor=RESIDENT_ACTOR, at=AT, key="other")] * 2,
    )

    assert came == ["done"] * 10
    assert Case.objects.count() == 2
