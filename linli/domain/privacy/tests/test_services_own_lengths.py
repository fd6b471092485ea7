"""Standards that keep for a time of their own: emergencies, and counselling records.

Serves: X01.
"""

from datetime import timedelta

import pytest

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor, Holding
from linli.domain.care.models import CareEntry
from linli.domain.care.services import write_record
from linli.domain.cases.models import Case
from linli.domain.cases.services import open_by_hand
from linli.domain.cases.services.intake import NewCase
from linli.domain.cases.tests.builders import AT, PACKS, STREET, Town, add_unit
from linli.domain.cases.tests.trials import done
from linli.domain.catalogue.services import publish_pack
from linli.domain.places.models import Area
from linli.domain.privacy.services import run_retention, set_hold
from linli.domain.vault.selectors import is_erased
from linli.domain.vault.services import seal_person

pytestmark = pytest.mark.django_db
CARD = {"signs": "独自上楼顶", "helpers": "弟弟", "steps": "陪着"}


def opened(matter: str, actor: Actor) -> Case:
    new = NewCase("到场处置", "到场处置", matter, "990101001001", "", "phone", AT)
    return open_by_hand(new, actor=actor, at=AT, key=matter)


@pytest.fixture
def event(town: Town) -> Case:
    """An emergency that is over, in which a person left name and number."""
    publish_pack(PACKS / "emergency", actor=SYSTEM_ACTOR, at=AT)
    case = opened("emergency.accident", town.clerk)
    seal_person(case.public_id, {"reporter_name": "林小满"}, at=AT)
    return done(case, "no_event", town.clerk)


def test_who_was_named_in_an_emergency_is_forgotten_the_day_after_it_is_over(event):
    run_retention(at=AT + timedelta(days=1))
    assert not is_erased(event.public_id)
    run_retention(at=AT + timedelta(days=2))
    assert is_erased(event.public_id)


def test_what_must_be_kept_as_evidence_of_an_emergency_is(event, town):
    set_hold(event.public_id, reason="调查需要", actor=town.supervisor, at=AT)

    run_retention(at=AT + timedelta(days=30))
    assert not is_erased(event.public_id)


def test_counselling_records_go_three_years_after_the_case_was_closed(town):
    publish_pack(PACKS / "counsel", actor=SYSTEM_ACTOR, at=AT)
    room = add_unit("room", Area.objects.get(path=STREET))
    counsellor = Actor(901, "counsellor", (Holding("counsellor", room.pk, "room", STREET),))
    case = opened("counsel.mood", counsellor)
    write_record(case.public_id, kind="card", words=CARD, actor=counsellor, at=AT, key="w")
    done(case, "declined", counsellor)

    before = run_retention(at=AT + timedelta(days=3 * 365 - 1))
    after = run_retention(at=AT + timedelta(days=3 * 365 + 3))

    assert (before["care"], after["care"]) == (0, 1)
    assert not CareEntry.objects.filter(case=case, erased_at__isnull=True).exists()
