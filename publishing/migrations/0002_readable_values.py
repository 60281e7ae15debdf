"""Each column refuses what its field could not read back."""

import publishing.readable
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0001_initial'),
    ]

    operations = [
        publishing.readable.AddConstraints([
            ('source', publishing.readable.Readable(condition=models.Q(('url__iregex', '^(https?|ftps?)://'), ('url', ''), _connector='OR'), name='publishing_source_url_readable')),
            ('source', publishing.readable.ReadableYear(field='dated_on', name='publishing_source_dated_on_readable')),
            ('source', publishing.readable.ReadableYear(field='checked_on', name='publishing_source_checked_on_readable')),
            ('source', publishing.readable.Readable(condition=models.Q(('confidence__in', ['official', 'dated', 'secondary'])), name='publishing_source_confidence_readable')),
        ]),
    ]
