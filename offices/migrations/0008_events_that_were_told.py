import django.db.models.deletion
import publishing.readable
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('offices', '0007_telephones_have_one_spelling'),
    ]

    operations = [
        migrations.CreateModel(
            name='ToldEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField(editable=False, verbose_name='first day')),
                ('fingerprint', models.CharField(blank=True, editable=False, max_length=64)),
                ('sequence', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(editable=False)),
                ('office', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='told_events', to='offices.office', verbose_name='office')),
            ],
            options={
                'verbose_name': 'event in the calendar feed',
                'verbose_name_plural': 'events in the calendar feed',
                'constraints': [models.UniqueConstraint(fields=('office', 'first_day'), name='offices_toldevent_unique'), publishing.readable.ReadableYear(field='first_day', name='offices_toldevent_first_day_readable'), publishing.readable.ReadableYear(field='changed_at', name='offices_toldevent_changed_at_readable')],
            },
        ),
    ]
