"""Attachments lie behind the second wall, with their case."""

from django.db import migrations

from linli.domain.access.wall import wall_of


class Migration(migrations.Migration):
    dependencies = [("attachments", "0001_attachments"), ("cases", "0005_wall")]

    operations = [
        migrations.RunSQL(*wall_of("attachments_attachment", column="case_id", of="cases_case")),
    ]
