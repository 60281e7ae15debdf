import publishing.readable
from django.db import migrations, models

from publishing.migrations._slugs import mend_slugs


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0003_readable_values_of_django'),
    ]

    operations = [
        mend_slugs('publishing', {'Source': '', 'Topic': '', 'Unit': ''}),
        migrations.AddConstraint(
            model_name='source',
            constraint=publishing.readable.Readable(condition=models.Q(('slug__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='publishing_source_slug', violation_error_message='Write it with small Latin letters and digits, and single hyphens between them: karta-pobytu.'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=publishing.readable.Readable(condition=models.Q(('slug__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='publishing_topic_slug', violation_error_message='Write it with small Latin letters and digits, and single hyphens between them: karta-pobytu.'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=publishing.readable.Readable(condition=models.Q(('slug__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='publishing_unit_slug', violation_error_message='Write it with small Latin letters and digits, and single hyphens between them: karta-pobytu.'),
        ),
    ]
