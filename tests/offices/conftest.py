"""Hours to edit."""

import pytest

from tests.factories import make_channel, make_hours, make_service_point


@pytest.fixture
def schedule():
    """Monday 08:00–16:00 at a counter."""
    return make_hours({0: [("08:00", "16:00")]}, channel=make_channel(make_service_point()))
