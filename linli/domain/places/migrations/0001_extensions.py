"""The extensions of PostgreSQL that Linli leans on; created where the owner may create them."""

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    CreateExtension,
    TrigramExtension,
)
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        CreateExtension("ltree"),
        CreateExtension("cube"),
        CreateExtension("earthdistance"),
        TrigramExtension(),
        BtreeGistExtension(),
    ]
