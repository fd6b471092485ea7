"""Messages and readings lie behind the second wall, with the case that they opened."""

from django.db import migrations

from linli.domain.access.wall import wall_of


class Migration(migrations.Migration):
    dependencies = [("needs", "0003_no_reporters_in_clear"), ("cases", "0005_wall")]

    operations = [
        migrations.RunSQL(*wall_of("needs_message", column="case_id", of="cases_case")),
        migrations.RunSQL(*wall_of("needs_reading", column="message_id", of="needs_message")),
    ]
