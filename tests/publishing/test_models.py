"""The workflow and the dates of published records."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from glossary.models import Term
from offices.schedule import WARSAW
from publishing.models import Status
from tests.factories import make_term

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=WARSAW)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("fields", "is_published", "is_withdrawn"),
    [
        ({"status": "draft"}, False, False),
        ({"status": "in_review"}, False, False),
        ({"status": "published"}, True, False),
        ({"status": "archived", "published_on": date(2026, 1, 1)}, False, True),
        ({"status": "archived"}, False, False),
        ({"publish_from": NOW}, True, False),
        ({"publish_from": NOW + HOUR}, False, False),
        ({"publish_until": NOW + HOUR}, True, False),
        ({"publish_until": NOW, "published_on": date(2026, 1, 1)}, False, True),
        ({"status": "draft", "publish_until": NOW}, False, False),
    ],
)
def test_row_and_query_agree_on_what_readers_see(no_content, fields, is_published, is_withdrawn):
    term = make_term(**fields)
    assert term.is_published(NOW) == is_published
    assert Term.objects.published(NOW).exists() == is_published
    assert Term.objects.withdrawn(NOW).exists() == is_withdrawn


def test_first_publication_is_dated_once():
    term = make_term(status="draft")
    assert term.published_on is None
    term.status = Status.PUBLISHED
    term.save(update_fields=["status"])
    term.refresh_from_db()
    assert term.published_on == timezone.localdate()
    term.published_on = date(2020, 1, 1)
    term.save()
    assert term.published_on == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("review_by", "is_overdue"),
    [(None, False), (date(2026, 11, 21), False), (date(2026, 11, 20), True)],
)
def test_a_review_is_overdue_after_its_day(no_content, review_by, is_overdue):
    term = make_term(review_by=review_by)
    day = date(2026, 11, 21)
    assert term.is_overdue_for_review(day) == is_overdue
    assert Term.objects.overdue_for_review(day).exists() == is_overdue


def test_first_publication_is_not_before_its_time(no_content):
    start = timezone.now() + timedelta(days=10)
    assert make_term(publish_from=start).published_on == timezone.localdate(start)


def test_a_language_gap_is_a_missing_or_empty_name(no_content):
    make_term(slug="none", name_uk=None)
    make_term(slug="empty", name_uk="")
    make_term(slug="full")
    assert {term.slug for term in Term.objects.missing_language("uk")} == {"none", "empty"}
    assert not Term.objects.missing_language("ru").exists()


def test_rich_text_is_sanitised_on_every_save():
    term = make_term()
    term.details_en = (
        '<p onclick="x()">A <b>b</b> <a href="javascript:x()">c</a></p><script>x()</script>'
    )
    term.save()
    term.refresh_from_db()
    assert "script" not in term.details_en
    assert "onclick" not in term.details_en
    assert "<p>A" in term.details_en


def test_saving_in_one_language_leaves_the_others_alone():
    """A missing translation must not be filled with the fallback text."""
    term = make_term(details_pl="<p>Treść</p>", details_en=None)
    term.save()
    term.refresh_from_db()
    assert not term.details_en
