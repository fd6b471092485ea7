from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='DailyCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('area_path', models.CharField(db_collation='C', max_length=200)),
                ('matter_code', models.CharField(db_collation='C', max_length=128)),
                ('unit_code', models.CharField(blank=True, db_collation='C', max_length=128)),
                ('channel', models.CharField(db_collation='C', max_length=32)),
                ('received', models.PositiveIntegerField()),
                ('closed', models.PositiveIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('day', 'area_path', 'matter_code', 'unit_code', 'channel'), name='daily_count_once')],
            },
        ),
    ]
