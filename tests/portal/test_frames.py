"""Calls to and fro cost no memory of the system's, however deep they lie."""

import resource

import pytest

from portal.frames import room_for_frames


def _dig(depth):
    return depth and _dig(depth - 1)


def _to_and_fro(depth):
    if depth:
        return _to_and_fro(depth - 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(500):
        _dig(3)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


@pytest.mark.parametrize("first", range(0, 400, 100))
def test_no_depth_asks_for_memory_again_and_again(first):
    asked = [room_for_frames(_to_and_fro)(depth) for depth in range(first, first + 100)]
    assert max(asked) < 100
