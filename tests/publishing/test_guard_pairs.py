"""Pairs of saves from two open forms: whatever either did is stored, or its author was told.

``GUARD_PAIRS=300`` tries more.
"""

import os
from random import Random

import pytest

from tests.factories import make_editor
from tests.forms import filled, text
from tests.publishing.edits import MAKERS, edits, page_of

pytestmark = pytest.mark.django_db


def overrules(one, other) -> bool:
    """Whether what one does leaves nothing of what the other did."""
    return one.where == other.where or (one.where[:2] == other.where[:2] and one.is_deletion)


@pytest.mark.parametrize("seed", range(int(os.environ.get("GUARD_PAIRS", "24"))))
def test_nothing_of_two_saves_is_lost_in_silence(client, seed):
    client.force_login(
        make_editor(username=f"anna-{seed}", first_name="Anna", last_name=f"Nowak{seed}")
    )
    random = Random(seed)  # noqa: S311 - the same in each run
    record = MAKERS[[*MAKERS][seed % len(MAKERS)]]()
    address = page_of(record)
    page = client.get(address)
    mine, theirs = edits(page, random), edits(page, random)
    sent, sent_by_other = filled(page), filled(page)
    for edit in theirs:
        edit.change(sent_by_other)
    for edit in mine:
        edit.change(sent)

    response = client.post(address, sent_by_other)
    assert response.status_code == 302, errors_of(response)
    assert all(edit.is_stored() for edit in theirs)

    refused = client.post(address, sent)
    assert refused.status_code == 200
    html = text(refused)
    assert "Not saved: it was changed meanwhile" in html
    assert f"Anna Nowak{seed}" in html
    # Nothing of theirs is undone, and all of it is told.
    for edit in theirs:
        assert edit.is_stored()
        box = html.split('class="refusal"')[1].split("</section>")[0]
        # What was added is named, and stands in the form.
        assert edit.mark in (html if edit.is_addition else box), edit.mark
        assert "Added meanwhile" in box or not edit.is_addition
    # Nothing of mine is lost.
    for edit in mine:
        assert edit.is_deletion or edit.mark in html, edit.mark

    response = client.post(address, filled(refused))
    assert response.status_code == 302, errors_of(response)
    for edit in theirs:
        assert edit.is_stored() or any(overrules(one, edit) for one in mine), edit.mark
    for edit in mine:
        assert edit.is_stored() or any(
            other.is_deletion and other.where[:2] == edit.where[:2] for other in theirs
        ), edit.mark


def errors_of(response) -> list:
    formsets = [one.formset.errors for one in response.context["inline_admin_formsets"]]
    other = [one.formset.non_form_errors() for one in response.context["inline_admin_formsets"]]
    return str(
        [
            response.context["adminform"].form.errors,
            *formsets,
            *other,
            response.context.get("refusal"),
        ]
    )
