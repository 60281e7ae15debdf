import publishing.readable
from django.db import migrations, models

from publishing.migrations._slugs import mend_slugs


class Migration(migrations.Migration):

    dependencies = [
        ('redirects', '0001_initial'),
        ('glossary', '0004_slugs_are_checked'),
        ('offices', '0005_readable_values'),
        ('publishing', '0004_slugs_are_checked'),
    ]

    operations = [
        mend_slugs('offices', {'HolidayCalendar': '', 'Office': 'offices', 'ServicePoint': 'service-points'}),
        migrations.AddConstraint(
            model_name='holidaycalendar',
            constraint=publishing.readable.Readable(condition=models.Q(('slug__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='offices_holidaycalendar_slug', violation_error_message='Write it with small Latin letters and digits, and single hyphens between them: karta-pobytu.'),
        ),
        migrations.AddConstraint(
            model_name='office',
            constraint=publishing.readable.Readable(condition=models.Q(('slug__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='offices_office_slug', violation_error_message='Write it with small Latin letters and digits, and single hyphens between them: karta-pobytu.'),
        ),
        migrations.AddConstraint(
            model_name='servicepoint',
            constraint=publishing.readable.Readable(condition=models.Q(('slug__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='offices_servicepoint_slug', violation_error_message='Write it with small Latin letters and digits, and single hyphens between them: karta-pobytu.'),
        ),
    ]
