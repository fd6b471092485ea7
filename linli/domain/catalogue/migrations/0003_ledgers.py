"""Ledgers as published; like standards, the database refuses to change or delete them."""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE TRIGGER published_is_final BEFORE UPDATE OR DELETE ON catalogue_ledgerversion
    FOR EACH ROW EXECUTE FUNCTION catalogue_published_is_final();
"""
BACKWARD = "DROP TRIGGER published_is_final ON catalogue_ledgerversion"


class Migration(migrations.Migration):
    """The table of ledgers, and its trigger."""

    dependencies = [
        ('catalogue', '0002_published_is_final'),
    ]

    operations = [
        migrations.CreateModel(
            name='LedgerVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=64)),
                ('version', models.CharField(max_length=16)),
                ('name', models.CharField(max_length=200)),
                ('name_en', models.CharField(max_length=200)),
                ('body', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('status', models.CharField(choices=[('published', '已发布'), ('retired', '已停用')], max_length=16)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('published_at', models.DateTimeField()),
                ('pack', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ledgers', to='catalogue.pack')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('code', 'version'), name='ledger_version_once')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
