import io
from collections.abc import Sequence
from datetime import date

import pytest
import xlsxwriter

from linli.domain.access.selectors import Actor, Holding
from linli.domain.organisations.errors import OrganisationFileRejected
from linli.domain.organisations.models import Duty, Post, Unit
from linli.domain.organisations.selectors import (
    ActorKind,
    actor_directory,
    duty_for,
    unit_by_code,
    unit_tree,
    units,
)
from linli.domain.organisations.services import (
    UnitRow,
    create_unit,
    import_duties,
    import_duty_file,
    import_unit_file,
    import_units,
)
from linli.domain.organisations.tests.builders import (
    ADMIN,
    AT,
    CLERK,
    COMMUNITY,
    GRID_PATH,
    STREET,
    STREET_PATH,
    duty,
    lay_out,
    unit_rows,
)
from linli.kernel.errors import NotFound, NotPermitted

pytestmark = pytest.mark.django_db
HEADER = [
    "事项编码",
    "区域编码",
    "主责单位",
    "配合单位",
    "履职类型",
    "法律依据",
    "来源",
    "启用日期",
]


@pytest.fixture(autouse=True)
def street(tmp_path):
    lay_out(tmp_path)


def units_from(text: str):
    return import_unit_file(text.encode(), actor=ADMIN, at=AT)


def duties_from(data: str | bytes):
    raw = data.encode() if isinstance(data, str) else data
    return import_duty_file(raw, actor=ADMIN, at=AT)


def sheet(*rows: Sequence[object]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return file.getvalue()


def faults(call, data) -> list[tuple[int | None, str | None]]:
    with pytest.raises(OrganisationFileRejected) as refused:
        call(data)
    return [(fault.row, fault.field) for fault in refused.value.faults]


def test_a_file_of_units_brings_posts_and_ties_in_any_order():
    units_from(
        f"""
units:
  - {{code: legal, name: 司法所, kind: station, area: {STREET}, parent: legal_bureau,
      posts: [{{code: mediator, name: 承办人, role: handler}}]}}
  - {{code: legal_bureau, name: 司法局, name_en: Justice Bureau, kind: department, area: 990101}}
"""
    )
    unit = unit_by_code("legal")
    assert unit.parent is not None
    assert unit.parent.name_en == "Justice Bureau"
    assert unit.area_path == STREET_PATH
    assert Post.objects.get(unit=unit).role == "handler"


def test_every_fault_of_a_file_of_units_is_told_by_line():
    text = f"""units:
  - {{code: a, name: 甲, kind: bureau, area: {STREET}}}
  - {{code: b, name: 乙, kind: center, area: "98"}}
  - {{code: c, name: 丙, kind: center, area: {STREET}, parent: nobody}}
  - {{code: d, name: 丁, kind: center, area: {STREET}, successor: d}}
  - {{code: e, name: 戊, kind: center, area: {STREET}, parent: f}}
  - {{code: f, name: 己, kind: center, area: {STREET}, parent: e}}
  - code: g
    name: 庚
    kind: center
    area: {STREET}
    posts: [{{code: p, name: 岗, role: king}}]
  - {{code: g, name: 又一个庚, kind: center, area: {STREET}}}
"""
    told = faults(units_from, text)
    assert told == [
        (2, "kind"),
        (3, "area"),
        (4, "parent"),
        (5, "successor"),
        (6, "parent"),
        (7, "parent"),
        (8, "role"),
        (13, "code"),
    ]
    assert Unit.objects.count() == len(unit_rows())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", [(1, None)]),
        ("units: 5", [(1, "units")]),
        ("- 1", [(1, "units")]),
        ("units:\n  - 7", [(2, "7")]),
        ("units:\n  - {code: x, colour: red}", [(2, "colour"), (2, "name")]),
        ("colour: red\nunits: []", [(1, "colour")]),
        ("units:\n  - {code: [x], name: 甲}", [(2, "code"), (2, "code")]),
        ("units:\n  - {code: x, code: y}", [(2, None)]),
        ("units:\n  - {code: x, name: 甲, kind: center, area: a, valid_to: x}", [(2, "valid_to")]),
    ],
)
def test_a_file_of_units_that_is_written_wrong_is_refused_by_line(text, told):
    assert faults(units_from, text) == told


def test_the_same_units_again_change_nothing_and_a_new_name_is_counted():
    again = import_units(unit_rows(), actor=ADMIN, at=AT)
    assert (again.created, again.changed) == (0, 0)
    row = UnitRow("heat", "热力集团", "partner", "990101")
    assert import_units([row], actor=ADMIN, at=AT).changed == 1


def test_one_unit_is_set_up_once():
    row = UnitRow("pool", "游泳馆", "partner", COMMUNITY)
    assert create_unit(row, actor=ADMIN, at=AT).area_path.startswith(STREET_PATH)
    with pytest.raises(OrganisationFileRejected, match="已被使用"):
        create_unit(row, actor=ADMIN, at=AT)


def test_a_clerk_may_change_neither_units_nor_duties():
    with pytest.raises(NotPermitted):
        import_units(unit_rows(), actor=CLERK, at=AT)
    with pytest.raises(NotPermitted):
        import_duty_file(b"duties: []", actor=CLERK, at=AT)
    with pytest.raises(NotPermitted):
        create_unit(unit_rows()[0], actor=CLERK, at=AT)


def test_an_administrator_works_inside_the_own_area_only():
    """Serves: R033."""
    of_street = Actor(3, "街道管理员", holdings=(Holding("admin", 0, "", STREET_PATH),))
    create_unit(UnitRow("pool", "游泳馆", "partner", COMMUNITY), actor=of_street, at=AT)
    with pytest.raises(NotPermitted, match="990101/"):
        import_units([UnitRow("pool", "游泳馆", "partner", "990101")], actor=of_street, at=AT)
    with pytest.raises(NotPermitted, match="990101/"):
        import_units([UnitRow("heat", "热力", "partner", STREET)], actor=of_street, at=AT)
    with pytest.raises(NotPermitted, match="990101/"):
        import_duties([duty("noise", "works", area="990101")], actor=of_street, at=AT)


def test_the_directory_shows_units_below_their_parents_and_by_area():
    roots = {node.unit.code: node for node in unit_tree(at=AT)}
    assert {node.unit.code for node in roots["office"].children} == {"centre", "huaiyin"}
    assert {unit.code for unit in units(STREET_PATH)} == {
        "works_team",
        "office",
        "centre",
        "huaiyin",
    }
    with pytest.raises(NotFound):
        unit_by_code("nobody")


def test_a_duty_list_in_yaml_takes_what_all_entries_share_from_its_top():
    report = duties_from(
        f"""
source: 街道清单（2026）
area: {STREET}
valid_from: 2026-01-01
confidence: unverified
duties:
  - {{matter: noise.site, lead: works, assistants: [office], nature: assist, legal_basis: 噪声法}}
  - {{matter: heating, lead: community, nature: basic, valid_from: 2026-02-01}}
"""
    )
    assert report.created == 2
    match = duty_for("noise.site", GRID_PATH, at=AT)
    assert match is not None
    assert (match.source, match.duty.confidence) == ("街道清单（2026）", "unverified")
    assert Duty.objects.get(matter_code="heating").valid_from == date(2026, 2, 1)


def test_a_duty_list_in_a_sheet_is_taken_with_chinese_headings_and_real_dates():
    data = sheet(
        HEADER,
        [
            "noise.site",
            STREET,
            "works",
            "office、housing",
            "配合履职",
            "噪声法",
            "清单",
            date(2026, 1, 1),
        ],
        [],
        ["heating", float(STREET), "community", "", "基本履职", "", "清单", "2026-01-01"],
    )
    assert duties_from(data).created == 2
    match = duty_for("noise.site", GRID_PATH, at=AT)
    assert match is not None
    assert {unit.code for unit in match.assistants} == {"office", "housing"}


def test_every_fault_of_a_sheet_is_told_by_row():
    data = sheet(
        HEADER,
        ["noise.site", STREET, "nobody", "", "配合履职", "", "清单", "2026-01-01"],
        ["noise.pub", STREET, "works", "", "随便", "", "清单", "2026-01-01"],
        ["", STREET, "works", "", "配合履职", "", "清单", "2026-01-01"],
        ["heating", STREET, "office", "", "上级收回", "", "清单", "2026-01-01"],
        ["noise", STREET, "works", "", "配合履职", "", "", "2026-01-01"],
        ["noise", STREET, "works", "", "配合履职", "", "清单", "一月"],
        ["=noise", STREET, "works", "", "配合履职", "", "清单", "2026-01-01"],
    )
    assert faults(duties_from, data) == [
        (2, "lead"),
        (3, "nature"),
        (4, "matter"),
        (5, "lead"),
        (6, "source"),
        (7, "valid_from"),
        (8, "matter"),
    ]
    assert not Duty.objects.exists()


def test_the_directory_of_actors_names_every_party():
    """Serves: R009 R034."""
    union = UnitRow("union", "街道总工会", "partner", STREET, actor_kind="social")
    branch = UnitRow("branch", "社区党支部", "station", COMMUNITY, actor_kind="party")
    import_units([union, branch], actor=ADMIN, at=AT)
    directory = actor_directory(at=AT)
    assert list(directory) == list(ActorKind)
    named = {kind.value: [unit.code for unit in found] for kind, found in directory.items()}
    assert named["party"] == ["branch"]
    assert named["self_government"] == ["huaiyin"]
    assert named["social"] == ["union"]
    assert named["enterprise"] == ["heat"]
    assert "works" in named["government"]


@pytest.mark.parametrize("data", [b"PK\x03\x04 torn", sheet(["甲", "乙"], [1, 2]), sheet()])
def test_a_sheet_that_cannot_be_read_says_so(data):
    assert len(faults(duties_from, data)) == 1
