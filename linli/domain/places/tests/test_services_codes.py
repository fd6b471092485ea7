import time
from pathlib import Path

import pytest

from linli.domain.access.selectors import SYSTEM_ACTOR, Actor, Holding
from linli.domain.audit.models import Journal
from linli.domain.places.errors import AreaFileRejected
from linli.domain.places.models import Area, AreaImport
from linli.domain.places.selectors import AreaKind, area_by_code, areas_under
from linli.domain.places.services import AreaRow, import_area_files, import_areas
from linli.domain.places.tests.builders import (
    ADMIN,
    AT,
    CLERK,
    COMMUNITY_PATH,
    STREET_PATH,
    import_town,
)
from linli.kernel.errors import NotPermitted

REAL = Path(__file__).resolve().parents[5] / "shared" / "data" / "places"
TOP = '99,"示例省"\n9901,"示例市"\n990101,"东岸区"\n'

pytestmark = pytest.mark.django_db


def take(text: str, *, encoding: str = "utf-8"):
    return import_area_files([("areas.csv", text.encode(encoding))], actor=ADMIN, at=AT)


def faults_of(text: str) -> list[tuple[int | None, str | None]]:
    with pytest.raises(AreaFileRejected) as refused:
        take(text)
    assert not Area.objects.exists()
    return [(fault.row, fault.field) for fault in refused.value.faults]


def test_parents_follow_from_the_digits_of_the_code():
    """Serves: X07."""
    import_town()
    grid = area_by_code("990101001003001")
    assert grid.path == COMMUNITY_PATH + "990101001003001/"
    assert grid.parent is not None
    assert grid.parent.code == "990101001003"
    assert grid.tree == grid.path.strip("/").replace("/", ".")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_three_usual_encodings_are_taken(encoding):
    take("code,name\n" + TOP, encoding=encoding)
    assert area_by_code("990101").name == "东岸区"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "空的"),
        (b" \n \n", "空的"),
        ("code,name\n99,示例省\n".encode("utf-16"), "编码"),
        (b"\xff\xfe\x00\x01binary\x00", "编码"),
        (b"code,name\n99,a\x00b\n", "编码"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_the_reason(data, word):
    with pytest.raises(AreaFileRejected, match=word):
        import_area_files([("x.csv", data)], actor=ADMIN, at=AT)


def test_files_may_come_in_any_order_and_parents_stand_in_their_columns():
    streets = 'code,name,areaCode,provinceCode,cityCode\n990101001,"梧桐街道",990101,99,9901\n'
    top = "code,name\n" + TOP
    report = import_area_files(
        [("streets.csv", streets.encode()), ("top.csv", top.encode())], actor=ADMIN, at=AT
    )
    assert report.created == 4
    assert area_by_code("990101001").path == "99/9901/990101/990101001/"


def test_twelve_digits_filled_with_zeros_mean_the_short_code():
    take("代码,名称\n990000000000,示例省\n990100000000,示例市\n990101000000,东岸区\n")
    assert area_by_code("990101").kind == "district"


def test_full_width_digits_and_spaces_around_are_taken():
    take("code,name\n ９９ , 示例省 \n")
    assert area_by_code("99").name == "示例省"


def test_every_fault_is_told_with_its_line_and_nothing_goes_in():
    """Serves: X07."""
    text = (
        "code,name,lng,lat,valid_from\n"
        "99,示例省,,,\n"
        "99,又一个,,,\n"
        "9902,,,,\n"
        "990,短码,,,\n"
        "9801,没有上级,,,\n"
        "9903,经度,200,30,\n"
        "9904,半个点,110,,\n"
        "9905,日期,,,2026/1/1\n"
        "9906,多了一格,,,,\n"
        "99-1,坏字符,,,\n"
    )
    assert faults_of(text) == [
        (3, "code"),
        (4, "name"),
        (5, "code"),
        (6, "parent"),
        (7, "lng"),
        (8, "lng"),
        (9, "valid_from"),
        (10, None),
        (11, "code"),
    ]


def test_a_missing_column_is_named_with_those_that_are_there():
    with pytest.raises(AreaFileRejected, match="name.*编号、称呼"):
        take("code,编号,称呼\n99,1,2\n")


def test_only_the_first_hundred_faults_are_listed_and_all_are_counted():
    text = "code,name\n" + "".join(f"98{i:04},无上级\n" for i in range(150))
    with pytest.raises(AreaFileRejected) as refused:
        take(text)
    assert len(refused.value.faults) == 100
    assert refused.value.total == 150


def test_the_line_is_right_after_a_name_that_spans_lines():
    assert faults_of('code,name\n99,"示例\n省"\n990,短码\n') == [(4, "code")]


def test_the_same_rows_again_change_nothing():
    first, second = import_town(), import_town()
    assert (first.created, second.created, second.changed) == (8, 0, 0)
    assert AreaImport.objects.count() == 2


def test_a_new_name_is_taken_and_counted():
    import_town()
    report = import_areas([AreaRow("990101002", "石桥街道")], actor=ADMIN, at=AT)
    assert (report.created, report.changed) == (0, 1)
    assert area_by_code("990101002").name == "石桥街道"


def test_an_area_may_not_be_moved_under_another_parent():
    import_town()
    with pytest.raises(AreaFileRejected, match="新代码"):
        import_areas([AreaRow("990101001003", "槐荫社区", "990101002")], actor=ADMIN, at=AT)


def test_a_parent_must_stand_above_its_child():
    import_town()
    row = AreaRow("A1", "乱", "990101001003001", kind=AreaKind.COMMUNITY)
    with pytest.raises(AreaFileRejected, match="级别不高于"):
        import_areas([row], actor=ADMIN, at=AT)


def test_a_clerk_may_not_import_areas():
    with pytest.raises(NotPermitted):
        import_areas([AreaRow("99", "示例省")], actor=CLERK, at=AT)
    assert not Area.objects.exists()


def test_an_administrator_imports_inside_the_own_area_only():
    import_town()
    of_street = Actor(3, "街道管理员", holdings=(Holding("admin", 0, "", STREET_PATH),))
    import_areas([AreaRow("990101001009", "新社区")], actor=of_street, at=AT)
    with pytest.raises(NotPermitted, match="990101002"):
        import_areas([AreaRow("990101002009", "别处")], actor=of_street, at=AT)


def test_an_import_is_written_in_the_journal():
    import_town()
    row = Journal.objects.get(event="areas_imported")
    assert row.subject_id == str(AreaImport.objects.get().pk)


@pytest.mark.skipif(not REAL.is_dir(), reason="../shared/data/places is not here")
def test_the_division_codes_of_a_whole_country_go_in_within_twenty_seconds():
    files = [(path.name, path.read_bytes()) for path in sorted(REAL.glob("*.csv"))]
    began = time.perf_counter()
    report = import_area_files(files, actor=SYSTEM_ACTOR, at=AT)
    took = time.perf_counter() - began
    assert report.created == 44_703
    assert took <= 20
    province = areas_under().first()
    assert province is not None
    below = areas_under(province.path)
    assert below.count() == Area.objects.filter(tree__at_or_below=province.tree).count()
