"""The desk answers only whom it should, about no other file, and the public site has none of it."""

from __future__ import annotations

import os
import shutil

import pytest

from campaign import create_app
from campaign.config import Settings
from campaign.staff.command import refuse_open_doors
from campaign.web.headers import HEADERS

ALPHA = "/edit/sources/publications/alpha.yaml"
PAGES = ("/", "/texts", "/texts/faq", ALPHA, "/publications/new", "/history", "/proposals", "/no")
ELSEWHERE = (
    "sources/publications/../rates.yaml", "sources/README.md", "../outside.yaml", "/etc/passwd",
    "sources/publications/../../../outside.yaml", "campaign/content/nl/../../x.md", ".git/config",
    "sources/publications/.hidden.yaml", "sources/publications/link.yaml", "pyproject.toml",
    "sources/publications/alpha.yaml\0", "sources/publications/NEW.yaml", "campaign/__init__.py",
)  # fmt: skip


def test_public_site_has_none_of_the_desk(monkeypatch, tmp_path):
    for name in [name for name in os.environ if name.startswith("SCHATJE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SCHATJE_STATE", str(tmp_path))
    app = create_app()

    assert len(list(app.url_map.iter_rules())) > 20
    assert not [
        name
        for name in app.view_functions
        if "campaign.staff" in app.view_functions[name].__module__
    ]
    client = app.test_client()
    for path in (ALPHA, "/publications/new", "/history", "/proposals", "/texts", "/check", "/save"):
        assert client.get(path).status_code == 404, path


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_the_headers_and_is_kept_by_nobody(desk, path):
    response = desk.person().get(path).response

    for name, value in HEADERS.items():
        assert response.headers[name] == value
    assert response.headers["Cache-Control"] == "no-store"


def test_without_the_sign_ons_name_there_is_no_page(desk):
    desk.app.extensions["desk"].proposals.add("An", "A secret reason", {})
    for path in (*PAGES, "/feed.xml", "/remove/sources/publications/alpha.yaml"):
        page = desk.person("").get(path)
        assert page.status == 403
        assert "alpha" not in page.words
        assert "1 open" not in page.words
        # Every other page would say the same.
        assert {link.get("href") for link in page.all("a")} <= {"#main", "tel:116000"} | {
            link.get("href") for link in page.all("a[@hreflang]")
        }


def test_another_host_name_is_refused(desk):
    page = desk.person().get("/", base_url="http://rebound.example:8001")

    assert page.status == 400
    assert "rebound.example" not in page.html


@pytest.mark.parametrize("path", ["/texts//faq", "/history//1", "/edit//sources/rates.yaml"])
def test_no_way_on_is_made_of_what_the_request_says_of_its_host(path, desk):
    answer = desk.person().get(path, headers={"X-Forwarded-Proto": "javascript"})

    assert answer.status == 404
    assert "Location" not in answer.response.headers


@pytest.mark.parametrize("host", ["127.0.0.1:8001", "localhost:8001", "[::1]:8001", "[::1]"])
def test_this_computer_is_known_by_every_name_it_has(host, desk):
    assert desk.person().get("/", base_url=f"http://{host}").status == 200


def test_a_form_without_its_token_is_refused(desk):
    before = desk.text("alpha")
    an = desk.person()
    page = an.get(ALPHA)
    preview = an.press(page, "preview", figures__0__central="11000")
    sent = {page.action: page.fields, "/save": preview.fields}
    others = ("/check", "/proposals/1", "/texts/faq", "/publications/new")
    sent |= {path: {} for path in others}
    for path, fields in sent.items():
        wrong = {name: text for name, text in fields.items() if name != "csrf_token"}
        answer = an.post(path, wrong | {"do": "save", "why": "x"})
        assert answer.status == 400, path
        assert "open for a long time" in answer.words
    assert desk.text("alpha") == before


def test_what_was_filled_in_is_sent_again_where_the_browser_lost_its_key(desk):
    an = desk.person()
    page = an.get(ALPHA)
    typed = page.fields | {"title": "Typed for an hour", "csrf_token": "of-another-day"}

    lost = an.post(ALPHA, typed | {"do": "keep"})

    assert lost.status == 400
    assert lost.fields["title"] == "Typed for an hour"
    stranger = desk.person()
    assert stranger.post(lost.action, lost.fields).status == 400, "it is no key for others"
    assert an.post(lost.action, lost.fields).status == 303
    assert an.get(ALPHA).fields["title"] == "Typed for an hour"


def test_cookie_is_strict_and_secure_over_tls(make_desk):
    desk = make_desk(staff_url="https://desk.example")
    page = desk.person().get(ALPHA, base_url="https://desk.example")
    cookie = page.response.headers["Set-Cookie"]

    assert cookie.startswith("__Host-desk=")
    for part in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        assert part in cookie
    assert "Strict-Transport-Security" in page.response.headers


@pytest.mark.parametrize("name", ELSEWHERE)
def test_no_name_leads_to_another_file(desk, name):
    (desk.root.parent / "outside.yaml").write_text("secret: word\n")
    (desk.root / "sources/publications/.hidden.yaml").write_text("secret: word\n")
    (desk.root / "sources/publications/link.yaml").symlink_to("../../../outside.yaml")
    an = desk.person()
    token = an.get(ALPHA).fields["csrf_token"]
    carried = {"file.0.name": name, "file.0.base": "none", "file.0.text": "id: x", "why": "x",
               "do": "save", "csrf_token": token}  # fmt: skip

    for page in (an.get(f"/edit/{name}"), an.post("/save", carried),
                 an.post("/check", {"name": name, "text": "x", "csrf_token": token})):  # fmt: skip
        assert page.status == 404, name
        assert "secret" not in page.html
    assert (desk.root.parent / "outside.yaml").read_text() == "secret: word\n"


@pytest.mark.parametrize("name", ["../faq", "nothing", "faq.md", "nl/faq"])
def test_no_page_of_words_outside_the_listing(desk, name):
    assert desk.person().get(f"/texts/{name}").status == 404


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "desk.example"])  # noqa: S104
def test_the_desk_listens_elsewhere_only_behind_a_sign_on(host):
    with pytest.raises(ValueError, match="SCHATJE_STAFF_USER_HEADER"):
        refuse_open_doors(host, Settings())
    refuse_open_doors(host, Settings(staff_user_header="X-User"))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.2"])
def test_the_desk_listens_on_this_computer(host):
    refuse_open_doors(host, Settings())


@pytest.mark.parametrize(
    ("name", "value"),
    [("URL", "desk"), ("URL", "ftp://desk.example"), ("URL", "http://desk.example:x"),
     ("URL", "http://desk.example/desk"), ("USER_HEADER", "X User"), ("USER_HEADER", "X:")],
)  # fmt: skip
def test_a_wrong_setting_is_refused_by_its_name(name, value):
    with pytest.raises(ValueError, match=f"SCHATJE_STAFF_{name}"):
        Settings.from_environment({f"SCHATJE_STAFF_{name}": value})


@pytest.mark.parametrize("name", ["campaign/content/help.yaml", "campaign/content/nl"])
def test_a_link_among_the_texts_shows_nothing_from_elsewhere(name, desk):
    outside = desk.root.parent / "outside"
    outside.mkdir()
    (outside / "faq.md").write_text("secret: word\n")
    path = desk.root / name
    if path.is_dir():
        shutil.rmtree(path)
        path.symlink_to(outside)
    else:
        path.unlink()
        path.symlink_to(outside / "faq.md")
    an = desk.person()

    for address in (f"/edit/{name}?as=text", f"/edit/{name}/faq.md?as=text", "/texts/faq"):
        assert "secret" not in an.get(address).html, address


def test_a_pipe_or_a_broken_link_among_the_figures_stops_nobody(desk):
    folder = desk.root / "sources" / "publications"
    os.mkfifo(folder / "pipe.yaml")
    (folder / "nowhere.yaml").symlink_to("nowhere-at-all")
    an = desk.person()

    preview = an.press(an.get(ALPHA), "preview", figures__0__central="11000")

    assert preview.status in (200, 422)
    assert "pipe.yaml" in preview.words or preview.status == 200


def test_a_name_of_three_hundred_letters_is_no_file(desk):
    an = desk.person()
    token = an.get(ALPHA).fields["csrf_token"]
    name = f"sources/publications/{'a' * 300}.yaml"
    sent = {"file.0.name": name, "file.0.base": "none", "file.0.text": "id: x", "why": "x",
            "do": "save", "csrf_token": token}  # fmt: skip

    assert an.post("/save", sent).status == 404
    assert an.get(f"/edit/{name}").status == 404


def test_aliases_of_aliases_are_not_written_out(desk):
    bomb = "a0: &a0 [x]\n" + "".join(
        f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 9)
    )
    desk.path("alpha").write_text(f"{bomb}title: *a8\n")

    page = desk.person().get(ALPHA)

    assert page.status == 422
    assert "An alias (*name) stands in this file" in page.words
    assert len(page.html) < 200_000
