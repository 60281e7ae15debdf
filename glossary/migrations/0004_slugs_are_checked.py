import publishing.readable
from django.db import migrations, models

from publishing.migrations._slugs import mend_slugs


class Migration(migrations.Migration):

    dependencies = [
        ('redirects', '0001_initial'),
        ('glossary', '0003_readable_values'),
        ('publishing', '0004_slugs_are_checked'),
    ]

    operations = [
        mend_slugs('glossary', {'Term': 'glossary'}),
        migrations.AddConstraint(
            model_name='term',
            constraint=publishing.readable.Readable(condition=models.Q(('slug__regex', '^[a-z0-9]+(-[a-z0-9]+)*$')), name='glossary_term_slug', violation_error_message='Write it with small Latin letters and digits, and single hyphens between them: karta-pobytu.'),
        ),
    ]
