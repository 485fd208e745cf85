"""Photos sent with the form: what comes back, and what is refused with a sentence that helps."""

from __future__ import annotations

import base64
import io
import re

import numpy as np
import pytest
from card_sizes import SIZES
from PIL import Image
from werkzeug.datastructures import FileStorage

LANGUAGES = ("nl", "fr", "de", "en")
CHOICES = {"region": "BE", "period": "1y", "consent": "y"}


@pytest.fixture
def photo(portrait_jpeg):
    """Return a function that wraps bytes as a browser sends a file; by default the portrait."""

    def wrap(data=portrait_jpeg, name="kind.jpg", declared="image/jpeg"):
        return FileStorage(io.BytesIO(data), filename=name, content_type=declared)

    return wrap


def encoded(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def pixels(card):
    return np.asarray(Image.open(io.BytesIO(card)), int)


def cards_in(page):
    """Return the cards that a page holds, as bytes: the one shown and the one to download."""
    links = (*page.all("img"), *page.all("a"))
    found = [item.get("src") or item.get("href") or "" for item in links]
    start = "data:image/jpeg;base64,"
    return [base64.b64decode(text.removeprefix(start)) for text in found if text.startswith(start)]


def test_result_holds_the_card_with_the_photo_and_no_address_for_it(post_form, photo):
    page = post_form(photo=photo(), **CHOICES)

    shown, download = cards_in(page)
    assert shown == download
    assert Image.open(io.BytesIO(shown)).size == SIZES["facebook"]
    main = page.html[page.html.index("<main") : page.html.index("</main")]
    assert "/card/" not in main, "the photo-free cards have no place beside it"


@pytest.mark.parametrize(
    ("language", "card_format"), [("nl", "facebook"), ("fr", "square"), ("de", "story")]
)
def test_card_alone_has_the_size_that_was_asked_for(language, card_format, post_form, photo):
    response = post_form(
        language, accept="image/jpeg", photo=photo(), format=card_format, **CHOICES
    )

    assert response.status_code == 200
    assert response.content_type == "image/jpeg"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert not response.headers.getlist("Set-Cookie")
    image = Image.open(io.BytesIO(response.data))
    assert (image.format, image.size) == ("JPEG", SIZES[card_format])


def test_card_alone_is_the_card_of_the_page(post_form, photo):
    alone = post_form(accept="image/jpeg", photo=photo(), **CHOICES).data
    in_page = cards_in(post_form(photo=photo(), **CHOICES))[0]

    first, second = map(pixels, (alone, in_page))
    assert np.abs(first - second).max() <= 2


def test_card_alone_shows_the_drawn_child_when_there_is_no_photo(post_form, client):
    alone = post_form(accept="image/jpeg", region="BE", period="1y").data
    lasting = client.get("/card/x/nl/BE/1y/facebook.jpg").data

    assert alone == lasting


def test_card_with_a_photo_is_another_than_the_card_without(post_form, photo):
    with_photo = post_form(accept="image/jpeg", photo=photo(), **CHOICES).data
    without = post_form(accept="image/jpeg", **CHOICES).data

    first, second = map(pixels, (with_photo, without))
    assert (np.abs(first - second).max(axis=2) > 40).mean() > 0.15


@pytest.mark.parametrize(
    "accept",
    [
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
        "*/*",
        "image/jpeg;q=0.5, text/html",
        "garbage",
        "image/png",
    ],
)
def test_a_page_is_the_answer_when_the_card_alone_is_not_asked_for(accept, post_form):
    response = post_form(accept=accept, region="BE", period="1y")

    assert response.content_type == "text/html; charset=utf-8"


def test_errors_are_a_page_also_when_the_card_alone_is_asked_for(post_form):
    response = post_form(accept="image/jpeg", region="BE")

    assert response.status_code == 400
    assert response.content_type == "text/html; charset=utf-8"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_photo_is_judged_by_content_when_name_and_type_are_wrong(
    kind, post_form, photo, portrait
):
    sent = photo(encoded(portrait, kind), name="vakantie.jpg")

    assert len(cards_in(post_form(photo=sent, **CHOICES))) == 2


def test_photo_is_pixelated_whole_and_the_page_says_so_when_no_face_is_found(post_form, photo):
    landscape = Image.new("RGB", (600, 400), "#9cc3e6")  # sky over grass
    landscape.paste("#5f8a3a", (0, 240, 600, 400))

    page = post_form(photo=photo(encoded(landscape, "JPEG")), **CHOICES)

    assert "geen gezicht" in page.text("p[@role='status']")
    assert cards_in(page)


def test_nothing_is_said_of_pixelating_when_a_face_is_found(post_form, photo):
    assert not post_form(photo=photo(), **CHOICES).all("p[@role='status']")


def test_consent_is_asked_for(post_form, photo):
    refused = post_form(status=400, photo=photo(), region="BE", period="1y")
    assert [link for link, _message in refused.errors] == ["#consent"]
    assert not cards_in(refused)


def test_an_empty_file_field_is_no_photo(post_form, photo):
    page = post_form(status=400, photo=photo(b"", name=""), region="BE", period="1y")

    assert [link for link, _message in page.errors] == ["#photo"]
    assert not cards_in(page)


BAD = {
    "empty": (b"", "leeg"),
    "text": (b"geen foto", "JPEG, PNG, WebP of HEIC"),
    "program": (b"#!/bin/sh\nrm -rf /", "JPEG, PNG, WebP of HEIC"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "JPEG, PNG, WebP of HEIC"),
    "gif": (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "JPEG, PNG, WebP of HEIC"),
    "cut off": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "beschadigd"),
    "too big": (b"\xff\xd8\xff" + bytes(15_200_000), "15 MB"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_is_no_photo_is_refused_with_what_to_do(case, post_form, photo):
    data, expected = BAD[case]

    page = post_form(status=400, photo=photo(data), **CHOICES)

    [(link, message)] = page.errors
    assert link == "#photo"
    assert expected in message
    assert page.fields["region"] == "BE"
    assert not cards_in(page)


def test_a_cut_off_photo_is_refused_or_protected(post_form, photo, portrait_jpeg):
    page = post_form(status=400, photo=photo(portrait_jpeg[: len(portrait_jpeg) // 2]), **CHOICES)

    assert page.errors[0][0] == "#photo"


def test_a_body_over_the_limit_gets_a_page_that_says_what_to_do(
    client, photo, read_page, multipart
):
    sent = multipart({"photo": photo(bytes(17 * 1024 * 1024)), "region": "BE"})

    page = read_page(client.post("/nl/foto", **sent), "/nl/foto", 413)

    assert "15\u00a0MB" in page.words.replace(" MB", "\u00a0MB")


@pytest.mark.parametrize("length", ["100000000000", "16777217"])
def test_a_claim_over_the_limit_is_answered_without_reading(length, client, read_page):
    response = client.post(
        "/fr/photo",
        input_stream=io.BytesIO(),
        content_type="multipart/form-data; boundary=b",
        environ_overrides={"CONTENT_LENGTH": length},
    )

    read_page(response, "/fr/photo", 413)


@pytest.mark.parametrize(("count", "status"), [(20, 400), (21, 413)])
def test_parts_are_limited_to_twenty(count, status, client, read_page, multipart):
    sent = multipart({f"field-{number}": "x" for number in range(count)})

    read_page(client.post("/nl/foto", **sent), "/nl/foto", status)


def test_a_large_upload_stays_in_memory(app, photo, multipart):
    sent = multipart({"photo": photo(bytes(2_000_000)), "other": photo(b"x")})

    with app.test_request_context("/nl/foto", method="POST", **sent) as context:
        assert len(context.request.files) == 2
        for upload in context.request.files.values():
            assert isinstance(upload.stream, io.BytesIO)


def test_name_of_the_file_comes_back_nowhere(post_form, photo):
    page = post_form(photo=photo(name="../../etc/Marieke-7-jaar.jpg"), **CHOICES)

    assert "Marieke" not in page.html
    [name] = [link.get("download") for link in page.all("a") if link.get("download")]
    assert re.fullmatch(r"[a-z-]+\.jpg", name)


def test_a_photo_of_exactly_15_mb_gives_a_card(post_form, photo, portrait_jpeg):
    """Further pictures stand behind the first one in such files; so do these bytes."""
    largest = portrait_jpeg.ljust(15_000_000, b"\0")

    response = post_form(accept="image/jpeg", photo=photo(largest), **CHOICES)

    assert (response.status_code, response.content_type) == (200, "image/jpeg")


def test_no_text_of_a_visitor_reaches_the_card(post_form, photo):
    names = ("name", "label", "amount", "statement", "address", "words")
    forged = dict.fromkeys(names, "Marieke, 7")

    plain = post_form(accept="image/jpeg", photo=photo(), **CHOICES).data
    with_texts = post_form(
        accept="image/jpeg", photo=photo(name="Marieke, 7.jpg"), **CHOICES, **forged
    ).data

    assert with_texts == plain
