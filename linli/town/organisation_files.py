"""The town's units and duties as the files that an office would import: YAML and XLSX."""

import io
from collections.abc import Iterable
from pathlib import Path

import xlsxwriter
import yaml

from linli.town.matters import leaf_matters
from linli.town.organisation import Organisation, TownDuty, TownPost, duties_for

FIRST_DAY = "2020-01-01"
UNVERIFIED = "unverified"
SHEET_HEADS = (
    ("matter", "事项代码", 34),
    ("area", "区域代码", 12),
    ("lead", "主责单位", 22),
    ("assistants", "配合单位", 40),
    ("nature", "履职类型", 12),
    ("legal_basis", "法律依据", 34),
    ("source", "来源", 40),
    ("confidence", "核实情况", 12),
    ("valid_from", "启用日期", 12),
)


def units_yaml(organisation: Organisation) -> bytes:
    """Return units with their posts as the import of units takes them."""
    units = [
        {
            "code": unit.code,
            "name": unit.name,
            "name_en": unit.name_en,
            "kind": unit.kind,
            "area": unit.area_code,
            "parent": unit.parent_code,
            "phone": unit.phone,
            "posts": [_post(post) for post in organisation.posts if post.unit_code == unit.code],
        }
        for unit in organisation.units
    ]
    return _yaml({"units": units})


def duties_yaml(*, area: str) -> bytes:
    """Return a duty for every leaf of the matter tree, all unverified, as the import takes them.

    `area` is the code of the area whose list it is.
    """
    duties = duties_for(list(leaf_matters()))
    entries = [
        {
            "matter": duty.matter,
            "lead": duty.lead,
            "assistants": list(duty.assistants),
            "nature": duty.nature,
            "legal_basis": duty.legal_basis,
        }
        for duty in duties
    ]
    general = {"area": area, "source": duties[0].source, "confidence": UNVERIFIED}
    return _yaml({**general, "valid_from": FIRST_DAY, "duties": entries})


def duties_sheet(*, area: str) -> bytes:
    """Return the same list of duties as an XLSX sheet; every cell is text."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("职责清单")
        for column, (_, head, width) in enumerate(SHEET_HEADS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head)
        for row, cells in enumerate(_cells(area), start=1):
            for column, (key, _, _) in enumerate(SHEET_HEADS):
                sheet.write_string(row, column, cells[key])
    return file.getvalue()


def write_organisation(organisation: Organisation, *, area: str, folder: Path) -> None:
    """Write units.yaml, duties.yaml and duties.xlsx into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "units.yaml").write_bytes(units_yaml(organisation))
    (folder / "duties.yaml").write_bytes(duties_yaml(area=area))
    (folder / "duties.xlsx").write_bytes(duties_sheet(area=area))


def _cells(area: str) -> Iterable[dict[str, str]]:
    for duty in duties_for(list(leaf_matters())):
        yield _row(duty, area)


def _row(duty: TownDuty, area: str) -> dict[str, str]:
    return {
        "matter": duty.matter,
        "area": area,
        "lead": duty.lead,
        "assistants": "、".join(duty.assistants),
        "nature": duty.nature,
        "legal_basis": duty.legal_basis,
        "source": duty.source,
        "confidence": UNVERIFIED,
        "valid_from": FIRST_DAY,
    }


def _post(post: TownPost) -> dict[str, str]:
    return {"code": post.code, "name": post.name, "role": post.role}


def _yaml(content: dict[str, object]) -> bytes:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False).encode()
