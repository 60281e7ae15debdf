"""Hours to edit."""

import pytest

from tests.factories import make_channel, make_schedule, make_service_point


@pytest.fixture
def schedule():
    """Monday 08:00–16:00 at a counter."""
    return make_schedule("08:00–16:00", [0], channel=make_channel(make_service_point()))
