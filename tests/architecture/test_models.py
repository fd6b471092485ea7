"""What hangs on what in the database."""

import pytest
from django.apps import apps
from django.core.management import call_command

# From top to bottom; a foreign key may point down or to its own floor's app, never up.
FLOORS = (
    {"privacy"},
    {"attachments"},
    {"needs", "figures", "care", "risks", "participation"},
    {"resources"},
    {"cases", "ledgers"},
    {"organisations"},
    {"places", "catalogue", "vault"},
    {"access"},
    {"audit"},
)
BELOW_ALL = len(FLOORS)


def _floor(label: str) -> int:
    return next((n for n, floor in enumerate(FLOORS) if label in floor), BELOW_ALL)


def _own_models():
    return [m for m in apps.get_models() if m.__module__.startswith("linli.domain.")]


def test_no_foreign_key_points_upward_or_sideways():
    wrong = []
    for model in _own_models():
        for field in model._meta.get_fields():
            target = field.related_model if field.many_to_one or field.one_to_one else None
            if target is None or field.auto_created or isinstance(target, str):
                continue
            here, there = model._meta.app_label, target._meta.app_label
            if here != there and _floor(there) <= _floor(here):
                wrong.append(f"{model.__name__}.{field.name} → {target.__name__}")

    assert "\n".join(wrong) == ""


@pytest.mark.django_db
def test_no_model_waits_for_a_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
