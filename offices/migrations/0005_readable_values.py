"""Each column refuses what its field could not read back."""

import datetime
import django.db.models.lookups
import offices.fields
import publishing.readable
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('glossary', '0003_readable_values'),
        ('offices', '0004_hours_in_the_database'),
        ('publishing', '0002_readable_values'),
    ]

    operations = [
        publishing.readable.AddConstraints([
            ('bookingpolicy', publishing.readable.ReadableYear(field='valid_from', name='offices_bookingpolicy_valid_from_readable')),
            ('bookingpolicy', publishing.readable.ReadableYear(field='valid_until', name='offices_bookingpolicy_valid_until_readable')),
            ('calendarday', publishing.readable.ReadableYear(field='date', name='offices_calendarday_date_readable')),
            ('calendarday', publishing.readable.Readable(condition=models.Q(('status__in', ['closed', 'special', 'unconfirmed'])), name='offices_calendarday_status_readable')),
            ('calendarday', publishing.readable.Readable(condition=offices.fields.HoursAreReadable(models.F('hours')), name='offices_calendarday_hours_readable')),
            ('channel', publishing.readable.Readable(condition=models.Q(('kind__in', ['in_person', 'telephone', 'email', 'online_form', 'video', 'chat', 'post'])), name='offices_channel_kind_readable')),
            ('dayexception', publishing.readable.ReadableYear(field='starts_on', name='offices_dayexception_starts_on_readable')),
            ('dayexception', publishing.readable.ReadableYear(field='ends_on', name='offices_dayexception_ends_on_readable')),
            ('dayexception', publishing.readable.Readable(condition=models.Q(('effect__in', ['replaces', 'adds', 'removes'])), name='offices_dayexception_effect_readable')),
            ('dayexception', publishing.readable.Readable(condition=offices.fields.HoursAreReadable(models.F('hours')), name='offices_dayexception_hours_readable')),
            ('notice', publishing.readable.ReadableYear(field='starts_on', name='offices_notice_starts_on_readable')),
            ('notice', publishing.readable.ReadableYear(field='ends_on', name='offices_notice_ends_on_readable')),
            ('notice', publishing.readable.Readable(condition=models.Q(('affects__contained_by', ['in_person', 'telephone', 'email', 'online_form', 'video', 'chat', 'post']), django.db.models.lookups.Exact(models.Func(models.F('affects'), function='array_ndims', output_field=models.IntegerField()), 1)), name='offices_notice_affects_readable')),
            ('notice', publishing.readable.Readable(condition=models.Q(('state__in', ['closed', 'unknown'])), name='offices_notice_state_readable')),
            ('office', publishing.readable.Readable(condition=models.Q(('status__in', ['draft', 'in_review', 'published', 'archived'])), name='offices_office_status_readable')),
            ('office', publishing.readable.ReadableYear(field='publish_from', name='offices_office_publish_from_readable')),
            ('office', publishing.readable.ReadableYear(field='publish_until', name='offices_office_publish_until_readable')),
            ('office', publishing.readable.ReadableYear(field='published_on', name='offices_office_published_on_readable')),
            ('office', publishing.readable.ReadableYear(field='changed_on', name='offices_office_changed_on_readable')),
            ('office', publishing.readable.ReadableYear(field='checked_on', name='offices_office_checked_on_readable')),
            ('office', publishing.readable.ReadableYear(field='review_by', name='offices_office_review_by_readable')),
            ('office', publishing.readable.Readable(condition=models.Q(('kind__in', ['city', 'voivodeship', 'state', 'ngo', 'other'])), name='offices_office_kind_readable')),
            ('office', publishing.readable.Readable(condition=models.Q(('district__in', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18])), name='offices_office_district_readable')),
            ('office', publishing.readable.Readable(condition=models.Q(('latitude__gt', Decimal('-1000')), ('latitude__gte', Decimal('49')), ('latitude__lt', Decimal('1000')), ('latitude__lte', Decimal('55'))), name='offices_office_latitude_readable')),
            ('office', publishing.readable.Readable(condition=models.Q(('longitude__gt', Decimal('-1000')), ('longitude__gte', Decimal('14')), ('longitude__lt', Decimal('1000')), ('longitude__lte', Decimal('25'))), name='offices_office_longitude_readable')),
            ('office', publishing.readable.Readable(condition=models.Q(('website_url__iregex', '^(https?|ftps?)://'), ('website_url', ''), _connector='OR'), name='offices_office_website_url_readable')),
            ('office', publishing.readable.Readable(condition=models.Q(('bip_url__iregex', '^(https?|ftps?)://'), ('bip_url', ''), _connector='OR'), name='offices_office_bip_url_readable')),
            ('schedule', publishing.readable.ReadableYear(field='checked_on', name='offices_schedule_checked_on_readable')),
            ('season', publishing.readable.ReadableYear(field='starts_on', name='offices_season_starts_on_readable')),
            ('season', publishing.readable.ReadableYear(field='ends_on', name='offices_season_ends_on_readable')),
            ('servicepoint', publishing.readable.Readable(condition=models.Q(('status__in', ['draft', 'in_review', 'published', 'archived'])), name='offices_servicepoint_status_readable')),
            ('servicepoint', publishing.readable.ReadableYear(field='publish_from', name='offices_servicepoint_publish_from_readable')),
            ('servicepoint', publishing.readable.ReadableYear(field='publish_until', name='offices_servicepoint_publish_until_readable')),
            ('servicepoint', publishing.readable.ReadableYear(field='published_on', name='offices_servicepoint_published_on_readable')),
            ('servicepoint', publishing.readable.ReadableYear(field='changed_on', name='offices_servicepoint_changed_on_readable')),
            ('servicepoint', publishing.readable.ReadableYear(field='checked_on', name='offices_servicepoint_checked_on_readable')),
            ('servicepoint', publishing.readable.ReadableYear(field='review_by', name='offices_servicepoint_review_by_readable')),
            ('servicepoint', publishing.readable.Readable(condition=models.Q(('districts__contained_by', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]), django.db.models.lookups.Exact(models.Func(models.F('districts'), function='array_ndims', output_field=models.IntegerField()), 1)), name='offices_servicepoint_districts_readable')),
            ('servicepoint', publishing.readable.Readable(condition=models.Q(('spoken_languages__contained_by', ['pol', 'eng', 'ukr', 'rus', 'bel', 'kat', 'deu', 'fra', 'ita', 'spa', 'por', 'tur', 'ara', 'hin', 'vie', 'zho']), django.db.models.lookups.Exact(models.Func(models.F('spoken_languages'), function='array_ndims', output_field=models.IntegerField()), 1)), name='offices_servicepoint_spoken_languages_readable')),
            ('servicepoint', publishing.readable.Readable(condition=models.Q(('signed_languages__contained_by', ['pso', 'ukl', 'rsl', 'ils']), django.db.models.lookups.Exact(models.Func(models.F('signed_languages'), function='array_ndims', output_field=models.IntegerField()), 1)), name='offices_servicepoint_signed_languages_readable')),
            ('servicepoint', publishing.readable.ReadableYear(field='valid_from', name='offices_servicepoint_valid_from_readable')),
            ('servicepoint', publishing.readable.ReadableYear(field='valid_until', name='offices_servicepoint_valid_until_readable')),
            ('weeklyrule', publishing.readable.Readable(condition=models.Q(('weekdays__contained_by', [0, 1, 2, 3, 4, 5, 6]), django.db.models.lookups.Exact(models.Func(models.F('weekdays'), function='array_ndims', output_field=models.IntegerField()), 1)), name='offices_weeklyrule_weekdays_readable')),
            ('weeklyrule', publishing.readable.Readable(condition=models.Q(('weeks__contained_by', [1, 2, 3, 4, 5, -1]), django.db.models.lookups.Exact(models.Func(models.F('weeks'), function='array_ndims', output_field=models.IntegerField()), 1)), name='offices_weeklyrule_weeks_readable')),
            ('weeklyrule', publishing.readable.Readable(condition=offices.fields.HoursAreReadable(models.F('hours')), name='offices_weeklyrule_hours_readable')),
            ('weeklyrule', publishing.readable.Readable(condition=models.Q(('last_admission__lte', datetime.time(23, 59, 59, 999999))), name='offices_weeklyrule_last_admission_readable')),
            ('weeklyrule', publishing.readable.Readable(condition=models.Q(('languages__contained_by', ['pol', 'eng', 'ukr', 'rus', 'bel', 'kat', 'deu', 'fra', 'ita', 'spa', 'por', 'tur', 'ara', 'hin', 'vie', 'zho', 'pso', 'ukl', 'rsl', 'ils']), django.db.models.lookups.Exact(models.Func(models.F('languages'), function='array_ndims', output_field=models.IntegerField()), 1)), name='offices_weeklyrule_languages_readable')),
            ('weeklyrule', publishing.readable.ReadableYear(field='valid_from', name='offices_weeklyrule_valid_from_readable')),
            ('weeklyrule', publishing.readable.ReadableYear(field='valid_until', name='offices_weeklyrule_valid_until_readable')),
        ]),
    ]
