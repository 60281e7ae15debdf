"""Each column refuses what its field could not read back."""

import django.db.models.lookups
import publishing.readable
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('glossary', '0003_readable_values'),
        ('offices', '0005_readable_values'),
        ('procedures', '0002_name_uk_nationals_as_the_agreement_does'),
        ('publishing', '0002_readable_values'),
    ]

    operations = [
        publishing.readable.AddConstraints([
            ('applicationchannel', publishing.readable.Readable(condition=models.Q(('audience__contained_by', ['eu', 'non_eu', 'ukr', 'uk_wa']), django.db.models.lookups.Exact(models.Func(models.F('audience'), function='array_ndims', output_field=models.IntegerField()), 1)), name='procedures_applicationchannel_audience_readable')),
            ('applicationchannel', publishing.readable.Readable(condition=models.Q(('kind__in', ['in_person', 'post', 'online', 'proxy'])), name='procedures_applicationchannel_kind_readable')),
            ('applicationchannel', publishing.readable.Readable(condition=models.Q(('url__iregex', '^(https?|ftps?)://'), ('url', ''), _connector='OR'), name='procedures_applicationchannel_url_readable')),
            ('document', publishing.readable.Readable(condition=models.Q(('audience__contained_by', ['eu', 'non_eu', 'ukr', 'uk_wa']), django.db.models.lookups.Exact(models.Func(models.F('audience'), function='array_ndims', output_field=models.IntegerField()), 1)), name='procedures_document_audience_readable')),
            ('document', publishing.readable.Readable(condition=models.Q(('need__in', ['required', 'if_applicable', 'one_of'])), name='procedures_document_need_readable')),
            ('document', publishing.readable.Readable(condition=models.Q(('form__in', ['original', 'copy', 'original_and_copy', 'scan', ''])), name='procedures_document_form_readable')),
            ('document', publishing.readable.Readable(condition=models.Q(('translation__in', ['sworn', 'none', ''])), name='procedures_document_translation_readable')),
            ('document', publishing.readable.Readable(condition=models.Q(('form_url__iregex', '^(https?|ftps?)://'), ('form_url', ''), _connector='OR'), name='procedures_document_form_url_readable')),
            ('document', publishing.readable.Readable(condition=models.Q(('form_languages__contained_by', ['pl', 'en', 'uk', 'ru']), django.db.models.lookups.Exact(models.Func(models.F('form_languages'), function='array_ndims', output_field=models.IntegerField()), 1)), name='procedures_document_form_languages_readable')),
            ('exclusion', publishing.readable.Readable(condition=models.Q(('audience__contained_by', ['eu', 'non_eu', 'ukr', 'uk_wa']), django.db.models.lookups.Exact(models.Func(models.F('audience'), function='array_ndims', output_field=models.IntegerField()), 1)), name='procedures_exclusion_audience_readable')),
            ('fee', publishing.readable.Readable(condition=models.Q(('audience__contained_by', ['eu', 'non_eu', 'ukr', 'uk_wa']), django.db.models.lookups.Exact(models.Func(models.F('audience'), function='array_ndims', output_field=models.IntegerField()), 1)), name='procedures_fee_audience_readable')),
            ('fee', publishing.readable.Readable(condition=models.Q(('amount__gt', Decimal('-10000000')), ('amount__gte', Decimal('0')), ('amount__lt', Decimal('10000000'))), name='procedures_fee_amount_readable')),
            ('fee', publishing.readable.ReadableYear(field='valid_from', name='procedures_fee_valid_from_readable')),
            ('fee', publishing.readable.ReadableYear(field='valid_until', name='procedures_fee_valid_until_readable')),
            ('legalbasis', publishing.readable.Readable(condition=models.Q(('audience__contained_by', ['eu', 'non_eu', 'ukr', 'uk_wa']), django.db.models.lookups.Exact(models.Func(models.F('audience'), function='array_ndims', output_field=models.IntegerField()), 1)), name='procedures_legalbasis_audience_readable')),
            ('legalbasis', publishing.readable.Readable(condition=models.Q(('url__iregex', '^(https?|ftps?)://'), ('url', ''), _connector='OR'), name='procedures_legalbasis_url_readable')),
            ('location', publishing.readable.Readable(condition=models.Q(('audience__contained_by', ['eu', 'non_eu', 'ukr', 'uk_wa']), django.db.models.lookups.Exact(models.Func(models.F('audience'), function='array_ndims', output_field=models.IntegerField()), 1)), name='procedures_location_audience_readable')),
            ('procedure', publishing.readable.Readable(condition=models.Q(('status__in', ['draft', 'in_review', 'published', 'archived'])), name='procedures_procedure_status_readable')),
            ('procedure', publishing.readable.ReadableYear(field='publish_from', name='procedures_procedure_publish_from_readable')),
            ('procedure', publishing.readable.ReadableYear(field='publish_until', name='procedures_procedure_publish_until_readable')),
            ('procedure', publishing.readable.ReadableYear(field='published_on', name='procedures_procedure_published_on_readable')),
            ('procedure', publishing.readable.ReadableYear(field='changed_on', name='procedures_procedure_changed_on_readable')),
            ('procedure', publishing.readable.ReadableYear(field='checked_on', name='procedures_procedure_checked_on_readable')),
            ('procedure', publishing.readable.ReadableYear(field='review_by', name='procedures_procedure_review_by_readable')),
            ('procedure', publishing.readable.Readable(condition=models.Q(('audience__contained_by', ['eu', 'non_eu', 'ukr', 'uk_wa']), django.db.models.lookups.Exact(models.Func(models.F('audience'), function='array_ndims', output_field=models.IntegerField()), 1)), name='procedures_procedure_audience_readable')),
            ('procedure', publishing.readable.Readable(condition=models.Q(('online_url__iregex', '^(https?|ftps?)://'), ('online_url', ''), _connector='OR'), name='procedures_procedure_online_url_readable')),
            ('relatedprocedure', publishing.readable.Readable(condition=models.Q(('audience__contained_by', ['eu', 'non_eu', 'ukr', 'uk_wa']), django.db.models.lookups.Exact(models.Func(models.F('audience'), function='array_ndims', output_field=models.IntegerField()), 1)), name='procedures_relatedprocedure_audience_readable')),
            ('relatedprocedure', publishing.readable.Readable(condition=models.Q(('relation__in', ['before', 'after', 'instead', 'together'])), name='procedures_relatedprocedure_relation_readable')),
            ('step', publishing.readable.Readable(condition=models.Q(('audience__contained_by', ['eu', 'non_eu', 'ukr', 'uk_wa']), django.db.models.lookups.Exact(models.Func(models.F('audience'), function='array_ndims', output_field=models.IntegerField()), 1)), name='procedures_step_audience_readable')),
            ('step', publishing.readable.Readable(condition=models.Q(('url__iregex', '^(https?|ftps?)://'), ('url', ''), _connector='OR'), name='procedures_step_url_readable')),
            ('timelimit', publishing.readable.Readable(condition=models.Q(('audience__contained_by', ['eu', 'non_eu', 'ukr', 'uk_wa']), django.db.models.lookups.Exact(models.Func(models.F('audience'), function='array_ndims', output_field=models.IntegerField()), 1)), name='procedures_timelimit_audience_readable')),
            ('timelimit', publishing.readable.Readable(condition=models.Q(('kind__in', ['deadline', 'office', 'in_practice', 'validity'])), name='procedures_timelimit_kind_readable')),
            ('timelimit', publishing.readable.Readable(condition=models.Q(('unit__in', ['days', 'working_days', 'months', 'years', ''])), name='procedures_timelimit_unit_readable')),
            ('timelimit', publishing.readable.ReadableYear(field='on_date', name='procedures_timelimit_on_date_readable')),
        ]),
    ]
