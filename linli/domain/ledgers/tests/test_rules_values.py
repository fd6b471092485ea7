"""What people write becomes what is stored, or a sentence that says why not."""

from datetime import UTC, date, datetime

import pytest

from linli.domain.catalogue.rules.ledger import LedgerField
from linli.domain.ledgers.errors import FieldUnfit
from linli.domain.ledgers.rules.showing import text_of
from linli.domain.ledgers.rules.values import Known, read_value

CHOICES = (
    {"code": "hall", "name": "礼堂", "name_en": "Hall"},
    {"code": "office", "name": "办公室", "name_en": "Office"},
)
KNOWN = Known(
    {"area": {"9901": "9901", "东街": "9901"}, "citation": {"law": "law"}},
    {"room": {"R-1": "abc", "礼堂": "abc"}},
)


def field(kind: str, **more: object) -> LedgerField:
    return LedgerField.model_validate(
        {"code": "one", "name": "一", "name_en": "One", "kind": kind, **more}
    )


@pytest.mark.parametrize(
    ("of", "given", "stored"),
    [
        (field("text"), "  两个  空格 ", "两个 空格"),
        (field("text"), "'=1+1", "=1+1"),
        (field("number", unit="座", unit_en="seats"), "1,200座", 1200),
        (field("number", unit="座", unit_en="seats"), 2.50, 2.5),
        (field("money"), "￥1,234.5元", "1234.50"),
        (field("date"), "2026年1月3日", "2026-01-03"),
        (field("date"), "2026/1/3", "2026-01-03"),
        (field("date"), datetime(2026, 1, 3, 8, tzinfo=UTC), "2026-01-03"),
        (field("date"), date(2026, 1, 3), "2026-01-03"),
        (field("yes_no"), "否", False),
        (field("choice", choices=CHOICES), "礼堂", "hall"),
        (field("choices", choices=CHOICES), "Office、礼堂，hall", ["office", "hall"]),
        (field("url"), "https://example.org/a?b", "https://example.org/a?b"),
        (field("area"), "东街", "9901"),
        (field("point"), "116.4，39.9", {"lng": 116.4, "lat": 39.9}),
        (field("point"), {"lng": 1, "lat": 2}, {"lng": 1.0, "lat": 2.0}),
        (field("link", links_to="room"), "礼堂", ["abc"]),
        (field("link", links_to="room", many=True), ["R-1", "礼堂"], ["abc"]),
        (field("citation"), "law 第三条", {"source": "law", "article": "第三条"}),
    ],
)
def test_each_kind_is_read_as_people_write_it(of: LedgerField, given: object, stored: object):
    assert read_value(of, given, KNOWN) == stored


@pytest.mark.parametrize(
    ("of", "given"),
    [
        (field("text", longest=3), "四个字呀"),
        (field("number", at_most=5), "6"),
        (field("number"), "nan"),
        (field("number"), True),
        (field("number"), "9" * 16),
        (field("money"), "1.005"),
        (field("date"), "2026-02-30"),
        (field("yes_no"), "也许"),
        (field("choice", choices=CHOICES), "食堂"),
        (field("url"), "javascript:alert(1)"),
        (field("area"), "西街"),
        (field("point"), "181,1"),
        (field("point"), "1"),
        (field("link", links_to="room"), "R-2"),
        (field("link", links_to="room"), ["R-1", "礼堂"]),
        (field("citation"), "decree 1"),
    ],
)
def test_what_does_not_fit_is_told_with_the_name_of_its_field(of: LedgerField, given: object):
    with pytest.raises(FieldUnfit) as refused:
        read_value(of, given, KNOWN)

    assert refused.value.field == "one"
    assert "一" in refused.value.zh
    assert "One" in refused.value.en


def test_values_are_shown_in_both_languages():
    kind = field("choices", choices=CHOICES)
    assert text_of(kind, ["hall", "office"], {}) == "礼堂、办公室"
    assert text_of(kind, ["hall", "office"], {}, "en") == "Hall, Office"
    assert text_of(field("money"), "1234.50", {}) == "1,234.50 元"
    assert text_of(field("yes_no"), False, {}, "en") == "no"
    assert text_of(field("area"), "9901", {("area", "9901"): "东街"}) == "东街"
    assert text_of(field("link", links_to="room"), ["abc"], {}) == "—"
