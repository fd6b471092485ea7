"""The table that had names and telephone numbers in clear goes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("needs", "0002_reporters_into_the_vault")]

    operations = [migrations.DeleteModel("Reporter")]
