"""Scenes with one to six heads, composed by seeds: the card shows no face a person could tell.

`make scenes` does the same with 1,500 and more portraits, see docs/faces.md.
"""

import pytest
from portraits import collins
from scenes import compose, judge


@pytest.fixture(scope="module")
def heads():
    return [collins()]


@pytest.mark.parametrize("start", range(0, 30, 10))
def test_no_face_is_left_in_scenes(finder, heads, start):
    outcomes = [judge(compose(seed, heads), finder) for seed in range(start, start + 10)]
    assert [outcome.left for outcome in outcomes] == [[]] * 10
    assert sum(outcome.faces for outcome in outcomes) > 10
    assert sum(outcome.whole_because is not None for outcome in outcomes) <= 4


def test_a_scene_is_judged_by_what_is_covered(finder, heads):
    """A finder that finds the first face only leaves the others, and that is noticed."""

    class FirstOnly:
        def find(self, image, until):
            return finder.find(image, until)[:1]

        def find_turned(self, image, box, until):
            return ()

    assert any(judge(compose(seed, heads), FirstOnly()).left for seed in range(10))
