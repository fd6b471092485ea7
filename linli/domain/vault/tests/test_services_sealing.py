"""Sealed, found, opened and erased."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from linli.domain.access.selectors import RESIDENT_ACTOR, SYSTEM_ACTOR
from linli.domain.audit.models import Journal
from linli.domain.audit.selectors import verify_chain
from linli.domain.vault.models import BlindIndex, DataKey, SealedField
from linli.domain.vault.selectors import find_by, is_erased, masked_fields
from linli.domain.vault.services import (
    Person,
    PersonErased,
    PurposeUnknown,
    ReasonMissing,
    erase_person,
    open_fields,
    open_secret,
    seal_many,
    seal_person,
    seal_secret,
)
from linli.domain.vault.tests.keepers import FakeService
from linli.kernel.crypto import SealBroken

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
BOTH = ("reporter_name", "reporter_phone")
LIN = {"reporter_name": "林小满", "reporter_phone": "13800001234"}


@pytest.fixture(autouse=True, params=["intl", "gm"])
def service(request, settings):
    settings.LINLI_CRYPTO = request.param
    settings.LINLI_KEY_KEEPER = FakeService()
    return settings.LINLI_KEY_KEEPER


def shown(ref: str, *fields: str, reason: str = "contact") -> dict[str, str]:
    return open_fields(ref, fields or BOTH, actor=SYSTEM_ACTOR, reason=reason, at=AT)


def test_what_was_sealed_is_shown_again_and_stands_nowhere_in_clear():
    seal_person("case1", LIN, at=AT)

    assert shown("case1") == LIN
    kept = b"".join(bytes(row.sealed) for row in SealedField.objects.all())
    assert "林小满".encode() not in kept
    assert b"13800001234" not in kept


def test_every_look_is_written_down_with_who_why_and_which_fields():
    seal_person("case1", LIN, at=AT)

    shown("case1", "reporter_phone", reason="  回访\n核实 ")

    row = Journal.objects.get(event="personal_data_viewed")
    assert (row.subject_type, row.subject_id, row.actor_name) == ("case", "case1", "system")
    assert '"fields":["reporter_phone"]' in row.payload
    assert '"purpose":"回访 核实"' in row.payload
    assert "1380000" not in row.payload
    assert verify_chain().is_whole


def test_a_look_without_a_reason_shows_nothing_and_is_no_look():
    seal_person("case1", LIN, at=AT)

    with pytest.raises(ReasonMissing):
        shown("case1", reason=" \n ")
    assert not Journal.objects.exists()


def test_only_what_was_asked_for_is_shown():
    seal_person("case1", LIN, at=AT)

    assert shown("case1", "reporter_name") == {"reporter_name": "林小满"}
    assert shown("case1", "card") == {}
    assert shown("nobody") == {}


def test_many_are_sealed_as_one_after_another():
    seal_many([Person(f"case{n}", {**LIN, "reporter_name": f"人{n}"}) for n in range(50)], at=AT)

    assert [shown(f"case{n}")["reporter_name"] for n in range(50)] == [f"人{n}" for n in range(50)]
    assert len({bytes(key.wrapped) for key in DataKey.objects.all() if key.wrapped}) == 50


def test_many_cost_no_more_statements_than_one(django_assert_max_num_queries):
    seal_person("case", LIN, at=AT)

    with django_assert_max_num_queries(9):
        seal_many([Person(f"case{n}", LIN) for n in range(100)], at=AT)


def test_nobody_is_kept_where_nobody_is_named():
    seal_many([Person("case1", {}), Person("case2", {"reporter_phone": ""})], at=AT)

    assert not DataKey.objects.exists()


def test_a_correction_takes_the_place_of_what_was_there():
    seal_person("case1", LIN, at=AT)
    seal_person("case1", {"reporter_phone": "13900005678", "reporter_name": ""}, at=AT)

    assert shown("case1") == {"reporter_phone": "13900005678"}
    assert find_by("repeat_caller", "13800001234") == []
    assert find_by("repeat_caller", "13900005678") == ["case1"]


@pytest.mark.parametrize(
    "written", ["13800001234", "138 0000 1234", "＋86-138-0000-1234", "１３８００００１２３４"]
)
def test_a_repeat_caller_is_found_however_the_number_is_written(written):
    seal_many([Person("case1", LIN), Person("case2", LIN), Person("case3", {})], at=AT)

    assert find_by("repeat_caller", written) == ["case2", "case1"]
    assert find_by("repeat_caller", "13800001235") == []
    assert find_by("repeat_caller", " ") == []


@pytest.mark.parametrize("purpose", ["all_cases_of_a_person", "fingerprint", "second_factor", ""])
def test_for_a_purpose_without_a_key_nobody_can_be_looked_up(purpose):
    with pytest.raises(PurposeUnknown):
        find_by(purpose, "13800001234")


def test_masked_is_all_that_stands_without_a_reason():
    seal_person("case1", {**LIN, "card": "62220000"}, at=AT)

    assert masked_fields("case1") == {
        "reporter_name": "林**",
        "reporter_phone": "138****1234",
        "card": "****",
    }
    assert masked_fields("nobody") == {}


def test_an_erased_person_cannot_be_read_found_or_taken_again_even_from_a_copy(service):
    seal_many([Person("case1", LIN), Person("case2", LIN)], at=AT)
    key = DataKey.objects.get(subject="case1")
    copies = [bytes(row.sealed) for row in key.fields.all()]

    assert erase_person("case1", actor=RESIDENT_ACTOR, at=AT)

    with pytest.raises(PersonErased):
        shown("case1")
    with pytest.raises(PersonErased):
        seal_person("case1", LIN, at=AT)
    assert is_erased("case1")
    assert masked_fields("case1") == {}
    assert find_by("repeat_caller", LIN["reporter_phone"]) == ["case2"]
    assert not SealedField.objects.filter(key=key).exists()
    SealedField.objects.create(key=key, field="reporter_name", sealed=copies[0])
    with pytest.raises(PersonErased):
        shown("case1")
    assert shown("case2") == LIN


def test_the_fact_of_an_erasure_holds_a_reference_and_nothing_else():
    seal_person("case1", LIN, at=AT)
    erase_person("case1", actor=RESIDENT_ACTOR, at=AT)

    row = Journal.objects.get(event="person_erased")
    assert (row.subject_id, row.payload) == ("case1", '{"case_ref":"case1"}')
    assert not erase_person("case1", actor=RESIDENT_ACTOR, at=AT)
    assert not erase_person("nobody", actor=RESIDENT_ACTOR, at=AT)
    assert Journal.objects.count() == 1


def test_a_seal_moved_to_another_case_or_field_stays_shut():
    seal_many([Person("case1", LIN), Person("case2", LIN)], at=AT)
    name, phone = SealedField.objects.filter(key__subject="case1").order_by("field")
    other = SealedField.objects.get(key__subject="case2", field="reporter_name")

    for row, sealed in ((phone, name.sealed), (other, name.sealed)):
        with transaction.atomic():
            SealedField.objects.filter(pk=row.pk).update(sealed=sealed)
            with pytest.raises(SealBroken, match="linli keys check"):
                shown(DataKey.objects.get(pk=row.key_id).subject)
            transaction.set_rollback(True)
    assert shown("case1") == LIN


def test_a_key_moved_to_another_case_stays_shut():
    seal_many([Person("case1", LIN), Person("case2", LIN)], at=AT)
    first = DataKey.objects.get(subject="case1")
    DataKey.objects.filter(subject="case2").update(wrapped=first.wrapped)

    with pytest.raises(SealBroken):
        shown("case2")


def test_where_the_seal_is_broken_no_look_is_left_behind():
    seal_person("case1", LIN, at=AT)
    SealedField.objects.update(sealed=b"x" * 40)

    with pytest.raises(SealBroken):
        shown("case1")
    assert not Journal.objects.exists()


def test_digests_of_two_installations_tell_nothing_of_each_other(settings):
    seal_person("case1", LIN, at=AT)
    first = bytes(BlindIndex.objects.get().digest)
    erase_person("case1", actor=SYSTEM_ACTOR, at=AT)
    from_scratch()
    settings.LINLI_KEY_KEEPER = FakeService()
    seal_person("case2", LIN, at=AT)

    assert bytes(BlindIndex.objects.get().digest) != first


def from_scratch() -> None:
    from linli.domain.vault.models import MasterKey, PurposeKey  # noqa: PLC0415  # only here

    PurposeKey.objects.all().delete()
    DataKey.objects.all().delete()
    MasterKey.objects.all().delete()


def test_secrets_of_other_tables_open_for_their_purpose_alone():
    sealed = seal_secret("second_factor", "JBSWY3DP", at=AT)

    assert sealed.startswith("linli-sealed:")
    assert "JBSWY3DP" not in sealed
    assert open_secret("second_factor", sealed, at=AT) == "JBSWY3DP"
    for broken in ("JBSWY3DP", sealed[:-4], sealed.replace(":", "-"), ""):
        with pytest.raises(SealBroken):
            open_secret("second_factor", broken, at=AT)
    with pytest.raises(SealBroken):
        open_secret("fingerprint", sealed, at=AT)
