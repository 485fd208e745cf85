"""What nginx keeps in memory: what everyone gets alike, in the right form, and never for long."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import signal
import threading
import time

import brotli
import pytest
from composition import change_a_figure, make_nginx
from running import ending
from visiting import Visitor

from campaign.views.sources import FILTERS

WAYS = [
    ("br", "br"), ("gzip, deflate, br, zstd", "br"), ("BR", "br"), ("gzip;q=1.0, br;q=0.001", "br"),
    ("br;q=0, gzip", "gzip"), ("gzip", "gzip"), ("GZIP;q=0.5", "gzip"), ("deflate, gzip", "gzip"),
    ("br;q=0.000,gzip;q=0", None), ("identity", None), ("", None), ("brotli, xgzip", None),
    ("x-br", None),
]  # fmt: skip
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
MARK = "qzxmarkqzx"


def asked(sites, route):
    """Return how many requests of a route have reached the instances."""
    time.sleep(0.3)  # their lines may still be on the way
    return sum(f" route={route} " in line for site in sites for line in site.written)


def keys_of(nginx):
    """Return the keys of all that nginx keeps, from its own files."""
    files = [path for path in nginx.kept.rglob("*") if path.is_file()]
    return {re.search(rb"KEY: (.*)\n", path.read_bytes())[1].decode() for path in files}


def figures_at(port, headers=None):
    return json.loads(Visitor(port).ask("/data/figures.json", headers=headers).body)["digest"]


@pytest.mark.parametrize(("spelling", "form"), WAYS)
def test_every_spelling_gets_the_form_it_can_read(spelling, form, whole):
    headers = {"Accept-Encoding": spelling}
    visitor = Visitor(whole.port)
    for path in ("/nl/methode", "/data/figures.json", "/nl/methode?fbclid=1"):
        answer = visitor.ask(path, headers=headers)

        assert answer.status == 200
        assert answer.headers.get("content-encoding") == form
        assert answer.headers["vary"] == "Accept-Encoding"
        own = Visitor(whole.sites[0].port).ask(path, headers={"Accept-Encoding": form or ""})
        assert answer.body == own.body
        for name in ("etag", "content-type", "cache-control", "content-security-policy"):
            assert answer.headers[name] == own.headers[name], name
        assert not answer.headers.get("set-cookie")

        for tags in (answer.headers["etag"], f'"x", W/{answer.headers["etag"]}'):
            again = visitor.ask(path, headers=headers | {"If-None-Match": tags})
            assert (again.status, again.body) == (304, b"")
            assert again.headers["etag"] == answer.headers["etag"]
        head = visitor.ask(path, "HEAD", headers=headers)
        assert (head.status, head.body) == (200, b"")
        assert head.headers["etag"] == answer.headers["etag"]
        whole_again = visitor.ask(path, headers=headers | {"Range": "bytes=0-9"})
        assert whole_again.status == 200 or whole_again.body == answer.body[:10]


def test_languages_are_not_mixed_up(whole):
    for language in ("nl", "fr", "de", "en"):
        page = Visitor(whole.port).ask(f"/{language}/faq", headers={"Accept-Language": "fr"}).text
        assert f'<html lang="{language}"' in page


def test_what_changes_nothing_makes_no_page_anew(whole):
    visitor = Visitor(whole.port)
    same = visitor.ask("/fr/sources").body
    before = asked(whole.sites, "/fr/sources")
    for number in range(200):
        query = f"fbclid={number}&utm_source=%3D+{number}&x{number}&=&b{number}=a?b"
        assert visitor.ask(f"/fr/sources?{query}").body == same

    # A new one every two seconds, of one form.
    assert asked(whole.sites, "/fr/sources") - before < 20
    assert not {key for key in keys_of(whole.nginx) if "?" in key or "fbclid" in key}


def test_whatever_the_site_reads_is_never_answered_by_another_page(whole):
    visitor = Visitor(whole.port)
    every = visitor.ask("/nl/bronnen").body
    some = visitor.ask("/nl/bronnen?kind=court").body
    assert len(some) < len(every)
    for query in ("%6bind=court", "fbclid=1&kind=court", "a=b&%6Bind=court", "kind=court&fbclid"):
        assert visitor.ask(f"/nl/bronnen?{query}").body == some, query
    for query in ("fbclid=1%26kind=court", "fbclid=1;kind=court", "kin=court", "kindx=court"):
        assert visitor.ask(f"/nl/bronnen?{query}").body == every, query
    assert visitor.ask("/nl/bronnen").body == every
    assert visitor.ask("/nl/faq?q=foto").body != visitor.ask("/nl/faq").body
    led = visitor.ask("/nl/bereken?region=BE&period=1y&fbclid=1")
    assert (led.status, led.headers["location"]) == (301, "/nl/resultaat/BE/1y")
    assert visitor.ask("/nl/bereken").status == 200
    assert set(FILTERS) <= {"region", "kind", "scope", "measure"}, "nginx.conf knows all names"


def test_only_what_everyone_gets_alike_is_kept(whole):
    visitor = Visitor(whole.port)
    page = visitor.ask("/nl/resultaat/BE/1y").text
    card = "/card/" + page.partition("/card/")[2].partition('"')[0]
    style = "/static/" + page.partition("/static/")[2].partition('"')[0]
    old_style = re.sub(r"/[0-9a-f]{12}/", "/000000000000/", style)
    old_card = re.sub(r"/[0-9a-f]{12}/", "/000000000000/", card)
    never = ["/", "/nl/foto", "/nl", "/nl/nowhere", "/healthz", "/readyz", "/nl/faq?q=foto",
             "/nl/resultaat?region=BE&period=1y", old_style, old_card, "/nl//hulp",
             "/nl/%2e%2e/nl/hulp", "/NL/Hulp", "/favicon.ico"]  # fmt: skip
    for path in (*never, card, style, "/downloads/press-kit.zip", "/nl/hulp", "/sitemap.xml"):
        visitor.ask(path, headers={"Cookie": "form=x", "Accept-Encoding": "gzip"})
    visitor.open_form()
    visitor.send_form()
    kept = keys_of(whole.nginx)

    assert {card, f"gzip {style}", "gzip /nl/hulp", "gzip /sitemap.xml"} <= kept
    for path in never:
        assert not any(key.endswith(f" {path}") or key == path for key in kept), path
    assert not {key for key in kept if "foto" in key or "photo" in key}
    first, second = Visitor(whole.port), Visitor(whole.port, "127.0.3.1")
    for each in (first, second):
        each.open_form()
    assert first.cookie
    assert first.cookie != second.cookie


def test_nothing_of_a_visitor_is_kept_or_reaches_the_site(whole):
    sent = dict.fromkeys(("User-Agent", "Referer", "X-Forwarded-For", "From"), f"{MARK}")
    sent |= {"Cookie": f"a={MARK}", "Accept-Encoding": f"br, {MARK}", "Accept-Language": MARK}
    for path in ("/nl/hulp", f"/nl/hulp?fbclid={MARK}", f"/nl/faq?q={MARK}", f"/nl/{MARK}"):
        Visitor(whole.port, "127.0.77.1").ask(path, headers=sent)

    for path in whole.nginx.kept.rglob("*"):
        if path.is_file():
            text = path.read_bytes()
            assert MARK.encode() not in text
            assert b"127.0.77" not in text
    assert whole.nginx.kept.stat().st_mode & 0o077 == 0


def test_an_edit_is_live_within_ten_seconds_also_where_nobody_looked(whole, tell):
    quiet = {"Accept-Encoding": "gzip"}
    before = Visitor(whole.port).ask("/data/figures.json", headers=quiet).body
    old = figures_at(whole.port)
    for site in whole.sites:
        change_a_figure(site.sources)
    began = time.monotonic()
    while figures_at(whole.port) == old:
        assert time.monotonic() - began < 60
        time.sleep(0.2)
    seen = time.monotonic() - began
    time.sleep(max(0.0, began + 10 - time.monotonic()))

    assert Visitor(whole.port).ask("/data/figures.json", headers=quiet).body != before
    tell(f"an edit seen through nginx after {seen:.1f} s")


def test_while_one_renews_a_page_the_others_get_the_one_before(whole):
    first = Visitor(whole.port).ask("/de/hilfe").body
    time.sleep(3.5)  # nginx counts in whole seconds
    every = [pid for site in whole.sites for pid in site.processes()]
    renewing = threading.Thread(target=Visitor(whole.port).ask, args=("/de/hilfe",), daemon=True)
    for pid in every:
        os.kill(pid, signal.SIGSTOP)
    try:
        renewing.start()
        time.sleep(0.5)
        others = [Visitor(whole.port).ask("/de/hilfe?fbclid=x") for _ in range(20)]
        assert renewing.is_alive(), "it waits for an instance that hangs"
    finally:
        for pid in every:
            os.kill(pid, signal.SIGCONT)
    renewing.join(30)

    assert {(each.status, each.body) for each in others} == {(200, first)}


def test_the_last_good_pages_go_on_when_no_instance_answers(whole, place, tell):
    nginx = make_nginx(place / "nginx-left", [site.port for site in whole.sites])
    visitor = Visitor(nginx.port)
    with ending(nginx):
        nginx.start()
        nginx.wait_for_port(nginx.port)
        paths = ("/nl/", "/fr/aide", "/nl/resultaat/BE/1y", "/data/figures.csv")
        before = {path: visitor.ask(path) for path in paths}
        style = "/static/" + before["/nl/"].text.partition("/static/")[2].partition('"')[0]
        before[style] = visitor.ask(style)
        for site in whole.sites:
            site.kill()
        time.sleep(3.5)

        for path, answer in before.items():
            for asked_for in (path, f"{path}?fbclid=x"):
                after = visitor.ask(asked_for)
                assert (after.status, after.body) == (200, answer.body), asked_for
                assert after.headers["content-security-policy"]
            tag = {"If-None-Match": answer.headers["etag"]}
            assert visitor.ask(path, headers=tag).status == 304
        for language, said in (("fr", "fr-BE,fr;q=0.9,nl"), ("de", "DE"), ("nl", "xx"), ("nl", "")):
            led = visitor.ask("/", headers={"Accept-Language": said})
            assert (led.status, led.headers["location"]) == (302, f"/{language}/")
            assert led.headers["cache-control"] == "no-store"
            assert led.headers["referrer-policy"] == "no-referrer"
        for path in ("/nl/foto", "/nl/bronnen?kind=court", "/en/never-seen", "/healthz", "/readyz"):
            answer = visitor.ask(path)
            assert answer.status == 502, path
            assert "tel:116000" in answer.text
        tell("no instance: pages that were seen stay, / leads to one, /readyz and forms say 502")
    shutil.rmtree(nginx.folder)


def test_a_cold_page_is_made_once_for_all_who_ask(whole, place):
    nginx = make_nginx(place / "nginx-cold", [site.port for site in whole.sites])
    with ending(nginx):
        nginx.start()
        nginx.wait_for_port(nginx.port)
        before = asked(whole.sites, "/en/sources")
        threads = [
            threading.Thread(target=Visitor(nginx.port).ask, args=("/en/sources",))
            for _ in range(40)
        ]
        for each in threads:
            each.start()
        for each in threads:
            each.join(30)
        assert asked(whole.sites, "/en/sources") - before <= 5
    shutil.rmtree(nginx.folder)
