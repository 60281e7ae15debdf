"""Each column refuses what its field could not read back."""

import publishing.readable
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('glossary', '0002_declension'),
        ('publishing', '0002_readable_values'),
    ]

    operations = [
        publishing.readable.AddConstraints([
            ('alias', publishing.readable.Readable(condition=models.Q(('language__in', ['pl', 'en', 'uk', 'ru'])), name='glossary_alias_language_readable')),
            ('alias', publishing.readable.Readable(condition=models.Q(('kind__in', ['synonym', 'colloquial', 'abbreviation', 'cyrillic'])), name='glossary_alias_kind_readable')),
            ('declension', publishing.readable.Readable(condition=models.Q(('language__in', ['pl', 'en', 'uk', 'ru'])), name='glossary_declension_language_readable')),
            ('term', publishing.readable.Readable(condition=models.Q(('status__in', ['draft', 'in_review', 'published', 'archived'])), name='glossary_term_status_readable')),
            ('term', publishing.readable.ReadableYear(field='publish_from', name='glossary_term_publish_from_readable')),
            ('term', publishing.readable.ReadableYear(field='publish_until', name='glossary_term_publish_until_readable')),
            ('term', publishing.readable.ReadableYear(field='published_on', name='glossary_term_published_on_readable')),
            ('term', publishing.readable.ReadableYear(field='changed_on', name='glossary_term_changed_on_readable')),
            ('term', publishing.readable.ReadableYear(field='checked_on', name='glossary_term_checked_on_readable')),
            ('term', publishing.readable.ReadableYear(field='review_by', name='glossary_term_review_by_readable')),
            ('declension', publishing.readable.Readable(condition=django.db.models.functions.comparison.Coalesce(models.Func(models.F('words'), models.Value('strict $.type() == "array" && !exists($[*][*] ? (@.type() != "string"))'), function='jsonb_path_match'), False, output_field=models.BooleanField()), name='glossary_declension_words')),
            ('declension', publishing.readable.Readable(condition=django.db.models.functions.comparison.Coalesce(models.Func(models.F('paradigm'), models.Value('strict $.type() == "array" && !exists($[*] ? (@.type() != "string"))'), function='jsonb_path_match'), False, output_field=models.BooleanField()), name='glossary_declension_paradigm')),
        ]),
    ]
