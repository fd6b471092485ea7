"""The guide to writing a pack names everything that the loader takes."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from linli.domain.catalogue.rules.files import (
    CalendarDef,
    ExampleDef,
    HoursDef,
    MatterDef,
    PackHead,
    ParameterDef,
    SourceDef,
    UrgencyDef,
)
from linli.domain.catalogue.rules.stage import StageDef
from linli.domain.catalogue.rules.standard import StandardDef
from linli.domain.catalogue.rules.worked import ExpectDef, StepDef, WorkedDef
from tests.packs.shipped import PACKS

GUIDE = (PACKS.parent / "docs" / "how-to" / "write-a-pack.md").read_text(encoding="utf-8")
SHAPES: list[type[BaseModel]] = [
    CalendarDef,
    ExampleDef,
    HoursDef,
    MatterDef,
    PackHead,
    ParameterDef,
    SourceDef,
    StageDef,
    StandardDef,
    UrgencyDef,
    WorkedDef,
    StepDef,
    ExpectDef,
]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_key_of_a_pack_file_is_in_the_guide(shape: type[BaseModel]) -> None:
    keys = [field.alias or name for name, field in shape.model_fields.items()]

    assert [key for key in keys if key not in GUIDE] == []


def test_every_kind_of_file_in_the_shipped_packs_is_in_the_guide() -> None:
    files = [path.relative_to(PACKS) for path in PACKS.rglob("*.yaml")]
    kinds = {Path(*path.parts[1:]) for path in files}
    named = {kind.parts[0] if len(kind.parts) > 1 else str(kind) for kind in kinds}

    assert [name for name in named if name not in GUIDE] == []
