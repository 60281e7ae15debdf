from contextlib import suppress

from django.conf import settings
from django.db import IntegrityError, migrations, models, transaction

# What was stored of nothing to see: tags, spaces, marks without width.
_NOTHING = (
    '^(<[^>]*>|&nbsp;|&#160;|[[:space:]\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064'
    '\u2800\u3000\u3164\ufeff])+$'
)


def empty(apps, schema_editor):
    """Empty the translations in which nothing is seen: they hid the fallback."""
    endings = tuple(f'_{code}' for code, _name in settings.LANGUAGES)
    for label in ('publishing', 'glossary', 'offices', 'procedures'):
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.concrete_fields:
                is_text = isinstance(field, (models.CharField, models.TextField))
                # A record cannot be without its Polish name: an editor must give it one.
                if is_text and field.name.endswith(endings) and field.name != 'name_pl':
                    found = model.objects.filter(**{f'{field.name}__regex': _NOTHING})
                    for key in found.values_list('pk', flat=True):
                        # A row that holds something else that cannot be stays: its editor is told.
                        with suppress(IntegrityError), transaction.atomic():
                            model.objects.filter(pk=key).update(**{field.name: ''})


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0004_slugs_are_checked'),
        ('glossary', '0004_slugs_are_checked'),
        ('offices', '0007_telephones_have_one_spelling'),
        ('procedures', '0004_slugs_are_checked'),
    ]

    operations = [
        migrations.RunPython(empty, migrations.RunPython.noop, elidable=True),
    ]
