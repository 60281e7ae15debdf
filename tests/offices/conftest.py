"""Hours to edit, and an afternoon on which they hold."""

from datetime import datetime

import pytest
from django.utils import timezone

from offices.schedule import WARSAW
from tests.factories import make_channel, make_schedule, make_service_point


@pytest.fixture
def afternoon(monkeypatch):
    """Requests are answered on a Wednesday in November: no holiday, no change of date or clock."""
    moment = datetime(2026, 11, 25, 14, 30, 30, tzinfo=WARSAW)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    return moment


@pytest.fixture
def schedule():
    """Monday 08:00–16:00 at a counter."""
    return make_schedule("08:00–16:00", [0], channel=make_channel(make_service_point()))
