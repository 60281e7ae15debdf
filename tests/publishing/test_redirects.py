"""Old addresses lead on in one step, to the right place or nowhere."""

from random import Random

import pytest
from django.contrib.redirects.models import Redirect
from django.core.exceptions import ValidationError
from django.urls import reverse

from glossary.models import Term
from languages.available import LANGUAGE_CODES
from publishing.redirects import destination, is_page
from tests.factories import (
    make_office,
    make_procedure,
    make_service_point,
    make_term,
)
from tests.forms import filled

pytestmark = pytest.mark.django_db

OLD = "/en/glossary/old-word/"
SLUGS = ["a", "b", "c"]


def enter(old_path, new_path):
    """An entry that no form has checked."""
    return Redirect.objects.create(site_id=1, old_path=old_path, new_path=new_path)


def lead(client, address):
    """The answer at ``address``, and where it leads."""
    response = client.get(address, headers={"host": "localhost"})
    return response.status_code, response.get("Location")


def rename(record, slug):
    record.slug = slug
    record.save()


@pytest.mark.parametrize(
    ("make", "section", "below"),
    [
        (make_office, "offices", ["calendar.ics"]),
        (make_service_point, "service-points", ["days/"]),
        (make_procedure, "procedures", ["beside-polish/", "?who=eu"]),
        (make_term, "glossary", ["?a=b&c"]),
    ],
)
def test_a_renamed_record_takes_the_pages_below_it_along(client, make, section, below):
    record = make(slug="old")
    rename(record, "newer")
    rename(record, "newest")
    for language in LANGUAGE_CODES:
        for rest in ["", *below]:
            here = f"/{language}/{section}/newest/{rest}"
            for old in ("old", "newer"):
                assert lead(client, f"/{language}/{section}/{old}/{rest}") == (301, here)
    assert client.get(here).status_code == 200


def test_an_old_address_without_its_last_slash_takes_one_step_too(client):
    rename(make_term(slug="old-word"), "new-word")
    assert lead(client, OLD.removesuffix("/")) == (301, "/en/glossary/new-word/")
    assert lead(client, "/en/glossary/new-word") == (301, "/en/glossary/new-word/")


@pytest.mark.parametrize(
    ("target", "leads_to"), [("/en", "/en/"), ("/en/offices/urzad?x=1", "/en/offices/urzad/?x=1")]
)
def test_a_target_without_its_last_slash_is_a_page_too(client, target, leads_to):
    make_office(slug="urzad")
    enter("/old/", target)
    assert lead(client, "/old/") == (301, leads_to)


@pytest.mark.parametrize("target", ["/en/offices/urzad", "/en/offices/urzad/"])
def test_whoever_had_the_name_of_a_hidden_record_before_is_not_meant(client, target):
    make_office(slug="urzad", status="draft")
    make_office(slug="other")
    enter("/en/offices/urzad/", "/en/offices/other/")
    enter("/old/", target)
    assert lead(client, "/old/")[0] == 404


def test_two_records_swap_their_names(client):
    one, other = make_term(slug="one", name_en="First"), make_term(slug="other", name_en="Second")
    rename(one, "meanwhile")
    rename(other, "one")
    rename(one, "other")
    assert "<h1>Second" in client.get("/en/glossary/one/").content.decode()
    assert "<h1>First" in client.get("/en/glossary/other/").content.decode()
    assert lead(client, "/en/glossary/meanwhile/") == (301, "/en/glossary/other/")


def test_a_name_that_is_not_saved_leads_nowhere():
    term = make_term(slug="old-word")
    term.slug = "new-word"
    term.save(update_fields=["status"])
    assert not Redirect.objects.exists()


def test_the_name_of_a_draft_was_never_seen(client):
    draft = make_term(slug="old-word", status="draft")
    rename(draft, "secret-name")
    assert lead(client, OLD) == (404, None)
    draft.status = "published"
    draft.save()
    assert lead(client, OLD) == (404, None)


def test_what_led_to_a_record_that_is_deleted_does_not_lead_to_its_successor(client):
    one = make_term(slug="old-word")
    rename(one, "new-word")
    Term.objects.filter(pk=one.pk).delete()
    assert lead(client, OLD) == (404, None)
    make_term(slug="new-word")
    assert lead(client, OLD) == (404, None)


def test_no_earlier_name_of_a_deleted_record_leads_to_the_successor_of_a_later_one(client):
    one = make_term(slug="old-word")
    rename(one, "new-word")
    rename(one, "newest-word")
    Term.objects.filter(pk=one.pk).delete()
    make_term(slug="new-word")
    assert lead(client, OLD) == (404, None)


@pytest.mark.parametrize("path", ["/en/glossary/old%00word/", "/%00", "/en/" + "a" * 5000])
def test_a_path_that_no_entry_can_have_is_not_found(client, path):
    assert lead(client, path) == (404, None)


def test_a_hidden_record_does_not_lead_to_whoever_had_its_name_before(client):
    rename(make_term(slug="name"), "elsewhere")
    hidden = make_term(slug="old-word")
    rename(hidden, "name")
    Term.objects.filter(pk=hidden.pk).update(status="draft")
    enter("/en/glossary/name/", "/en/glossary/elsewhere/")
    assert lead(client, "/en/glossary/name/") == (301, "/en/glossary/elsewhere/")
    assert lead(client, OLD) == lead(client, OLD + "more/") == (404, None)


def test_a_name_that_another_record_took_leads_there_and_no_longer_to_the_first(client):
    one, other = make_term(slug="old-word"), make_term(slug="other", status="draft")
    rename(one, "new-word")
    rename(other, "old-word")
    assert lead(client, OLD) == (301, "/en/glossary/new-word/")
    other.status = "published"
    other.save(update_fields=["status"])
    assert lead(client, OLD) == (200, None)
    Term.objects.filter(pk=other.pk).delete()
    assert lead(client, OLD) == (404, None)


class Records:
    """Terms that come, go and change names, and who was last seen under each name."""

    def __init__(self):
        self.living: list[Term] = []
        self.last_seen: dict[str, Term] = {}

    def at(self, slug):
        return next((one for one in self.living if one.slug == slug), None)

    def save(self, record, former=None):
        record.save()
        if former and record.published_on:
            self.last_seen[former] = record
        if record.is_published():
            self.last_seen[record.slug] = record

    def rename(self, record, slug):
        former, record.slug = record.slug, slug
        self.save(record, former)

    def act(self, chance):
        """Do something to some record."""
        slug = chance.choice(SLUGS)
        status = chance.choice(["published", "published", "draft", "archived"])
        if not self.living or chance.random() < 0.2:
            if not self.at(slug):
                self.living.append(record := Term(slug=slug, status=status, name_pl="Nazwa"))
                self.save(record)
            return
        record = chance.choice(self.living)
        action = chance.choice(["rename", "rename", "swap", "status", "delete"])
        if action == "rename" and not self.at(slug):
            self.rename(record, slug)
        elif action == "swap" and (other := chance.choice(self.living)) != record:
            slugs = record.slug, other.slug
            for one, slug in [(record, "meanwhile"), (other, slugs[0]), (record, slugs[1])]:
                self.rename(one, slug)
        elif action == "status":
            record.status = status
            self.save(record)
        elif action == "delete":
            self.living.remove(record)
            Term.objects.filter(slug=record.slug).delete()

    def status(self, record):
        if record not in self.living:
            return 404
        was_withdrawn = record.status == "archived" and record.published_on
        return 200 if record.is_published() else 410 if was_withdrawn else 404

    def expected(self, slug):
        """The status at the name, and the record to which it leads on."""
        if (holder := self.at(slug)) and (status := self.status(holder)) != 404:
            return status, None
        seen = self.last_seen.get(slug)
        return (301, seen) if seen and self.status(seen) != 404 else (404, None)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_to_names_they_lead_to_the_right_record_or_nowhere(
    client, no_content, seed
):
    chance, records = Random(seed), Records()  # noqa: S311
    for _ in range(20):
        records.act(chance)
        language = chance.choice(LANGUAGE_CODES)
        for slug in [*SLUGS, "meanwhile"]:
            address = f"/{language}/glossary/{slug}/"
            status, record = records.expected(slug)
            target = f"/{language}/glossary/{record.slug}/" if record else None
            assert is_page(address) == (status in {200, 410})
            assert is_page(address) or destination(address, "localhost") == target
    for slug in [*SLUGS, "meanwhile"]:
        status, record = records.expected(slug)
        response = client.get(f"/uk/glossary/{slug}/", follow=True)
        if record is None:
            assert (response.status_code, response.redirect_chain) == (status, [])
        else:
            assert response.redirect_chain == [(f"/uk/glossary/{record.slug}/", 301)]
            assert response.status_code == records.status(record)


@pytest.mark.parametrize(
    ("target", "asked", "found"),
    [
        # Where the page below begins is no part of the host's name.
        ("https://www.gov.pl", OLD + ".evil.example/x", "https://www.gov.pl"),
        ("https://www.gov.pl", OLD + "?a=b", "https://www.gov.pl"),
        ("https://www.gov.pl/a?b=c#d", OLD, "https://www.gov.pl/a?b=c#d"),
        ("https://żółw.example/ł", OLD, "https://xn--w-uga1v8h.example/%C5%82"),
        ("/en/offices/", OLD, "/en/offices/"),
        ("/en/offices/?kind=state#main", OLD + "?who=eu", "/en/offices/?kind=state&who=eu#main"),
        ("/pl/glossary/pesel/", OLD + "ą/", "/pl/glossary/pesel/%C4%85/"),
        ("/", OLD, "/"),
        # Our own host by its full address is a path like any other.
        ("https://localhost/en/offices/", OLD, "/en/offices/"),
        ("https://localhost:443/en/offices/", OLD, "/en/offices/"),
        ("/en/nothing/here/", OLD, None),
        ("/robots.txt", OLD, "/robots.txt"),
        ("/robots.txt", OLD + "more/", None),
        ("/", OLD + "/evil.example/", None),
        (OLD, OLD, None),
        (OLD + "more/", OLD, None),
        ("https://localhost" + OLD, OLD, None),
        ("https://localhost//evil.example/", OLD, None),
        ("//evil.example/", OLD, None),
        ("/\\evil.example/", OLD, None),
        ("\\\\evil.example/", OLD, None),
        ("/\t/evil.example/", OLD, None),
        ("javascript:alert(1)", OLD, None),
        ("data:text/html,x", OLD, None),
        ("http://www.gov.pl/", OLD, None),
        ("https:///evil.example", OLD, None),
        ("https:evil.example", OLD, None),
        ("https://www.gov.pl@evil.example/", OLD, None),
        ("https://www.gov.pl\\@evil.example/", OLD, None),
        ("https://www.gov.pl／.evil.example/", OLD, None),
        ("https://www.gov.pl/\r\nSet-Cookie: a=b", OLD, None),
        ("en/offices/", OLD, None),
        (" /en/offices/", OLD, None),
        ("/en/offices/\u202e", OLD, None),
    ],
)
def test_a_target_is_safe_when_it_is_used(client, target, asked, found):
    enter(OLD, target)
    assert lead(client, asked) == ((301, found) if found else (404, None))


@pytest.mark.parametrize("asked", [OLD, OLD + "more/", OLD.removesuffix("/")])
def test_an_empty_target_says_that_the_page_is_gone(client, asked):
    enter(OLD, "")
    response = client.get(asked)
    assert response.status_code == 410
    assert "This page was withdrawn" in response.content.decode()


def test_entries_that_lead_to_each_other_are_followed_at_once(client):
    enter("/old", "/en/glossary/b/?by=polish")
    enter("/en/glossary/b/", "/en/c/")
    enter("/en/c/", "/en/glossary/pesel/#meaning")
    assert lead(client, "/old") == (301, "/en/glossary/pesel/#meaning")
    Redirect.objects.filter(old_path="/en/c/").update(new_path="/old")
    assert lead(client, "/old") == (404, None)


@pytest.mark.parametrize(
    ("old_path", "asked"),
    [
        ("/old", "/old"),
        ("/old", "/old/"),
        ("/old/", "/old"),
        ("/index.php", "/index.php"),
        ("/en/old-page/", "/en/old-page/"),
        ("/pl/żółw/", "/pl/%C5%BC%C3%B3%C5%82w/"),
        ("/pl/%C5%BC%C3%B3%C5%82w/", "/pl/%C5%BC%C3%B3%C5%82w/"),
        ("/en/glossary/old/more/", "/en/glossary/old/more/"),
    ],
)
def test_any_path_can_be_an_old_address(client, old_path, asked):
    enter("/en/glossary/old/", "/en/")
    enter(old_path, "/en/offices/")
    assert lead(client, asked) == (301, "/en/offices/")


def test_a_page_that_is_there_is_never_led_away_from(client):
    enter("/en/glossary/pesel/", "/en/offices/")
    enter("/en/offices/", "/en/glossary/")
    assert lead(client, "/en/glossary/pesel/") == (200, None)
    assert lead(client, "/en/glossary/pesel") == (301, "/en/glossary/pesel/")
    assert lead(client, "/en/offices/?page=99") == (404, None)
    enter("/old", "/en/offices/")
    assert client.post("/old").status_code == 404
    assert client.head("/old").status_code == 301


FAULTS = [
    ("old_path", "/en/offices/", "/en/", "There is a page at this address"),
    ("old_path", "/en/glossary/pesel/", "/en/", "There is a page at this address"),
    ("old_path", "/taken/", "/en/", "There is a redirect from this address already"),
    ("old_path", "old", "/en/", "Write the path alone"),
    ("old_path", "//old", "/en/", "Write the path alone"),
    ("old_path", "https://localhost/old", "/en/", "Write the path alone"),
    ("old_path", "/old?a=b", "/en/", "Write the path alone"),
    ("old_path", "/old#a", "/en/", "Write the path alone"),
    ("old_path", "/a\u00a0b", "/en/", "no spaces"),
    ("old_path", "/old%00", "/en/", "no spaces"),
    ("old_path", "/a/../b", "/en/", "Browsers never ask"),
    ("old_path", "/" + "a" * 200, "/en/", "at most 200 characters"),
    ("new_path", "/old", "javascript:alert(1)", "Begin with one slash"),
    ("new_path", "/old", "http://www.gov.pl/", "Begin with one slash"),
    ("new_path", "/old", "//evil.example", "Begin with one slash"),
    ("new_path", "/old", "/\\evil.example", "no spaces, backslashes"),
    ("new_path", "/old", "https://a@evil.example", "no full address"),
    ("new_path", "/old", "https://", "no full address"),
    ("new_path", "/old", "https://www.gov.pl:99999/", "no full address"),
    ("new_path", "/old", "/old", "leads back here"),
    ("new_path", "/old", "https://localhost/old", "leads back here"),
    ("new_path", "/old", "/en/nothing/", "find no page there"),
    ("new_path", "/old", "/en/glossary/a-draft/", "find no page there"),
    ("new_path", "/old", "/", None),
    ("new_path", "/old", "", None),
    ("new_path", "/old", "/taken/", None),
    ("new_path", "/pl/%C5%BC%C3%B3%C5%82w/", "https://www.gov.pl", None),
    ("new_path", "/files/A%20form.pdf", "https://www.gov.pl/", None),
]


@pytest.mark.parametrize(("field", "old_path", "new_path", "fault"), FAULTS)
def test_an_entry_is_checked_when_it_is_entered(editor, field, old_path, new_path, fault):
    make_term(slug="a-draft", status="draft")
    enter("/taken/", "/en/")
    address = reverse("admin:redirects_redirect_add")
    data = {"old_path": old_path, "new_path": new_path}
    response = editor.post(address, data, headers={"host": "localhost"})
    if fault is None:
        assert response.status_code == 302
        assert lead(editor, old_path)[0] in {301, 410}
    else:
        errors = response.context["adminform"].form.errors
        assert list(errors) == [field]
        assert fault in str(errors[field])


def test_an_entry_can_be_changed_where_it_stands(editor):
    entry = enter("/old", "/nowhere/")
    address = reverse("admin:redirects_redirect_change", args=[entry.pk])
    response = editor.post(address, filled(editor.get(address)) | {"new_path": "/en/about/"})
    assert response.status_code == 302
    assert lead(editor, "/old") == (301, "/en/about/")


@pytest.mark.parametrize(
    ("field", "value"), [("old_path", "old"), ("new_path", "javascript:alert(1)")]
)
def test_no_form_of_an_entry_takes_what_is_unsafe(field, value):
    entry = Redirect(**{"site_id": 1, "old_path": "/old", "new_path": "/en/"} | {field: value})
    with pytest.raises(ValidationError) as caught:
        entry.full_clean()
    assert list(caught.value.message_dict) == [field]


def test_our_own_host_is_known_by_its_name_in_any_spelling():
    entry = enter("/old/", "https://Żółw.example/old/")
    assert destination(entry.old_path, "xn--w-uga1v8h.example") is None
    assert destination(entry.old_path, "localhost") == "https://xn--w-uga1v8h.example/old/"


def test_an_unsafe_entry_is_named_in_the_log(client, caplog):
    entry = enter(OLD, "javascript:alert(1)")
    client.get(OLD)
    assert f"Redirect {entry.pk} leads to no safe address" in caplog.text
