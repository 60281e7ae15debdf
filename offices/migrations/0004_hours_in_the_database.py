"""The database learns what hours are, so that nothing else can be stored by any way."""

from django.db import migrations

from offices.notation import HoursError, format_hours, parse_hours

# What ``offices.notation`` writes: spans such as 08:00–12:00* in order, none of which overlaps
# another of its kind. A property test holds the two equal. Nothing but functions of PostgreSQL
# itself is called, so it works whatever the search path is: pg_restore sets an empty one.
CREATE = r"""
CREATE FUNCTION offices_hours_are_readable(hours text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    span text;
    parts text[];
    opens integer;
    closes integer;
    last_opens integer := -1;
    last_closes integer := -1;
    -- Until when it is open, and until when by appointment.
    taken integer := -1;
    taken_by_appointment integer := -1;
BEGIN
    IF hours = '' THEN
        RETURN TRUE;
    END IF;
    FOREACH span IN ARRAY string_to_array(hours, ', ') LOOP
        parts := regexp_match(span, '^([01][0-9]|2[0-3]):([0-5][0-9])–([0-4][0-9]):([0-5][0-9])([*]?)$');
        IF parts IS NULL THEN
            RETURN FALSE;
        END IF;
        opens := parts[1]::integer * 60 + parts[2]::integer;
        closes := parts[3]::integer * 60 + parts[4]::integer;
        IF closes <= opens THEN
            -- A night: from noon on, until six, and never written 00:00.
            IF opens < 720 OR closes NOT BETWEEN 1 AND 360 THEN
                RETURN FALSE;
            END IF;
            closes := closes + 1440;
        ELSIF closes > 1440 AND opens >= 720 AND closes <= 1800 THEN
            RETURN FALSE; -- a night that is written on: 26:00 for 02:00
        END IF;
        IF closes - opens > 1440 OR (opens, closes) < (last_opens, last_closes) THEN
            RETURN FALSE;
        END IF;
        last_opens := opens;
        last_closes := closes;
        IF parts[5] = '*' THEN
            IF opens < taken_by_appointment THEN
                RETURN FALSE;
            END IF;
            taken_by_appointment := closes;
        ELSE
            IF opens < taken THEN
                RETURN FALSE;
            END IF;
            taken := closes;
        END IF;
    END LOOP;
    RETURN TRUE;
END
$$
"""


def spell_alike(apps, schema_editor):
    """Rewrite hours that can be read, but were written past the field, in their one spelling."""
    for name in ("WeeklyRule", "DayException", "CalendarDay"):
        rows = apps.get_model("offices", name).objects.exclude(hours="")
        for key, hours in rows.values_list("pk", "hours"):
            try:
                spelled = format_hours(parse_hours(hours))
            except HoursError:
                continue  # told when the constraint is added
            if spelled != hours and len(spelled) <= 120:
                rows.filter(pk=key).update(hours=spelled)


class Migration(migrations.Migration):
    dependencies = [("offices", "0003_notices")]

    operations = [
        migrations.RunSQL(CREATE, "DROP FUNCTION offices_hours_are_readable(text)"),
        migrations.RunPython(spell_alike, migrations.RunPython.noop),
    ]
