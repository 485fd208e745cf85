"""A region and a period by files alone: the examples of sources/README.md, put into a copy."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile

import pytest
from every_page import Site
from grown_files import PERIOD, REGION, add_examples
from made_site import make_site
from page import LANGUAGES
from PIL import Image

from calculator.card.layout import FORMATS
from campaign.words.addresses import PAGES

pytestmark = pytest.mark.processes

SENTENCE = {
    "nl": "Zoveel verdienen criminelen in vijf jaar aan de seksuele uitbuiting van één"
    " minderjarige in Europa, ook in Nederland:",
    "fr": "Voici ce que des criminels empochent en cinq ans en exploitant sexuellement un seul"
    " mineur en Europe, aux Pays-Bas aussi\u00a0:",
    "de": "So viel verdienen Kriminelle in fünf Jahren an der sexuellen Ausbeutung einer"
    " minderjährigen Person in Europa, auch in den Niederlanden:",
    "en": "Criminals earn this much in five years from the sexual exploitation of one child in"
    " Europe, the Netherlands too:",
}
CAUTION = {
    "nl": "Voor Nederland alleen maakten we geen schatting.",
    "fr": "Nous n’avons pas fait d’estimation pour les seuls Pays-Bas.",
    "de": "Für die Niederlande allein haben wir keine Schätzung gemacht.",
    "en": "We have made no estimate for the Netherlands alone.",
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory, pytestconfig):
    root, copy = pytestconfig.rootpath, tmp_path_factory.mktemp("copy")
    shutil.copytree(root / "sources", copy / "sources")
    shutil.copytree(root / "campaign" / "content", copy / "campaign" / "content")
    add_examples(copy / "sources", root / "sources" / "README.md")
    return copy


@pytest.fixture(scope="module")
def grown(folders):
    site = Site(
        make_site(SOURCES=str(folders / "sources"), CONTENT=str(folders / "campaign" / "content"))
    )
    assert site.app.extensions["renderer"].wait_until_ready()
    return site


# ---- the site


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_made(language, grown):
    new = [tail for tail in grown.scenarios if "NL" in tail or "5y" in tail]
    assert len(new) == len(grown.published.regions) + len(grown.published.periods) - 1
    for name in PAGES:
        for tail in new if name == "result" else [""]:
            assert grown.page(language, name, tail).status == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_say_the_names_and_sentences_of_the_file(language, grown):
    for name in ("home", "calculate", "photo"):
        words = grown.page(language, name).words
        assert REGION[language] in words
        assert PERIOD[language] in words
    result = grown.page(language, "result", "/NL/5y").words
    assert SENTENCE[language] in result
    assert CAUTION[language] in result
    assert CAUTION[language] in grown.page(language, "press").words
    assert REGION[language] in grown.page(language, "method").words
    assert f"{REGION[language]} 0" in grown.page(language, "sources").words  # with its weight


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_is_drawn(language, grown):
    published = grown.published
    for region, period in (("NL", "5y"), ("NL", "1y"), ("BE", "5y")):
        assert (region, period) in published.estimates
        for name, layout in FORMATS.items():
            answer = grown.get(f"/card/000000000000/{language}/{region}/{period}/{name}.jpg")
            image = Image.open(io.BytesIO(answer.data))
            assert (image.format, image.size) == ("JPEG", (layout.width_px, layout.height_px))


def test_the_press_kit_holds_the_region(grown):
    for _ in range(20):  # a busy renderer asks to come back; what was drawn by then is kept
        answer = grown.get("/downloads/press-kit.zip")
        if answer.status_code != 503:
            break
    kit = zipfile.ZipFile(io.BytesIO(answer.data))
    names = {name.partition("/")[2] for name in kit.namelist()}
    for language in LANGUAGES:
        assert {f"cards/{language}/nl-1y-{name}.jpg" for name in FORMATS} <= names
        [text] = [name for name in kit.namelist() if name.endswith(f"texts/{language}.txt")]
        assert CAUTION[language] in kit.read(text).decode()


# ---- the commands


def test_every_command_knows_them(run, folders, tmp_path):
    sources, content = folders / "sources", folders / "campaign" / "content"
    assert "NL: " in run("sources", "check", sources).output
    every = run("estimate", "--all", "--sources", sources).output
    assert re.search(r"^NL +5y ", every, re.MULTILINE)
    scenario = ("--region", "NL", "--period", "5y", "--sources", sources)
    assert json.loads(run("estimate", *scenario, "--json").output)["evidence_of"] == "EUROPE"
    for language in LANGUAGES:
        for name in FORMATS:
            card = tmp_path / f"{language}-{name}.jpg"
            run("card", *scenario, "--lang", language, "--format", name, "-o", card)
            assert Image.open(io.BytesIO(card.read_bytes())).format == "JPEG"
    before = shutil.copytree(sources, tmp_path / "before")
    words = (before / "scenarios.yaml").read_text(encoding="utf-8")
    words = words.replace(", auch in den Niederlanden:", ":")
    (before / "scenarios.yaml").write_text(words, encoding="utf-8")
    impact = run("sources", "impact", sources, "--base", before, "--lang", "all").output
    assert SENTENCE["de"] in impact
    assert "NL 5y" in impact
    run("sources", "stale", sources, "--content", content)
    run("sources", "manual", sources)
    wrong = run("card", "--region", "XX", *scenario[2:], "-o", tmp_path / "x.jpg", code=1).output
    assert "BE, EUROPE, WORLD, NL" in wrong


def test_a_page_needs_belgium_and_one_year_and_the_check_says_so(run, folders, tmp_path):
    copy = tmp_path / "sources"
    shutil.copytree(folders / "sources", copy)
    path = copy / "scenarios.yaml"
    text = path.read_text(encoding="utf-8").replace("- id: BE\n", "- id: LU\n")
    path.write_text(text.replace("- id: 1y\n", "- id: 12m\n"), encoding="utf-8")

    said = run("sources", "check", copy, code=1).output

    assert re.search(r"scenarios.yaml:\d+: BE is missing, and pages need it", said)
    assert re.search(r"scenarios.yaml:\d+: 1y is missing, and pages need it", said)


def test_a_sentence_too_long_for_a_card_is_said_with_its_line(run, folders, tmp_path):
    copy = tmp_path / "sources"
    shutil.copytree(folders / "sources", copy)
    path = copy / "scenarios.yaml"
    text = path.read_text(encoding="utf-8").replace("ook in Nederland:", "ook in Nederland, " * 20)
    path.write_text(text, encoding="utf-8")
    before, _, after = text.partition("- id: NL\n")
    line = before.count("\n") + 1 + after.partition("    sentence:")[0].count("\n") + 1

    said = run("sources", "check", copy, code=1).output

    assert f"scenarios.yaml:{line}: a card cannot be made: facebook" in said


# ---- a helpline of its own


def test_a_region_may_have_its_own_helpline(folders, run, tmp_path):
    copy = tmp_path / "sources"
    shutil.copytree(folders / "sources", copy)
    path = copy / "scenarios.yaml"
    number = (
        '    help:\n      number: "0800 000"\n      who: "Test line"\n'
        '      line: {nl: "Hulp? {number}", fr: "Aide\u00a0? {number}",'
        ' de: "Hilfe? {number}", en: "Help? {number}"}\n'
        '      confirmed_by: "test"\n      confirmed_on: 2026-11-20\n'
    )
    text = path.read_text(encoding="utf-8").replace("- id: NL\n", f"- id: NL\n{number}")
    path.write_text(text, encoding="utf-8")
    site = Site(make_site(SOURCES=str(copy), CONTENT=str(folders / "campaign" / "content")))

    assert "0800\u00a0000" in site.page("nl", "result", "/NL/1y").html
    assert "116\u00a0000" in site.page("nl", "result", "/NL/1y").words
    assert "0800" not in site.page("nl", "result", "/BE/1y").html
    run("card", "--region", "NL", "--period", "1y", "--sources", copy, "-o", tmp_path / "x.jpg")
