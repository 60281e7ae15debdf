"""Collecting texts: what the code has more or less, and nothing else."""

import polib
import pytest

from languages.management.commands.makemessages import bring_up_to_date

HEADER = 'msgid ""\nmsgstr ""\n"X-Generator: Poedit\\n"\n"Plural-Forms: nplurals=3; plural=0;\\n"\n'


def catalogue(*entries):
    return polib.pofile("\n".join([HEADER, *entries]))


def entry(text, translation="", *, file="a.py", head="", context=""):
    context = f'msgctxt "{context}"\n' if context else ""
    return f'{head}#: {file}\n{context}msgid "{text}"\nmsgstr "{translation}"\n'


ONE, TWO = entry("one", "jeden"), entry("two", "dwa")
OBSOLETE = '#~ msgid "one"\n#~ msgstr "jeden"\n'
PLURAL = '#: a.py\nmsgid "one"\nmsgid_plural "ones"\n'


@pytest.mark.parametrize(
    ("before", "template", "after"),
    [
        ([ONE, TWO], [entry("one"), entry("two")], [ONE, TWO]),
        # The order of the code is not that of the catalogue.
        ([TWO, ONE], [entry("one"), entry("two")], [TWO, ONE]),
        ([ONE, TWO], [entry("one"), entry("new"), entry("two")], [ONE, entry("new"), TWO]),
        ([ONE, TWO], [entry("new"), entry("one"), entry("two")], [entry("new"), ONE, TWO]),
        ([TWO, ONE], [entry("one"), entry("new"), entry("two")], [TWO, ONE, entry("new")]),
        # Gone from the code, or said to be: no trace, and no guess for the text in its place.
        ([ONE, TWO], [entry("two")], [TWO]),
        ([TWO, OBSOLETE], [entry("two")], [TWO]),
        ([TWO, OBSOLETE], [entry("one"), entry("two")], [TWO, ONE]),
        ([entry("once", "raz")], [entry("once more")], [entry("once more")]),
        ([PLURAL + 'msgstr[0] "a"\nmsgstr[1] "b"\n'], [entry("one")], [entry("one")]),
        # What stands around a translation.
        (
            [entry("one", "jeden", head="# Mind the case.\n")],
            [entry("one", head="#. On a button\n", file="b.py")],
            [entry("one", "jeden", head="# Mind the case.\n#. On a button\n", file="b.py")],
        ),
        (
            [entry("one %s", "jeden %s", file="a.py\n#, fuzzy, python-format")],
            [entry("one %s", file="a.py\n#, python-format")],
            [entry("one %s", "jeden %s", file="a.py\n#, fuzzy, python-format")],
        ),
        # The same word in another sense is another text.
        (
            [entry("May", "maj", context="month")],
            [entry("May"), entry("May", context="month")],
            [entry("May"), entry("May", "maj", context="month")],
        ),
        # A plural needs forms that the singular's translation does not have.
        (
            [ONE],
            [PLURAL + 'msgstr[0] ""\nmsgstr[1] ""\n'],
            [PLURAL + 'msgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""\n'],
        ),
        (
            [PLURAL + 'msgstr[0] "a"\nmsgstr[1] "b"\nmsgstr[2] "c"\n'],
            [PLURAL + 'msgstr[0] ""\nmsgstr[1] ""\n'],
            [PLURAL + 'msgstr[0] "a"\nmsgstr[1] "b"\nmsgstr[2] "c"\n'],
        ),
    ],
)
def test_catalogue_gets_what_is_new_and_loses_what_is_gone(before, template, after):
    changed = catalogue(*before)
    bring_up_to_date(changed, catalogue(*template))
    assert str(changed) == str(catalogue(*after))


def test_what_another_editor_saved_is_read_and_wrapped_as_before(tmp_path):
    """Poedit wraps at other places, writes a header of its own, and on Windows other line ends."""
    text = "Biuro przyjmuje od godziny ósmej, ale ostatni numerek wydaje kwadrans przed końcem."
    path = tmp_path / "django.po"
    wrapped = f'msgid ""\n"{text[:30]}"\n"{text[30:]}"\nmsgstr "{text}"\n'
    path.write_bytes((HEADER + "\n#: a.py\n" + wrapped).replace("\n", "\r\n").encode())
    saved = polib.pofile(str(path))
    bring_up_to_date(saved, catalogue(entry(text)))
    assert str(saved) == str(catalogue(entry(text, text)))
    assert "X-Generator: Poedit" in str(saved)
