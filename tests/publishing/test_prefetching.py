"""Many relations in one query, equal to what Django's own prefetching finds."""

import pytest
from django.core.exceptions import FieldDoesNotExist

from procedures.models import Procedure
from procedures.page import PARTS
from publishing.prefetching import prefetch_together
from tests.factories import make_procedure

pytestmark = pytest.mark.django_db


def test_it_finds_what_django_finds_in_one_query(django_assert_num_queries):
    for expected in Procedure.objects.prefetch_related(*PARTS):
        procedure = Procedure.objects.get(pk=expected.pk)
        with django_assert_num_queries(1):
            prefetch_together(procedure, *PARTS)
        with django_assert_num_queries(0):
            for name in PARTS:
                found, wanted = (
                    list(getattr(procedure, name).all()),
                    list(getattr(expected, name).all()),
                )
                assert found == wanted
                for one, other in zip(found, wanted, strict=True):
                    for field in one._meta.concrete_fields:
                        assert getattr(one, field.attname) == getattr(other, field.attname)
                    assert one.procedure is procedure


def test_nothing_is_found_for_a_record_without_parts():
    procedure = make_procedure()
    prefetch_together(procedure, "fees", "steps")
    assert list(procedure.fees.all()) == []


def test_an_unknown_relation_is_refused():
    with pytest.raises(FieldDoesNotExist):
        prefetch_together(make_procedure(), "wishes")
