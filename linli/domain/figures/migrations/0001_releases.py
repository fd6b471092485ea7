import django.contrib.postgres.fields
import django.db.models.deletion
import linli.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=linli.kernel.ids.public_id, max_length=26, unique=True)),
                ('period', models.CharField(max_length=8, unique=True)),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('state', models.CharField(choices=[('prepared', '待公布'), ('published', '已发布')], default='prepared', max_length=12)),
                ('number', models.PositiveIntegerField(null=True, unique=True)),
                ('depth', models.PositiveSmallIntegerField()),
                ('is_crossed', models.BooleanField()),
                ('least', models.PositiveIntegerField()),
                ('headings', models.JSONField()),
                ('made_of', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), default=list, size=None)),
                ('audited_with', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), default=list, size=None)),
                ('sha256', models.CharField(max_length=64)),
                ('prepared_at', models.DateTimeField()),
                ('prepared_by', models.BigIntegerField(null=True)),
                ('prepared_by_name', models.CharField(max_length=128)),
                ('published_at', models.DateTimeField(null=True)),
                ('published_by', models.BigIntegerField(null=True)),
                ('published_by_name', models.CharField(blank=True, max_length=128)),
            ],
            options={
                'ordering': ['-first', 'period'],
            },
        ),
        migrations.CreateModel(
            name='ReleasedCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=8)),
                ('row', models.CharField(blank=True, max_length=64)),
                ('column', models.CharField(blank=True, max_length=128)),
                ('cases', models.PositiveIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ReleaseGround',
            fields=[
                ('release', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='ground', serialize=False, to='figures.release')),
                ('counts', models.JSONField()),
            ],
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number', None), ('published_at', None), ('state', 'prepared')), models.Q(('number__isnull', False), ('published_at__isnull', False), ('published_by__isnull', False), ('state', 'published')), _connector='OR'), name='release_published_has_a_number'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('published_by', None), ('prepared_by', None), models.Q(('published_by', models.F('prepared_by')), _negated=True), _connector='OR'), name='release_published_by_another'),
        ),
        migrations.AddField(
            model_name='releasedcell',
            name='release',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='figures.release'),
        ),
        migrations.AddConstraint(
            model_name='releasedcell',
            constraint=models.UniqueConstraint(fields=('release', 'table', 'row', 'column'), name='released_cell_once'),
        ),
    ]
