"""Errors are pages of the site, in the visitor's language, and tell nothing of the inside."""

from __future__ import annotations

import io
import re
import string

import pytest
from flask import Request, abort
from gunicorn.http.errors import InvalidRequestLine
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from campaign.web.errors import answer_outside

LANGUAGES = ("nl", "fr", "de", "en")
CODES = (400, 403, 404, 405, 413, 429, 500, 503)


@pytest.fixture(scope="module")
def failing(make_app, browse):
    """Return a site with addresses that fail on purpose."""
    app = make_app()

    def fail(language, code):
        if code == 500:
            raise RuntimeError("secret-of-the-visitor")
        abort(code)

    app.add_url_rule("/<language>/fail/<int:code>", "fail", fail)
    return browse(app)


def title_of(response):
    return re.search("<h1>(.*?)</h1>", response.get_data(as_text=True))[1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_error_has_a_page_in_every_language(code, language, failing, read_page):
    path = f"/{language}/fail/{code}"

    page = read_page(failing.get(path), path, code)

    assert page.meta["robots"] == "noindex"
    assert not page.response.headers.getlist("Set-Cookie")
    links = [link.get("href") for link in page.all("main//a")]
    assert links
    assert all(link.startswith((f"/{language}/", "tel:")) for link in links)


@pytest.mark.parametrize("code", CODES)
def test_a_photo_that_is_too_large_leads_back_to_its_form_and_others_home(code, failing, read_page):
    page = read_page(failing.get(f"/fr/fail/{code}"), f"/fr/fail/{code}", code)

    [button] = page.all("main//a[@class='button']")
    assert button.get("href") == ("/fr/photo" if code == 413 else "/fr/")
    other = "/fr/photo" if code == 413 else "/fr/calculer"
    assert {link.get("href") for link in page.all("main//a")} == {"/fr/", other, "tel:116000"}


@pytest.mark.parametrize("code", CODES)
def test_every_error_has_its_own_words_in_every_language(code, failing):
    titles = {title_of(failing.get(f"/{language}/fail/{code}")) for language in LANGUAGES}

    assert len(titles) == len(LANGUAGES)


def test_errors_differ_from_each_other(failing):
    titles = {title_of(failing.get(f"/nl/fail/{code}")) for code in CODES}

    assert len(titles) == len(CODES)


@pytest.mark.parametrize("code", [410, 418, 451, 502])
def test_an_error_without_words_of_its_own_is_a_page_too(code, failing, read_page):
    read_page(failing.get(f"/nl/fail/{code}"), "/nl/fail", code)


@pytest.mark.parametrize(
    ("accepted", "expected"), [("de-AT,de;q=0.9", "de"), ("fr", "fr"), ("ja", "nl")]
)
def test_an_address_without_a_language_gets_the_browsers(accepted, expected, client):
    page = client.get("/nowhere", headers={"Accept-Language": accepted}).get_data(as_text=True)

    assert f'<html lang="{expected}"' in page


def test_an_unexpected_error_tells_nothing(failing, capsys):
    page = failing.get("/nl/fail/500?q=secret-query", headers={"User-Agent": "secret-agent"})
    told = page.get_data(as_text=True) + capsys.readouterr().out

    assert "secret" not in told
    assert "Traceback" not in told
    assert "RuntimeError" not in page.get_data(as_text=True)


def test_the_log_names_the_kind_and_the_place_of_an_unexpected_error(failing, caplog):
    failing.get("/nl/fail/500")

    assert re.search(r"unexpected RuntimeError at fail:\d+", caplog.text)
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    ("error", "status"),
    [(InvalidRequestLine("secret-line"), 400), (RuntimeError("secret-message"), 500)],
)
def test_an_error_around_the_site_is_answered_as_one_within(error, status, app, read_page, caplog):
    response = answer_outside(app, error)
    response.request = Request.from_values()

    page = read_page(response, "/-", status)
    assert "secret" not in page.html + caplog.text
    assert "Traceback" not in caplog.text


def test_a_wrong_method_is_told_the_right_ones(client, read_page):
    response = client.put("/nl/foto")

    read_page(response, "/nl/foto", 405)
    assert {"GET", "POST"} <= set(response.headers["Allow"].replace(" ", "").split(","))


def test_head_of_an_error_has_no_body(client):
    response = client.head("/nl/nowhere")

    assert (response.status_code, response.data) == (404, b"")


# ---- Nothing a visitor can send yields a 5xx

bounded = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
texts = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["BE", "1y", "square", "{{7*7}}", "%(x)s", "../..", "\x00", "%s%n", "☃" * 30]),
)


def holds(response):
    assert response.status_code < 500, response.status
    assert "Traceback" not in response.get_data(as_text=True)[:10_000]
    assert response.headers["Content-Security-Policy"]


@bounded
@given(
    fields=st.dictionaries(
        st.sampled_from(["region", "period", "format", "consent", "csrf_token", "photo", "x"]),
        st.one_of(texts, st.lists(texts, max_size=3)),
        max_size=7,
    ),
    signed=st.booleans(),
)
@example(fields={"region": ["BE", "WORLD"], "period": "1y", "photo": "no file"}, signed=True)
def test_form_takes_whatever_is_filled_in(fields, signed, client, token_from):
    if signed:
        fields |= {"csrf_token": token_from(client.get("/nl/foto"))}

    holds(client.post("/nl/foto", data=fields, content_type="multipart/form-data"))
    holds(client.post("/nl/foto", data=fields))


starts = st.sampled_from([
    b"", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\x00\x20Exif\x00\x00",
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    b"RIFF\x20\x00\x00\x00WEBPVP8 ", b"RIFF\x20\x00\x00\x00WEBPVP8X", b"\x00\x00\x00\x18ftypheic",
    b"GIF89a", b"BM", b"II*\x00", b"\xff\xd8\xff\xc2\x00\x11\x08\xff\xff\xff\xff\x03",
])  # fmt: skip


@bounded
@given(data=st.builds(bytes.__add__, starts, st.binary(max_size=400)), name=texts)
def test_upload_takes_whatever_is_sent(data, name, client, token_from):
    fields = {
        "csrf_token": token_from(client.get("/nl/foto")),
        "region": "BE",
        "period": "1y",
        "consent": "y",
        "photo": (io.BytesIO(data), re.sub(r"[\x00-\x1f\x7f\"\ud800-\udfff]", "", name) or "x"),
    }

    holds(client.post("/nl/foto", data=fields))


octets = st.integers(0, 255)


@bounded
@given(data=st.data(), changes=st.lists(st.tuples(st.integers(0, 30_000), octets), max_size=20))
def test_upload_takes_a_photo_with_damage_anywhere(
    data, changes, client, token_from, portrait_jpeg
):
    photo = bytearray(portrait_jpeg)
    for place, value in changes:
        photo[place % len(photo)] = value
    end = data.draw(st.integers(len(photo) // 4, len(photo)))
    fields = {
        "csrf_token": token_from(client.get("/nl/foto")),
        "region": "BE",
        "period": "1y",
        "consent": "y",
        "photo": (io.BytesIO(bytes(photo[:end])), "x.jpg"),
    }

    holds(client.post("/nl/foto", data=fields))


@bounded
@given(body=st.binary(max_size=300), kind=st.sampled_from([
    "multipart/form-data; boundary=b", "multipart/form-data", 'multipart/form-data; boundary="',
    "application/x-www-form-urlencoded", "application/json", "", "x",
    "text/plain; charset=nonsense",
    "application/x-www-form-urlencoded; charset=utf-7",
]))  # fmt: skip
@example(body=b'--b\r\nContent-Disposition: form-data; name="photo"; filename="\xff"\r\n\r\nx',
         kind="multipart/form-data; boundary=b")  # fmt: skip
@example(body=b"--b\r\n\r\n\r\n--b--", kind="multipart/form-data; boundary=b")
@example(body=b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
         kind="multipart/form-data; boundary=b")  # fmt: skip
def test_body_may_be_anything(body, kind, client):
    holds(client.post("/nl/foto", data=body, content_type=kind))


paths = st.text(st.sampled_from(string.ascii_letters + "/.%0F;?#&=~é\u202e\x00\\"), max_size=40)


@bounded
@given(
    path=st.one_of(
        paths,
        paths.map("/nl/resultaat/".__add__),
        paths.map("/card/x/nl/BE/1y/".__add__),
        paths.map("/nl/bronnen?region=".__add__),
        paths.map("/nl/faq?q=".__add__),
        paths.map("/static/".__add__),
    )
)
@example(path="/nl/bronnen?region=BE&region=XX&kind=%00&scope=%FF")
@example(path="/nl/faq?q=" + "a" * 3000)
def test_address_may_be_anything(path, client):
    with client.get("/" + path.lstrip("/")) as response:
        assert response.status_code < 500


headers = st.sampled_from([
    "Accept", "Accept-Language", "Cookie", "If-None-Match", "If-Modified-Since", "Range",
    "X-Forwarded-For", "Content-Type", "Referer", "User-Agent", "Authorization", "Origin",
])  # fmt: skip
letters = st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f")
values = st.text(letters, max_size=60)


@bounded
@given(sent=st.dictionaries(headers, values, max_size=5))
@example(sent={"Accept-Language": "nl;q=x, *;q=-1, fr;q=1e999"})
@example(sent={"Cookie": '__Host-form=eyJjc3JmX3Rva2VuIjoxfQ.x.y; form="\\'})
@example(sent={"If-None-Match": 'W/"', "Range": "bytes=-"})
@example(sent={"Accept": "image/jpeg;q=x, */*;q="})
def test_headers_may_be_anything(sent, client):
    for path in ("/", "/nl/bereken", "/nl/resultaat/BE/1y"):
        holds(client.get(path, headers=sent))
