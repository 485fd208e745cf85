"""What is counted of a request, and how it is timed."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/nl/", "page"),
        ("/data/figures.csv", "page"),
        ("/nowhere", "page"),
        ("/healthz", "health"),
        ("/readyz", "health"),
        ("/card/x/nl/BE/1y/none.jpg", "card"),
    ],
)
def test_what_is_no_page_is_timed_apart_from_pages(path, kind, app, client):
    """The alert on slow pages must not wake for a start, or for a card."""

    def timed():
        numbers = app.extensions["metrics"].registry
        return {
            each: numbers.get_sample_value("schatje_request_seconds_count", {"kind": each}) or 0
            for each in ("page", "card", "health")
        }

    before = timed()
    client.get(path)

    assert timed() == before | {kind: before[kind] + 1}
