"""Records of ledgers, their history, links and proposals."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import linli.domain.places.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0003_ledgers'),
        ('organisations', '0004_clearance'),
        ('places', '0002_areas'),
    ]

    operations = [
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=26, unique=True)),
                ('number', models.CharField(max_length=32, unique=True)),
                ('ledger', models.CharField(max_length=64)),
                ('title', models.CharField(max_length=200)),
                ('data', models.JSONField(default=dict)),
                ('area_path', linli.domain.places.models.AreaPathField(db_collation='C', max_length=200)),
                ('unit_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('respondent_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('confidentiality', models.CharField(default='ordinary', max_length=16)),
                ('is_public', models.BooleanField(default=False)),
                ('status', models.CharField(choices=[('open', '在用'), ('closed', '停用')], default='open', max_length=16)),
                ('state', models.CharField(blank=True, max_length=64)),
                ('lng', models.FloatField(null=True)),
                ('lat', models.FloatField(null=True)),
                ('reviewed_on', models.DateField(null=True)),
                ('review_due_on', models.DateField(null=True)),
                ('created_at', models.DateTimeField()),
                ('created_by', models.CharField(max_length=128)),
                ('updated_at', models.DateTimeField()),
                ('updated_by', models.CharField(max_length=128)),
                ('closed_at', models.DateTimeField(null=True)),
                ('seq', models.PositiveIntegerField(default=0)),
                ('search_text', models.TextField(default='')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.ledgerversion')),
            ],
        ),
        migrations.CreateModel(
            name='MoveProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', models.CharField(max_length=64)),
                ('reason', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('granted', 'Granted'), ('refused', 'Refused')], default='asked', max_length=8)),
                ('proposed_by', models.BigIntegerField(null=True)),
                ('proposer_name', models.CharField(max_length=128)),
                ('proposed_at', models.DateTimeField()),
                ('decided_by', models.BigIntegerField(null=True)),
                ('decider_name', models.CharField(blank=True, max_length=128)),
                ('decided_at', models.DateTimeField(null=True)),
                ('answer', models.TextField(blank=True)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='ledgers.record')),
            ],
        ),
        migrations.CreateModel(
            name='RecordEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('activity', models.CharField(max_length=64)),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('reason', models.TextField(blank=True)),
                ('actor_id', models.BigIntegerField(null=True)),
                ('actor_name', models.CharField(max_length=128)),
                ('key', models.CharField(max_length=128, null=True)),
                ('journal_id', models.BigIntegerField()),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='ledgers.record')),
            ],
        ),
        migrations.CreateModel(
            name='RecordKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ledger', models.CharField(max_length=64)),
                ('field', models.CharField(max_length=64)),
                ('value', models.CharField(max_length=200)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keys', to='ledgers.record')),
            ],
        ),
        migrations.CreateModel(
            name='RecordLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=64)),
                ('case_ref', models.CharField(blank=True, max_length=26)),
                ('other', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='links_in', to='ledgers.record')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_out', to='ledgers.record')),
            ],
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['ledger', '-updated_at', '-id'], name='record_newest'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['ledger', 'area_path'], name='record_area'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(condition=models.Q(('status', 'open')), fields=['review_due_on'], name='record_review'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=django.contrib.postgres.indexes.GinIndex(fields=['unit_ids'], name='record_units'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=django.contrib.postgres.indexes.GinIndex(fields=['data'], name='record_data', opclasses=['jsonb_path_ops']),
        ),
        migrations.AddIndex(
            model_name='record',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_text'], name='record_trigrams', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='record',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'open'), ('closed_at__isnull', False), _connector='XOR'), name='record_closed_has_a_time'),
        ),
        migrations.AddConstraint(
            model_name='record',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lat__isnull', True), ('lng__isnull', True)), models.Q(('lat__range', (-90, 90)), ('lng__range', (-180, 180))), _connector='OR'), name='record_point_on_earth'),
        ),
        migrations.AddConstraint(
            model_name='moveproposal',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('record',), name='move_waits_once'),
        ),
        migrations.AddConstraint(
            model_name='moveproposal',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), ('proposed_by__isnull', True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='move_decided_by_another'),
        ),
        migrations.AddConstraint(
            model_name='moveproposal',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'asked'), ('decided_at__isnull', False), _connector='XOR'), name='move_decided_has_a_time'),
        ),
        migrations.AddConstraint(
            model_name='recordevent',
            constraint=models.UniqueConstraint(fields=('record', 'seq'), name='record_event_gapless'),
        ),
        migrations.AddConstraint(
            model_name='recordevent',
            constraint=models.UniqueConstraint(fields=('record', 'key'), name='record_command_once'),
        ),
        migrations.AddConstraint(
            model_name='recordevent',
            constraint=models.UniqueConstraint(condition=models.Q(('seq', 1)), fields=('key',), name='record_added_once'),
        ),
        migrations.AddConstraint(
            model_name='recordkey',
            constraint=models.UniqueConstraint(fields=('ledger', 'field', 'value'), name='record_value_once'),
        ),
        migrations.AddIndex(
            model_name='recordlink',
            index=models.Index(condition=models.Q(('case_ref', ''), _negated=True), fields=['case_ref'], name='record_link_case'),
        ),
        migrations.AddConstraint(
            model_name='recordlink',
            constraint=models.UniqueConstraint(fields=('record', 'field', 'other', 'case_ref'), name='record_link_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='recordlink',
            constraint=models.CheckConstraint(condition=models.Q(('other__isnull', False), models.Q(('case_ref', ''), _negated=True), _connector='XOR'), name='record_link_to_one'),
        ),
    ]
