"""The master key changes under what is sealed, and goes when nothing needs it."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from linli.domain.access.selectors import SYSTEM_ACTOR
from linli.domain.audit.models import Journal
from linli.domain.vault.errors import KeyChanged, KeyCurrent, KeyInUse, KeyMissing
from linli.domain.vault.models import DataKey, MasterKey, PurposeKey, SealedField
from linli.domain.vault.selectors import find_by, key_standing, verify_seals
from linli.domain.vault.services import (
    Person,
    begin_keys,
    erase_person,
    open_fields,
    open_secret,
    retire_master_key,
    rotate_master_key,
    seal_many,
    seal_person,
    seal_secret,
)
from linli.domain.vault.tests.keepers import FakeService

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
PHONE = "13800001234"


@pytest.fixture(autouse=True)
def service(settings):
    settings.LINLI_KEY_KEEPER = FakeService()
    begin_keys(actor=SYSTEM_ACTOR, at=AT)
    return settings.LINLI_KEY_KEEPER


def seal(count: int, *, first: int = 0) -> None:
    numbers = range(first, first + count)
    seal_many([Person(f"case{n}", {"reporter_phone": PHONE}) for n in numbers], at=AT)


def rotate(**options):
    return rotate_master_key(actor=SYSTEM_ACTOR, at=AT, **options)


def retire(generation: int) -> None:
    retire_master_key(generation, actor=SYSTEM_ACTOR, at=AT)


def shown(ref: str) -> str:
    fields = ["reporter_phone"]
    return open_fields(ref, fields, actor=SYSTEM_ACTOR, reason="test", at=AT)["reporter_phone"]


class Interrupted(Exception):
    pass


def break_off(moved: int) -> None:
    raise Interrupted


def test_all_keys_move_and_nothing_is_sealed_anew():
    seal(7)
    secret = seal_secret("second_factor", "JBSWY3DP", at=AT)
    sealed = list(SealedField.objects.order_by("id").values_list("sealed", flat=True))

    done = rotate(at_once=3)

    assert (done.generation, done.moved, done.is_resumed) == (2, 10, False)
    assert list(SealedField.objects.order_by("id").values_list("sealed", flat=True)) == sealed
    assert set(DataKey.objects.values_list("generation", flat=True)) == {2}
    assert set(PurposeKey.objects.values_list("generation", flat=True)) == {2}
    assert shown("case3") == PHONE
    assert len(find_by("repeat_caller", PHONE)) == 7
    assert open_secret("second_factor", secret, at=AT) == "JBSWY3DP"
    made = Journal.objects.filter(event="master_key_made").order_by("id")
    assert [row.subject_id for row in made] == ["1", "2"]


def test_a_rotation_that_was_broken_off_goes_on_where_it_stood():
    seal(7)
    with pytest.raises(Interrupted):
        rotate(at_once=3, progress=break_off)
    assert DataKey.objects.filter(generation=1).count() == 4
    assert all(shown(f"case{n}") == PHONE for n in range(7))

    done = rotate(at_once=3)

    assert (done.generation, done.moved, done.is_resumed) == (2, 4, True)
    assert not rotate(at_once=3).is_resumed
    assert newest() == 3


def newest() -> int:
    return max(MasterKey.objects.values_list("generation", flat=True))


def test_what_is_sealed_during_a_rotation_goes_under_the_new_key():
    seal(2)
    with pytest.raises(Interrupted):
        rotate(at_once=1, progress=break_off)

    seal(1, first=2)

    assert DataKey.objects.get(subject="case2").generation_id == 2


def test_who_was_erased_is_left_in_peace():
    seal(2)
    erase_person("case0", actor=SYSTEM_ACTOR, at=AT)

    assert rotate().moved == 4
    assert DataKey.objects.get(subject="case0").wrapped is None


def test_a_family_of_algorithms_changes_with_the_next_rotation(settings):
    seal(1)
    settings.LINLI_CRYPTO = "gm"
    rotate()
    seal(1, first=1)

    suites = dict(DataKey.objects.values_list("subject", "suite"))
    assert suites == {"case0": "intl", "case1": "gm"}
    assert MasterKey.objects.get(generation=2).suite == "gm"
    assert shown("case0") == shown("case1") == PHONE
    assert find_by("repeat_caller", PHONE) == ["case1", "case0"]


def test_a_former_key_goes_only_when_nothing_needs_it(service):
    seal(3)
    with pytest.raises(KeyCurrent):
        retire(1)
    with pytest.raises(Interrupted):
        rotate(at_once=1, progress=break_off)
    with pytest.raises(KeyInUse, match="2 data keys"):
        retire(1)
    rotate()

    retire(1)

    assert service.generations() == [2]
    assert [row.generation for row in key_standing()] == [2]
    assert verify_seals().faults == 0
    assert Journal.objects.get(event="master_key_retired").subject_id == "1"
    with pytest.raises(KeyMissing):
        retire(1)


def test_a_missing_key_is_named_and_nothing_is_made_in_its_place(service):
    seal(1)
    service.destroy(1)

    for act in (lambda: shown("case0"), lambda: seal(1, first=1), rotate):
        with pytest.raises(KeyMissing, match="第 1 代"):
            act()
    assert service.generations() == []
    assert [(row.is_kept, row.is_right) for row in key_standing()] == [(False, False)]
    assert verify_seals().faults == 4


def test_another_key_in_its_place_is_told_before_anything_is_sealed(service):
    seal(1)
    service.destroy(1)
    service.make(1, suite="intl")

    with pytest.raises(KeyChanged):
        seal_person("case1", {"reporter_name": "林"}, at=AT)
    assert [(row.is_kept, row.is_right) for row in key_standing()] == [(True, False)]


def test_opening_everything_names_what_stays_shut():
    seal(5)
    SealedField.objects.filter(key__subject="case2").update(sealed=b"x" * 40)

    report = verify_seals()

    assert (report.keys, report.fields, report.faults) == (8, 4, 1)
    assert report.broken == ("case2",)


@pytest.mark.django_db(transaction=True)
def test_whoever_seals_under_a_key_that_is_being_destroyed_fails_and_loses_nothing():
    sealed, retired = threading.Event(), threading.Event()
    came: list[type] = []

    def slow() -> None:
        try:
            with transaction.atomic():
                seal(1)
                sealed.set()
                retired.wait(20)
        except IntegrityError as error:
            came.append(type(error))
        finally:
            sealed.set()
            connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    sealed.wait(20)
    rotate()
    retire(1)
    retired.set()
    thread.join()

    assert came == [IntegrityError]
    assert not DataKey.objects.exists()
    seal(1)
    assert shown("case0") == PHONE
