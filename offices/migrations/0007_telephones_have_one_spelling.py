from contextlib import suppress

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import IntegrityError, migrations, models, transaction

from offices.telephones import TelephoneError, spelled


def spell(apps, schema_editor):
    """Spell each number as it is kept from now on; one that cannot be called stays as it is."""
    for channel in apps.get_model("offices", "Channel").objects.filter(kind="telephone"):
        # A number that stands there twice stays too: an editor says which of them goes.
        with suppress(TelephoneError, IntegrityError), transaction.atomic():
            channel.value = spelled(channel.value)
            channel.save(update_fields=["value"])


class Migration(migrations.Migration):

    dependencies = [
        ('offices', '0006_slugs_are_checked'),
    ]

    operations = [
        migrations.RunPython(spell, migrations.RunPython.noop, elidable=True),
        # Old numbers that nobody can be called at are not lost: their editor meets them at the
        # next save.
        AddConstraintNotValid(
            model_name='channel',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'telephone'), _negated=True), ('value__regex', '^(\\+[1-9][0-9]{0,2}( [0-9]{1,12})+|[0-9]{3,5}|[0-9]{3} [0-9]{3})$'), _connector='OR'), name='offices_channel_telephone', violation_error_message='Nobody can be called at this number. Write one number with its area code: +48 12 210 20 20; one abroad with its country code; or a short one: 112. An extension goes into the note.'),
        ),
    ]
