"""The workflow and the dates of published records."""

from datetime import date, datetime, timedelta
from itertools import count, product

import pytest
from django.utils import timezone

from glossary.models import Term
from offices.schedule import WARSAW
from publishing.models import Status
from tests.factories import make_term
from tests.relations import kinds

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


DAY = timedelta(days=1)
LONG_AGO = date(2020, 1, 1)
# Where a record stands, and whether readers see it, could see it once, or never could.
STANDS = [
    ({"status": "draft"}, "never"),
    ({"status": "in_review", "published_on": LONG_AGO}, "never"),
    ({"status": "archived"}, "never"),
    ({"status": "archived", "published_on": LONG_AGO}, "once"),
    ({"status": "published"}, "now"),
    ({"status": "published", "publish_from": DAY}, "never"),
    ({"status": "published", "publish_from": -DAY, "publish_until": DAY}, "now"),
    ({"status": "published", "publish_until": -DAY, "published_on": LONG_AGO}, "once"),
]
_ORDER = ["never", "once", "now"]


def made(kind, stand, moment, **needed):
    """A record that stands so at ``moment``, from which its dates count."""
    fields = {
        name: moment + value if isinstance(value, timedelta) else value
        for name, value in stand.items()
    }
    for field in kind._meta.concrete_fields:
        if field.choices and not (field.blank or field.has_default()):
            needed[field.name] = field.choices[0][0]
    row = kind(slug=f"r-{next(numbers)}", name_pl="Nazwa", **fields, **needed)
    row.save()
    return row


numbers = count(1)


@pytest.mark.parametrize("kind", kinds())
def test_queries_rows_and_pages_agree_on_what_readers_see(client, no_content, kind):
    """Of a record that cannot be without another one, the one that is seen less decides."""
    moment = timezone.now()
    needs = [
        field
        for field in kind._meta.concrete_fields
        if field.is_relation and not field.null and field.related_model in kinds()
    ]
    expected = {}
    for stand, seen in STANDS:
        if not needs:
            expected[made(kind, stand, moment)] = seen
        for field, (other_stand, other_seen) in product(needs, STANDS):
            other = made(field.related_model, other_stand, moment)
            record = made(kind, stand, moment, **{field.name: other})
            expected[record] = min(seen, other_seen, key=_ORDER.index)
    published, withdrawn = kind.objects.published(moment), kind.objects.withdrawn(moment)
    for record, seen in expected.items():
        assert record.is_published(moment) == (record in published) == (seen == "now")
        assert (record in withdrawn) == (seen == "once")
        status = client.get(record.get_absolute_url()).status_code
        assert status == {"now": 200, "once": 410, "never": 404}[seen]
    for hours in range(-72, 73, 6):
        at = moment + hours * HOUR
        published = set(kind.objects.published(at))
        assert published == {record for record in expected if record.is_published(at)}
        assert published.isdisjoint(kind.objects.withdrawn(at))


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
