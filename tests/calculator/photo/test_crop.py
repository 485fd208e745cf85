"""A photo is cropped around its faces, to the shape of the picture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculator.photo.faces import Face
from calculator.photo.protect import choose_crop


def face_at(x, y, size=40):
    return Face(x - 20, y - 15, size, size, ((x - 8, y), (x + 8, y)), 0.9)


def test_crop_puts_the_eyes_at_42_percent_of_the_height():
    left, top, right, bottom = choose_crop((600, 1200), (600, 400), [face_at(300, 500)])
    assert (left, right) == (0, 600)
    assert bottom - top == pytest.approx(400)
    assert 500 - top == pytest.approx(0.42 * 400)


def test_crop_stays_in_the_photo_when_the_face_is_at_its_edge():
    assert choose_crop((600, 1200), (600, 400), [face_at(300, 20)])[1] == 0
    assert choose_crop((600, 1200), (600, 400), [face_at(300, 1190)])[3] == 1200


def test_crop_keeps_all_faces_when_they_fit():
    faces = [face_at(300, 100), face_at(700, 300)]
    left, _, right, _ = choose_crop((1600, 600), (500, 600), faces)
    assert left <= 280
    assert right >= 720


def test_crop_keeps_the_largest_when_they_do_not_fit():
    faces = [face_at(1300, 100, 80), face_at(100, 300), face_at(1200, 300)]
    left, _, right, _ = choose_crop((1600, 600), (500, 600), faces)
    assert left <= 1180
    assert right >= 1360


def test_crop_is_the_middle_without_a_face():
    assert choose_crop((1600, 600), (600, 600), []) == (500, 0, 1100, 600)


@given(
    st.tuples(st.integers(1, 5000), st.integers(1, 5000)),
    st.tuples(st.integers(1, 2000), st.integers(1, 2000)),
    st.lists(st.tuples(st.floats(-50, 5000), st.floats(-50, 5000)), max_size=4),
)
def test_crop_has_the_shape_asked_and_lies_in_the_photo(size, wanted, places):
    left, top, right, bottom = choose_crop(size, wanted, [face_at(*place) for place in places])
    assert -1e-6 <= left < right <= size[0] + 1e-6
    assert -1e-6 <= top < bottom <= size[1] + 1e-6
    assert (right - left) / (bottom - top) == pytest.approx(wanted[0] / wanted[1])
