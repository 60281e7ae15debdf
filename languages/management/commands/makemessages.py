"""``manage.py makemessages``: Django's, with a difference in ``locale/`` as small as the change."""

import re
from pathlib import Path

import polib
from django.core.management.commands import makemessages


class Command(makemessages.Command):
    def add_arguments(self, parser):
        super().add_arguments(parser)
        # Line numbers change with every edit of a source, names of files seldom.
        parser.set_defaults(add_location="file", ignore_patterns=["var"])

    def write_po_file(self, potfile, locale):
        path = Path(potfile).parent / locale / "LC_MESSAGES" / f"{self.domain}.po"
        if not path.exists():
            super().write_po_file(potfile, locale)
        catalogue = polib.pofile(str(path))
        bring_up_to_date(catalogue, polib.pofile(potfile))
        catalogue.save(newline="\n")


def bring_up_to_date(catalogue: polib.POFile, template: polib.POFile) -> None:
    """Give ``catalogue`` the texts of ``template``, and leave all else as it is.

    Unlike ``msgmerge`` it keeps the order and the header, and puts in no guesses: a new text stands
    empty behind the one that it follows in the code, and a text that is gone leaves no trace.
    """
    entries = {_key(entry): entry for entry in catalogue}
    places = {key: number for number, key in enumerate(entries)}
    (forms,) = map(int, re.findall(r"nplurals=(\d)", catalogue.metadata["Plural-Forms"]))
    wanted = []
    place = -1
    for text in template:
        key = _key(text)
        entry = entries.get(key) or polib.POEntry()
        was_fuzzy, entry.fuzzy = entry.fuzzy, False
        entry.merge(text)
        entry.fuzzy = was_fuzzy
        if text.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(range(forms), "") | entry.msgstr_plural
        place = places.get(key, place)
        wanted.append((place, entry))
    wanted.sort(key=lambda item: item[0])
    catalogue[:] = [entry for _, entry in wanted]


def _key(entry: polib.POEntry) -> tuple[str | None, str, str]:
    """What gettext looks a text up by, and whether it has plural forms."""
    return (entry.msgctxt, entry.msgid, entry.msgid_plural)
