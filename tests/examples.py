"""How many examples random tests draw.

The same ones in each run: what has passed does not fail by itself. ``HYPOTHESIS_PROFILE=search``
draws others, and twenty times as many.
"""

import os

from hypothesis import Phase, settings

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "same")
# To explain a failure takes minutes where examples are whole schedules.
_PHASES = [phase for phase in Phase if phase is not Phase.explain]

settings.register_profile("same", derandomize=True, deadline=None, phases=_PHASES)
settings.register_profile("search", deadline=None, phases=_PHASES, max_examples=2000)


def examples(count: int) -> settings:
    """For a test that draws more or fewer than others."""
    return settings(max_examples=count * (20 if PROFILE == "search" else 1))
