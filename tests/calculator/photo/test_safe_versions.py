"""A site with an image library known to be unsafe does not start."""

from __future__ import annotations

import datetime

import pytest

from calculator.photo import safe_versions
from calculator.photo.safe_versions import (
    MINIMUMS,
    READERS,
    refuse_unsafe_versions,
    version_numbers,
)


def test_what_is_installed_is_safe():
    refuse_unsafe_versions()


@pytest.mark.parametrize("minimum", MINIMUMS, ids=lambda minimum: minimum.library)
def test_every_library_tells_its_version_and_every_line_says_why(minimum):
    told = READERS[minimum.library]()

    assert told is not None
    assert len(version_numbers(told)) >= 3
    assert len(version_numbers(minimum.version)) == 3
    assert "CVE-" in minimum.reason
    assert datetime.date.fromisoformat(minimum.date)


@pytest.mark.parametrize("minimum", MINIMUMS, ids=lambda minimum: minimum.library)
def test_an_older_one_is_refused_by_name_and_a_later_patch_is_not(minimum, monkeypatch):
    numbers = version_numbers(minimum.version)
    later = ".".join(map(str, (*numbers[:-1], numbers[-1] + 1)))
    monkeypatch.setitem(READERS, minimum.library, lambda: f"decoder, version {later}")
    refuse_unsafe_versions()
    monkeypatch.setitem(READERS, minimum.library, lambda: "decoder, version 0.9.99")

    with pytest.raises(ValueError, match=f"{minimum.library}.*at least {minimum.version}.*CVE-"):
        refuse_unsafe_versions()


def test_a_library_that_tells_nothing_readable_is_refused(monkeypatch):
    monkeypatch.setitem(READERS, "libheif", lambda: "unknown")

    with pytest.raises(ValueError, match="libheif"):
        refuse_unsafe_versions()


def test_a_library_that_is_not_built_in_is_no_danger(monkeypatch):
    monkeypatch.setitem(READERS, "libwebp", lambda: None)

    refuse_unsafe_versions()


def test_the_site_does_not_start_with_one(make_app, monkeypatch):
    monkeypatch.setitem(safe_versions.READERS, "Pillow", lambda: "12.3.0")

    with pytest.raises(ValueError, match=r"Pillow is '12\.3\.0'"):
        make_app()
