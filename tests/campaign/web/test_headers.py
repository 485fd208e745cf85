"""What every answer carries, whatever it answers; hosts, caches and static files."""

from __future__ import annotations

import re

import pytest

from campaign.web.headers import HEADERS, HEADERS_OF_FILES
from campaign.web.static import static_path
from campaign.words.addresses import PAGES

HSTS = "max-age=31536000; includeSubDomains"
# Written out once more: a header that is gone from campaign/web/headers.py would be missed by
# no test.
POLICY = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "font-src": "'self'",
    "img-src": "'self' data:", "connect-src": "'self'", "manifest-src": "'self'",
    "worker-src": "'self'",
    "base-uri": "'none'", "form-action": "'self'", "frame-ancestors": "'none'",
}  # fmt: skip
OTHERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NOT_FOR_US = ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics")
ASKED = [
    ("GET", "/", 302),
    ("GET", "/nl/", 200),
    ("GET", "/nl/bereken", 200),
    ("POST", "/nl/bereken", 405),
    ("GET", "/nl/bereken?region=BE&period=1y", 301),
    ("GET", "/nl/foto", 200),
    ("POST", "/nl/foto", 400),
    ("HEAD", "/nl/faq", 200),
    ("OPTIONS", "/nl/faq", 200),
    ("GET", "/nl/resultaat/BE/1y", 200),
    ("GET", "/nl/resultaat?region=BE&period=1y", 301),
    ("GET", "/card/x/nl/BE/1y/square.jpg", 200),
    ("GET", "/card/x/nl/BE/1y/square.png", 200),
    ("GET", "/poster/x/nl/square.jpg", 200),
    ("GET", "/label/x/nl.png", 200),
    ("GET", "/data/figures.csv", 200),
    ("GET", "/data/figures.json", 200),
    ("GET", "/robots.txt", 200),
    ("GET", "/sitemap.xml", 200),
    ("GET", "/site.webmanifest", 200),
    ("GET", "/.well-known/security.txt", 200),
    ("GET", "/healthz", 200),
    ("GET", "/readyz", 200),
    ("GET", "/nowhere", 404),
    ("DELETE", "/nl/faq", 405),
    ("GET", "/nl//faq", 301),
    ("GET", "{static}css/site.css", 200),
    ("HEAD", "{static}css/site.css", 200),
    ("POST", "{static}css/site.css", 405),
    ("GET", "{static}js/result.js", 200),
    ("GET", "{static}fonts/headings.woff2", 200),
    ("GET", "{static}images/icon.svg", 200),
    ("GET", "{static}css/none.css", 404),
    ("GET", "{static}../../campaign/config.py", 404),
]


@pytest.fixture(scope="module")
def static(app):
    """Return the folder of static files, as the site addresses it."""
    with app.app_context():
        return static_path("")


@pytest.mark.parametrize(("method", "path", "status"), ASKED)
def test_every_answer_carries_the_headers(method, path, status, client, static):
    with client.open(path.format(static=static), method=method) as response:
        assert response.status_code == status
        # Translators and reading modes load pictures, styles and scripts from our address.
        shared = status == 200 and path.startswith(("/card/", "/poster/", "/label/", "{static}"))
        for name, value in (HEADERS_OF_FILES if shared else HEADERS).items():
            assert response.headers.getlist(name) == [value], name
        assert response.headers["Strict-Transport-Security"] == HSTS
        owner = "cross-origin" if shared else "same-origin"
        assert response.headers["Cross-Origin-Resource-Policy"] == owner
        assert response.headers.get("Access-Control-Allow-Origin") == ("*" if shared else None)
        assert response.headers["Cache-Control"]


def test_a_file_opened_by_itself_runs_nothing_of_others():
    # A worker bears the policy of its own file: it may fetch from the site, and evaluate nothing.
    policy = HEADERS_OF_FILES["Content-Security-Policy"]
    assert policy == "default-src 'self'; frame-ancestors 'none'"
    assert HEADERS_OF_FILES["X-Content-Type-Options"] == "nosniff"


def test_headers_are_those_that_were_decided():
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))

    assert policy == POLICY
    assert OTHERS.items() <= HEADERS.items()
    permissions = HEADERS["Permissions-Policy"].split(", ")
    assert {f"{name}=()" for name in NOT_FOR_US} <= set(permissions)
    assert all(each.endswith("=()") for each in permissions)


@pytest.mark.parametrize(
    "path",
    ["/nl/faq", "/nl/resultaat/BE/1y", "/data/figures.json", "/card/x/nl/BE/1y/square.jpg",
     "{static}css/site.css"],
)  # fmt: skip
def test_an_answer_without_a_body_carries_the_headers_too(path, client, static):
    first = client.get(path.format(static=static))
    kept = {"If-None-Match": first.headers["ETag"]}

    again = client.get(path.format(static=static), headers=kept)

    assert (again.status_code, again.data) == (304, b"")
    assert not again.headers.getlist("Set-Cookie")
    for name in (*HEADERS, "Strict-Transport-Security", "Cross-Origin-Resource-Policy",
                 "Cache-Control", "ETag"):  # fmt: skip
        assert again.headers.getlist(name) == first.headers.getlist(name), name
    assert {*HEADERS_OF_FILES, "Cache-Control", "ETag"} <= set(again.headers.keys())


def test_transport_security_is_left_out_over_plain_http(make_app, browse):
    app = make_app(SITE_URL="http://127.0.0.1:8000")

    with app.app_context():
        stylesheet = static_path("css/site.css")
    for path in ("/nl/", stylesheet):
        with browse(app).get(path, base_url="http://127.0.0.1:8000") as response:
            assert "Strict-Transport-Security" not in response.headers


@pytest.mark.parametrize(
    "headers",
    [{"Range": "bytes=99999999-"}, {"Range": "bytes=0-3"}, {"Range": "lines=1"}],
)
def test_static_files_come_whole_when_a_range_is_asked_for(headers, client, static):
    with client.get(f"{static}css/site.css", headers=headers) as response:
        assert response.status_code == 200


def test_static_files_may_be_kept_for_ever(client, static):
    with client.get(f"{static}css/site.css") as response:
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert re.fullmatch("/static/[0-9a-f]{12}/", static)
        assert not response.headers.getlist("Set-Cookie")


HOSTS = ["evil.example", "campaign.example.evil.example", "a b", "[::1", "x:99999999", "",
         "campaign.example@evil.example", "evil.example:443", "[::2]:8000",
         "[::1]evil.example", "[::1].evil.example"]  # fmt: skip


@pytest.mark.parametrize(
    ("host", "path"),
    [(host, "/nl/bereken") for host in HOSTS]
    + [("evil.example", path) for path in ("/nl/", "/", "/nowhere", "/nl//faq")],
)
def test_another_host_gets_a_page_that_does_not_repeat_it(host, path, client, read_page):
    response = client.get(path, headers={"Host": host})

    page = read_page(response, path, 400)
    assert "evil" not in page.html
    assert "evil" not in str(response.headers)


@pytest.mark.parametrize("host", ["campaign.example", "campaign.example:443"])
def test_own_host_is_answered(host, client):
    assert client.get("/nl/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]", "[::1]:8000"])
def test_health_is_told_to_whoever_asks_by_address(host, client):
    assert client.get("/healthz", headers={"Host": host}).json == {"status": "alive"}
    assert client.get("/readyz", headers={"Host": host}).json["status"] == "ready"


def test_trusted_hosts_are_those_of_the_setting(make_app, browse):
    client = browse(make_app(TRUSTED_HOSTS="a.example, b.example"))

    answers = {
        host: client.get("/nl/", headers={"Host": host}).status_code
        for host in ("a.example", "b.example", "campaign.example")
    }
    assert answers == {"a.example": 200, "b.example": 200, "campaign.example": 400}
    assert client.get("/healthz", headers={"Host": "[::1]"}).status_code == 400


FORWARDED = {"X-Forwarded-Proto": "javascript", "Host": "127.0.0.1:1234"}


def test_redirects_stay_on_this_site(client):
    for path in ("/", "//evil.example/..", "/nl", "/nl//faq", "/\\evil.example", "/static/x//a"):
        location = client.get(path, headers=FORWARDED).headers.get("Location")
        assert location is None or re.match(r"/(?!/)|https://campaign\.example/", location), path


@pytest.mark.parametrize("page", [page for page in PAGES if page not in ("photo", "result")])
def test_pages_can_be_kept_by_a_cdn(page, client, get_page):
    path = f"/nl/{PAGES[page]['nl']}"
    first = get_page(path).response

    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert not again.data
    assert not client.get("/nl/foto").headers["Cache-Control"].startswith("public")


def test_pages_are_the_same_for_a_visitor_with_the_forms_cookie(client, get_page):
    before = get_page("/nl/").response
    client.get("/nl/foto")
    after = get_page("/nl/").response

    assert before.data == after.data
    assert before.headers["ETag"] == after.headers["ETag"]


@pytest.mark.parametrize("path", ["{static}css/site.css", "/nl/faq", "/card/x/nl/BE/1y/square.jpg"])
def test_no_cache_may_keep_what_is_neither_a_page_nor_unchanged(path, client, static):
    answer = client.get(path.format(static=static), headers={"If-Match": '"x"'})

    assert answer.status_code == 412
    assert answer.headers["Cache-Control"] == "no-store"
