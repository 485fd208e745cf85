"""`schatje launch`, and the start that waits for it: what is open, what is done, what to do."""

from __future__ import annotations

import re

import pytest
from finished_launch import LANGUAGES

from campaign import create_app
from campaign.config import Settings
from campaign.words.addresses import PAGES

QUESTIONS = "Questions for the foundation"
SERVER = {
    "SCHATJE_SITE_URL": "https://campaign.example",
    "SCHATJE_SECRET_KEY": "x" * 40,
}


@pytest.fixture
def listed(run):
    """Return a function that runs the command and returns the lines of each group."""

    def run_it(folders=None, code=0, env=SERVER):
        if folders:
            where = {"SOURCES": folders.sources, "CONTENT": folders.content}
            env = env | {f"SCHATJE_{name}": str(path) for name, path in where.items()}
        *groups, total = run("launch", code=code, env=env).output.split("\n\n")
        return {group.partition(":")[0]: group.splitlines() for group in groups}, total.strip()

    return run_it


def test_the_site_as_it_comes_has_everything_to_do(listed):
    groups, total = listed(code=1)
    groups.pop(QUESTIONS)

    done = {name: lines[0].partition(": ")[2] for name, lines in groups.items()}
    assert done["Who answers for the site"] == "0 of 7 done"
    assert done["Readings"] == f"0 of {len(PAGES) * len(LANGUAGES)} done"
    assert done["Settings"] == "3 of 3 done"
    assert {each for name, each in done.items() if name != "Settings" and each[:2] != "0 "} == set()
    assert re.fullmatch(r"\d{3} open, 3 done\.", total)


def test_each_group_says_the_file_the_field_and_what_to_do(listed):
    groups, _total = listed(code=1)
    groups.pop(QUESTIONS)

    for name, lines in groups.items():
        file, _, field = lines[1].strip().partition(": ")
        assert file == "settings" or file.startswith("campaign/content/"), name
        assert field
        if name != "Settings":
            assert lines[2].startswith("  To do: "), name
            assert "confirmed_by" in lines[2]
    assert "  open  name: is empty" in groups["Who answers for the site"]
    assert "  open  awel: 102: nobody has confirmed it" in groups["Help contacts"]


def test_what_the_files_know_is_not_listed_twice(listed, finished):
    """A service that is new in help.yaml is a point, without a line elsewhere."""
    text = (finished.content / "help.yaml").read_text(encoding="utf-8")
    (finished.content / "help.yaml").write_text(
        text.replace('"awel"', '"awel-2"'), encoding="utf-8"
    )

    groups, _total = listed(finished)

    assert "  done  awel-2: 102 (Test, 2026-11-02)" in groups["Help contacts"]


def test_nothing_is_left_when_all_is_done(listed, finished):
    groups, total = listed(finished)

    assert re.fullmatch(r"0 open, \d{3} done\.", total)
    assert "  done  seat (Test, 2026-11-02)" in groups["Who answers for the site"]
    assert not [line for lines in groups.values() for line in lines if "To do" in line]


def test_questions_for_the_foundation_are_listed_and_hold_no_launch_back(listed, finished):
    for language in LANGUAGES:
        asked = f"<!-- waiting: {'Is it free' if language == 'en' else language}? -->"
        path = finished.content / language / "about.md"
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}\n## Free {{#free}}\n\n{asked}\nIt is free.\n", encoding="utf-8")
    finished.replace(
        "help.yaml",
        "waiting:\n",
        """waiting:
  - id: "made-up"
    question: {fr: "Qui répond la nuit ?"}
""",
    )

    groups, total = listed(finished)

    lines = groups[QUESTIONS]
    assert lines.count("  Is it free?") == 1, "once, though four pages wait for it"
    places = lines[lines.index("  Is it free?") + 1]
    for language in LANGUAGES:
        assert f"campaign/content/{language}/about.md:" in places
    at = lines.index("  Qui répond la nuit ?")
    assert lines[at + 1] == "    campaign/content/help.yaml: made-up"
    assert total.startswith("0 open, ")
    assert start(finished).config["PRODUCTION"]


def test_each_address_on_the_cards_is_to_be_owned(listed, finished):
    addresses = "nl=schatjeschatje.be, fr=fr.example, de=de.example, en=schatjeschatje.be"
    groups, total = listed(finished, code=1, env=SERVER | {"SCHATJE_CARD_ADDRESS": addresses})

    assert groups["Addresses on the cards"][0].endswith(": 1 of 3 done")
    assert "  open  fr.example: nobody has confirmed it" in groups["Addresses on the cards"]
    assert total.startswith("2 open")


@pytest.mark.parametrize(
    ("file", "old", "new", "group", "line"),
    [
        ("launch.yaml", 'nl: "Made-up seat (nl)", ', "", "Who answers for the site",
         "seat: is empty (nl)"),
        ("launch.yaml", "page: help\n    language: fr\n    reader: survivor",
         "page: help\n    language: nl\n    reader: survivor", "Readings",
         "help, fr: not yet read by a survivor (Test, 2026-11-02)"),
        ("launch.yaml", "publication: unodc-2010", "publication: unodc-2011",
         "Pages of the figures",
         "unodc-2011: is no publication: take it out"),
        ("launch.yaml", "address: schatjeschatje.be", "address: elsewhere.example",
         "Addresses on the cards", "schatjeschatje.be: nobody has confirmed it"),
        ("press.yaml", "confirmed_by: Test\nconfirmed_on: 2026-11-02\n", "", "Press contact",
         "email: nobody has confirmed it"),
    ],
)  # fmt: skip
def test_what_is_undone_is_open_again(file, old, new, group, line, listed, finished):
    finished.replace(file, old, new)

    groups, total = listed(finished, code=1)

    assert f"  open  {line}" in groups[group]
    assert re.match("[12] open", total)


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("SCHATJE_SECRET_KEY", "short", "Key: SCHATJE_SECRET_KEY: is missing, or shorter"),
        ("SCHATJE_SITE_URL", "http://127.0.0.1:8000", "TLS: SCHATJE_SITE_URL: does not begin"),
        ("SCHATJE_TRUSTED_HOSTS", "elsewhere.example", "Hosts: SCHATJE_SITE_URL"),
    ],
)
def test_settings_are_read_where_they_are(name, value, line, listed, finished):
    groups, _total = listed(finished, code=1, env=SERVER | {name: value})

    assert any(each.startswith(f"  open  {line}") for each in groups["Settings"])


# ---- the start


def start(folders=None, **settings):
    if folders:
        settings |= {"sources": str(folders.sources), "content": str(folders.content)}
    given = {"site_url": "https://campaign.example", "secret_key": "x" * 40, "state": ""}
    return create_app(Settings(**given | settings))


def test_no_visitor_comes_while_points_are_open():
    with pytest.raises(ValueError, match=r"^visitors may not come yet") as no:
        start()

    told = str(no.value)
    assert "Who answers for the site (7); Who pays (1); Privacy notice (6)" in told
    assert "schatje launch" in told
    assert "SCHATJE_LAUNCH=confirmed" in told


def test_one_open_point_is_enough(finished):
    finished.replace("help.yaml", "    confirmed_by: Test\n    confirmed_on: 2026-11-02\n", "")

    with pytest.raises(ValueError, match=r"Still open: Help contacts \(1\)\."):
        start(finished)


def test_the_site_starts_once_all_is_done_or_somebody_says_so(finished):
    assert start(finished).config["PRODUCTION"]
    assert start(launch="confirmed").config["PRODUCTION"]
    assert not start(site_url="http://127.0.0.1:8000").config["PRODUCTION"]


def test_serve_says_it_without_a_trace(run):
    told = run("serve", code=1, env=SERVER).output

    assert told.startswith("Error: ")
    assert "visitors may not come yet" in told
    assert "schatje launch" in told
