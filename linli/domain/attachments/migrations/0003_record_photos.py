"""Photographs of records, behind the second wall with their record."""

import django.db.models.deletion
from django.db import migrations, models

from linli.domain.access.wall import wall_of


class Migration(migrations.Migration):

    dependencies = [
        ('attachments', '0002_wall'),
        ('ledgers', '0002_history_and_wall'),
    ]

    operations = [
        migrations.CreateModel(
            name='RecordPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=26, unique=True)),
                ('file', models.CharField(blank=True, max_length=64)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('author_id', models.BigIntegerField(null=True)),
                ('author_name', models.CharField(max_length=128)),
                ('key', models.CharField(max_length=100, unique=True)),
                ('added_at', models.DateTimeField()),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledgers.record')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('file', ''), _negated=True), fields=['file'], name='record_photo_file')],
            },
        ),
        migrations.RunSQL(
            *wall_of("attachments_recordphoto", column="record_id", of="ledgers_record")
        ),
    ]
