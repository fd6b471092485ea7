"""The guide to importing names every key of a mapping, and its example is one."""

from pathlib import Path

from linli.domain.needs.rules.mapping import Columns, ImportMapping, mapping_of

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "import.md"


def test_the_example_of_the_guide_is_a_mapping_with_every_key():
    parts = GUIDE.read_text(encoding="utf-8").split("```yaml\n")[1:3]  # the second goes below
    example = "".join(part.split("```")[0] for part in parts)

    mapping = mapping_of(example.encode(), name="guide.yaml")

    assert set(mapping.columns.named()) == set(Columns.model_fields)
    assert mapping.model_fields_set == set(ImportMapping.model_fields)
    assert mapping.outcome is not None
    assert mapping.outcome.model_fields_set == set(type(mapping.outcome).model_fields)
