"""A street with its units for tests, and matters that exist nowhere else."""

from datetime import UTC, date, datetime
from pathlib import Path

from linli.domain.access.models import User
from linli.domain.access.selectors import SYSTEM_ACTOR, Actor, Holding
from linli.domain.catalogue.services import publish_pack
from linli.domain.organisations.rules.kinds import DutyNature
from linli.domain.organisations.services import (
    DutyRow,
    ImportReport,
    PostRow,
    UnitRow,
    import_duties,
    import_units,
)
from linli.domain.places.services import AreaRow, import_areas

AT = datetime(2026, 3, 1, 2, tzinfo=UTC)
TODAY = date(2026, 3, 1)
DISTRICT, STREET, COMMUNITY = "990101", "990101001", "990101001003"
DISTRICT_PATH = "99/9901/990101/"
STREET_PATH = "99/9901/990101/990101001/"
COMMUNITY_PATH = STREET_PATH + "990101001003/"
GRID_PATH = COMMUNITY_PATH + "990101001003001/"

ADMIN = Actor(1001, "管理员", holdings=(Holding("admin", 0, "", DISTRICT_PATH),))
SECURITY = Actor(1002, "安全员", holdings=(Holding("security_admin", 0, "", DISTRICT_PATH),))
CLERK = Actor(1003, "受理员", holdings=(Holding("clerk", 0, "", STREET_PATH),))

PACK = """\
pack: tiny
version: "2026.1"
title: 小包
title_en: Tiny pack
valid_from: 2026-01-01
"""
SOURCES = """\
- {id: ours, title: 自定, seen_on: 2026-11-24, confidence: unverified}
"""
MATTERS = """\
- code: noise
  name: 噪声
  name_en: Noise
  source: ours
  valid_from: 2026-01-01
  children:
    - {code: noise.site, name: 工地噪声, name_en: Site noise, source: ours, valid_from: 2026-01-01}
    - {code: noise.pub, name: 商铺噪声, name_en: Shop noise, source: ours, valid_from: 2026-01-01}
- {code: heating, name: 供暖, name_en: Heating, source: ours, valid_from: 2026-01-01}
"""


def lay_out(folder: Path) -> None:
    """Publish the matters and import areas and units."""
    alone = folder / "pack"  # a pack may name what lies beside it, and tests lie side by side
    alone.mkdir()
    for name, text in (("pack", PACK), ("sources", SOURCES), ("matters", MATTERS)):
        (alone / f"{name}.yaml").write_text(text, encoding="utf-8")
    publish_pack(alone, actor=SYSTEM_ACTOR, at=AT)
    names = {
        "99": "示例省",
        "9901": "示例市",
        DISTRICT: "东岸区",
        STREET: "梧桐街道",
        "990101002": "石桥镇",
        COMMUNITY: "槐荫社区",
        "990101001003001": "第一网格",
    }
    areas = [AreaRow(code, name) for code, name in names.items()]
    import_areas(areas, actor=SYSTEM_ACTOR, at=AT)
    import_units(unit_rows(), actor=ADMIN, at=AT)


def unit_rows() -> list[UnitRow]:
    """Two bureaus, a street office with its centre, a community and a partner."""
    clerk = PostRow("clerk", "受理派单员", "clerk")
    handler = PostRow("handler", "承办人", "handler")
    return [
        UnitRow("works", "城管局", "department", DISTRICT, posts=(handler,)),
        UnitRow("works_team", "城管一中队", "station", STREET, parent="works"),
        UnitRow("housing", "住建局", "department", DISTRICT, posts=(handler,)),
        UnitRow("office", "梧桐街道办事处", "street_office", STREET),
        UnitRow("centre", "梧桐治理中心", "center", STREET, parent="office", posts=(clerk,)),
        UnitRow("huaiyin", "槐荫居委会", "community", COMMUNITY, parent="office"),
        UnitRow("heat", "热力公司", "partner", DISTRICT),
    ]


def duty(matter: str, lead: str, *assistants: str, **changed: object) -> DutyRow:
    """An entry of the street's duty list, changed as asked."""
    values: dict[str, object] = {
        "matter": matter,
        "area": STREET,
        "lead": lead,
        "nature": DutyNature.ASSIST,
        "source": "街道清单",
        "valid_from": date(2026, 1, 1),
        "assistants": assistants,
        "legal_basis": "噪声法",
    }
    return DutyRow(**{**values, **changed})  # type: ignore[arg-type]  # of the fields' types


def take(*rows: DutyRow) -> ImportReport:
    """Import entries of the duty list."""
    return import_duties(rows, actor=ADMIN, at=AT)


def person(name: str) -> User:
    """An account without any post."""
    return User.objects.create(username=name, name=name)
