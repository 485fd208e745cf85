"""Pages kept in memory: the same page, compressed, bounded, forgotten with its state."""

from __future__ import annotations

from campaign.web.page_cache import KeptPage, PageCache


def test_a_page_from_memory_is_the_same_page_with_the_same_headers(client):
    first, again = client.get("/nl/methode"), client.get("/nl/methode?fbclid=x")

    assert again.data == first.data
    for response in (first, again):
        response.headers.pop("Date")  # a second may pass between the two
    assert dict(again.headers) == dict(first.headers)
    assert not again.headers.get("Set-Cookie")


def test_a_page_from_memory_comes_compressed_and_is_not_sent_again(client):
    plain = client.get("/fr/methode").data
    first = client.get("/fr/methode", headers={"Accept-Encoding": "gzip"})
    again = client.get("/fr/methode", headers={"Accept-Encoding": "gzip"})
    kept = client.get("/fr/methode", headers={"If-None-Match": again.headers["ETag"],
                                       "Accept-Encoding": "gzip"})  # fmt: skip

    assert first.data == again.data != plain
    assert again.headers["Content-Encoding"] == "gzip"
    assert again.headers["Vary"] == "Accept-Encoding"
    assert (kept.status_code, kept.data) == (304, b"")
    assert client.head("/fr/methode").data == b""


def test_another_host_gets_no_page_from_memory(client):
    assert client.get("/nl/privacy").status_code == 200

    assert client.get("/nl/privacy", headers={"Host": "evil.example"}).status_code == 400


def test_filters_and_searches_each_have_their_own_page(client):
    every, some = client.get("/nl/bronnen"), client.get("/nl/bronnen?kind=court")
    assert len(some.data) < len(every.data)
    assert client.get("/nl/bronnen").data == every.data

    assert client.get("/nl/faq?q=xyzzy").data != client.get("/nl/faq").data
    assert client.get("/nl/faq?q=foto").data != client.get("/nl/faq?q=xyzzy").data


def test_pages_are_forgotten_when_the_state_changes():
    cache, page = PageCache(), KeptPage(b"x", b"x", b"x", "text/html", "tag")
    old, new = (object(),), (object(),)
    cache.put(old, ("/nl/",), page)

    assert cache.get(old, ("/nl/",)) is page
    assert cache.get(new, ("/nl/",)) is None
    assert cache.get(old, ("/nl/",)) is None


def test_pages_in_memory_are_bounded():
    cache, state = PageCache(most_bytes=250), (object(),)
    for number in range(5):
        cache.put(state, (number,), KeptPage(bytes(60), bytes(20), bytes(20), "text/html", "tag"))

    assert len(cache) == 2
    assert cache.get(state, (4,))
