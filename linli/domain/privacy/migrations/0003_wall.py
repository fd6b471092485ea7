"""Requests, what was set right and holds lie behind the second wall, with their cases."""

from django.db import migrations

from linli.domain.access.wall import wall_by, wall_of

ASKED = "EXISTS (SELECT FROM cases_case AS seen WHERE seen.id IN (case_id, about_id))"


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_the_ledger_stays"), ("cases", "0005_wall")]

    operations = [
        migrations.RunSQL(*wall_by("privacy_personalrequest", ASKED)),
        migrations.RunSQL(*wall_of("privacy_amendment", column="case_id", of="cases_case")),
        migrations.RunSQL(*wall_of("privacy_legalhold", column="case_id", of="cases_case")),
    ]
