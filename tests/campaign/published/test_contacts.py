"""Files that staff edit: a mistake is refused at the start, with file, line and what to do."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from calculator.errors import SourcesInvalid
from campaign import create_app
from campaign.published.contacts import load_contacts
from campaign.published.markdown import read_markdown
from campaign.published.texts import (
    TEXT_PAGES,
    check_content,
    check_sections,
    read_content,
    waiting_parts,
)

CONTENT = Path(__file__).parents[3] / "campaign" / "content"
KNOWN = {f"figure-{number}" for number in range(9)}
FACTS = "facts:\n  - figure-1\n  - figure-2\n  - figure-3\n"


@pytest.fixture
def folder(tmp_path):
    for name in ("help.yaml", "press.yaml", "launch.yaml"):
        shutil.copy(CONTENT / name, tmp_path)
    (tmp_path / "facts.yaml").write_text(FACTS, encoding="utf-8")
    return tmp_path


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text.count("\n", 0, text.index(old)) + 1


def refusal(folder):
    with pytest.raises(SourcesInvalid) as caught:
        load_contacts(folder, KNOWN)
    return caught.value.problems


def test_sound_files_are_read(folder):
    loaded = load_contacts(folder, KNOWN)
    assert loaded.facts.facts == ("figure-1", "figure-2", "figure-3")
    assert loaded.press.name


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("help.yaml", 'phone: "101"', 'phone: "one-oh-one"', "phone is 'one-oh-one'"),
        (
            "help.yaml",
            'phone: "101"',
            'fone: "101"',
            "fone is not a known field. Did you mean phone",
        ),
        ("help.yaml", 'name: "101"', 'name: ""', "name is empty"),
        ("help.yaml", "https://103ecoute.be", "103ecoute", "is not a web address. Copy it"),
        ("help.yaml", 'email: "116000@childfocus.org"', 'email: "childfocus"', "is not an e-mail"),
        ("press.yaml", "url:", 'email: "press"\nurl:', "is not an e-mail"),
        ("press.yaml", "url:", "email: 116000@ChildFocus.org\nurl:", "mailbox of the helpline"),
        ("press.yaml", 'name: "Child Focus"', 'title: "Child Focus"', "title is not a known field"),
        ("facts.yaml", "  - figure-2\n  - figure-3\n", "", "facts"),
        ("facts.yaml", "figure-3", "Figure 3", "facts is 'Figure 3'"),
        ("facts.yaml", "figure-3", "no-such-figure", "no-such-figure is no figure"),
    ],
)
def test_a_damaged_file_is_refused_with_file_line_and_what_to_do(file, old, new, words, folder):
    line = change(folder / file, old, new)

    problems = refusal(folder)
    assert {problem.file for problem in problems} == {file}
    text = "\n".join(map(str, problems))
    assert words in text
    if "\n" not in old:
        assert any(abs(problem.line - line) <= 3 for problem in problems), (line, text)


YOUNG = 'services_nl: ["nupraatikerover", "awel", "zsg-cpvs"]'


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (YOUNG, YOUNG.replace("awel", "awol"), "young-person names the unknown service awol"),
        ('first_call: "child-focus"', 'first_call: "focus"', "first_call names the unknown"),
        ('emergency: "emergency-112"', 'emergency: "113"', "emergency names the unknown"),
        (YOUNG, "services_nl: []", "services_nl: name one to 3 services"),
        (YOUNG, YOUNG.replace('"awel"', '"awel", "police-101"'), "name one to 3 services"),
        (YOUNG, YOUNG.replace("awel", "child-focus"), "child-focus stands on top of the page"),
        (YOUNG, YOUNG.replace("awel", "ecoute-103"), "of another language stands before one of"),
        (YOUNG, 'services_nl: ["awel", "nupraatikerover"]', "Put services with a chat first"),
        ('reader: "young"', 'reader: "other"', "needs one role with the reader young"),
        ('reader: "young"', 'reader: "child"', "reader is 'child'"),
    ],
)
def test_a_role_that_misleads_its_reader_is_refused(old, new, words, folder):
    change(folder / "help.yaml", old, new)

    assert any(words in str(problem) for problem in refusal(folder))


def test_an_id_that_stands_twice_is_refused(folder):
    change(folder / "help.yaml", 'id: "awel"', 'id: "ecoute-103"')

    assert any("lists the id ecoute-103 twice" in str(problem) for problem in refusal(folder))


@pytest.mark.parametrize("name", ["help.yaml", "press.yaml", "facts.yaml", "launch.yaml"])
def test_a_missing_or_broken_file_is_named(name, folder):
    (folder / name).write_text('roles: "never closed\n', encoding="utf-8")
    assert {problem.file for problem in refusal(folder)} == {name}
    (folder / name).unlink()
    [problem] = refusal(folder)
    assert str(problem) == f"{name}:1: is missing. Put it back"


def test_every_problem_is_told_at_once(folder):
    change(folder / "help.yaml", 'phone: "101"', 'phone: "x"')
    change(folder / "press.yaml", "url:", "email: nowhere\nurl:")
    change(folder / "facts.yaml", "figure-1", "unknown")

    assert {problem.file for problem in refusal(folder)} == {
        "help.yaml",
        "press.yaml",
        "facts.yaml",
    }


def test_a_fact_without_its_figure_stops_the_site_at_the_start(folder, monkeypatch):
    # A snapshot would stand in for the folder; here none is kept.
    monkeypatch.setenv("SCHATJE_CONTENT", str(write(folder, TEXT)))
    monkeypatch.setenv("SCHATJE_STATE", "")
    monkeypatch.setenv("SCHATJE_SECRET_KEY", "x" * 50)
    monkeypatch.setenv("SCHATJE_SITE_URL", "https://campaign.example")
    monkeypatch.setenv("SCHATJE_LAUNCH", "confirmed")

    with pytest.raises(SourcesInvalid) as caught:
        create_app()
    assert str(caught.value).splitlines()[0] == (
        "facts.yaml:2: figure-1 is no figure. Use the id of a figure in sources/publications/"
    )


TEXT = "## First {#first}\n\nWords.\n\n## Second {#second}\n\nMore words.\n"


def write(folder, text, languages=("nl", "fr", "de", "en")):
    for language in languages:
        (folder / language).mkdir(exist_ok=True)
        for page in TEXT_PAGES:
            (folder / language / f"{page}.md").write_text(text, encoding="utf-8")
    return folder


def test_texts_are_read_part_by_part(tmp_path):
    texts = check_content(read_content(write(tmp_path, TEXT)))
    assert [part.anchor for part in texts["fr", "about"]] == ["first", "second"]


ASKED = "## Third {#third}\n\n<!-- waiting: Who knows? -->\nPerhaps.\n"


def test_a_part_that_waits_is_shown_to_staff_alone(tmp_path):
    write(tmp_path, f"{TEXT}\n{ASKED}")
    # Where one language has its answer, it stands there; the others wait on.
    answered = ASKED.replace("<!-- waiting: Who knows? -->\n", "")
    write(tmp_path, f"{TEXT}\n{answered}", languages=["de"])

    files = read_content(tmp_path)
    texts = check_content(files)
    assert [part.anchor for part in texts["fr", "about"]] == ["first", "second"]
    assert [part.anchor for part in texts["de", "about"]] == ["first", "second", "third"]
    shown = check_sections((tmp_path / "fr" / "about.md").read_bytes(), "fr/about.md")
    assert shown == texts["fr", "about"]
    waiting = waiting_parts(files)
    assert len(waiting) == len(TEXT_PAGES) * 3
    first = next(part for part in waiting if part.file == "fr/about.md")
    assert (first.line, first.title, first.question) == (9, "Third", "Who knows?")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("## First\n\nWords.\n", 1, "{#short-name}"),
        ("## First {#first}\n\nWords.\n\n## Second {#No Good}\n\nMore.\n", 5, "{#short-name}"),
        ("", 1, "empty"),
        ("Lost words.\n\n## First {#first}\n\nWords.\n", 1, "before the first heading"),
        (
            "## First {#first}\n\nWords.\n\n## Again {#first}\n\nMore.\n",
            5,
            "#first} is used already on line 1",
        ),
    ],
)
def test_a_damaged_text_is_refused_with_file_line_and_what_to_do(text, line, words, tmp_path):
    write(tmp_path, text)
    with pytest.raises(SourcesInvalid) as caught:
        check_sections((tmp_path / "nl" / "about.md").read_bytes(), "nl/about.md")
    assert str(caught.value).startswith(f"nl/about.md:{line}: ")
    assert words in str(caught.value)


def test_a_part_missing_in_one_language_is_refused(tmp_path):
    write(tmp_path, TEXT)
    write(tmp_path, TEXT.partition("\n## Second")[0], languages=["de"])
    with pytest.raises(SourcesInvalid, match=r"(?m)^de/about\.md:1: lacks the part {#second}"):
        check_content(read_content(tmp_path))


def test_a_text_missing_in_one_language_is_refused(tmp_path):
    write(tmp_path, TEXT)
    (tmp_path / "fr" / "about.md").unlink()
    with pytest.raises(SourcesInvalid, match=r"(?m)^fr/about\.md:1: is missing"):
        check_content(read_content(tmp_path))


@pytest.mark.parametrize(
    "unsafe",
    ["<script>alert(1)</script>", '<img src="https://elsewhere.example/x.png">',
     '<p onclick="x()">x</p>', '<a href="data:text/html,x">x</a>'],
)  # fmt: skip
def test_texts_carry_no_html(unsafe):
    with pytest.raises(SourcesInvalid, match=r"nl/about\.md:3: holds HTML"):
        check_sections(f"## First {{#first}}\n\n{unsafe}\n".encode(), "nl/about.md")
    html = read_markdown(unsafe).html
    assert not re.search("<(?:script|img)|<[^>]+(?:javascript:|data:|onclick)", html)


@pytest.mark.parametrize(
    ("unsafe", "words"),
    [("[x](javascript:alert(1))", "is no address"), ("![x](data:image/png;base64,x)", "a picture")],
)
def test_texts_carry_no_code(unsafe, words):
    with pytest.raises(SourcesInvalid, match=rf"nl/about\.md:3: .*{words}"):
        check_sections(f"## First {{#first}}\n\n{unsafe}\n".encode(), "nl/about.md")
    html = read_markdown(unsafe).html
    assert not re.search("<(?:script|img)|<[^>]+(?:javascript:|data:|onclick)", html)
