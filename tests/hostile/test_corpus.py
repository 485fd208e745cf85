"""Every file of the corpus, sent to the running site: the right answer, in time, and no trace."""

from __future__ import annotations

import html
import io
import re
import sys

import pytest
from corpus import CASES, DRAWN
from PIL import Image
from target import megabytes, path_of
from witnesses import open_files, renderers, segments_of

from calculator.card.layout import FORMATS
from campaign.web.headers import HEADERS
from campaign.words.i18n import load_catalogues
from campaign.words.terms import PHOTO_PROBLEMS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc and uses inotify")

LANGUAGES = ("nl", "fr", "de", "en")
MOST_MB = 600
MOST_SECONDS = 10
COLOUR_TOLERANCE = 45  # of the card's own JPEG, and of the formats that lose some
NUMBERED = [pytest.param(number, case, id=case.name) for number, case in enumerate(CASES)]


@pytest.fixture(scope="module")
def sentences():
    """Return the sentence for each reason in each language."""
    catalogues = load_catalogues()
    return {
        (language, reason): catalogues[language].gettext(sentence)
        for language in LANGUAGES
        for reason, sentence in PHOTO_PROBLEMS.items()
    }


def test_every_case_has_its_own_name():
    assert len({case.name for case in CASES}) == len(CASES)
    assert {case.outcome for case in CASES} == {DRAWN, *PHOTO_PROBLEMS} - {"crashed"}


@pytest.mark.parametrize(("number", "case"), NUMBERED)
def test_a_file_gets_its_answer_and_leaves_no_trace(number, case, target, sentences):
    language = LANGUAGES[number % len(LANGUAGES)]
    card_format = list(FORMATS)[number % len(FORMATS)]
    data = case.make()
    before = renderers(target.site)
    meter, files_before = target.watch()

    answer = target.send(data, language, card_format, case.file_name, case.content_type)

    log = target.log_line()
    if ended := "a renderer was ended" in log:
        assert log.endswith(" WARNING a renderer was ended: too-slow\n")
        assert case.costly
        log = target.log_line()
    outcome = re.search(r"reason=(\S+)\n$", log)[1]
    # Where the machine is busy with others, a costly photo may be one too many.
    assert outcome == case.outcome or (case.costly and outcome == "too-slow")
    status = 200 if outcome == DRAWN else 400
    line = rf"\S+ \S+ INFO method=POST route={path_of(language)} status={status} ms=\d+ size=\w+ "
    assert re.fullmatch(line + rf"reason={outcome}\n", log)
    assert answer.status == status
    assert answer.seconds < MOST_SECONDS
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers or outcome != DRAWN
    if outcome == DRAWN:
        check_card(answer.body, FORMATS[card_format], case.colours)
    else:
        check_page(answer, language, sentences[language, outcome])

    peaks = {process: megabytes(process, "VmHWM") for process in target.site.processes()}
    assert max(peaks.values()) < MOST_MB
    assert open_files(target.site) <= files_before
    assert target.notifier.heard() == b""
    if ended:
        target.wait_for_renderer()
    else:
        assert renderers(target.site) == before
        assert meter.written() <= len(log.encode()) + 1000, "all that was written is the log"
    assert target.site.said(0) == ""


def check_card(card, layout, colours):
    """Hold a card to its size, to nothing but a picture, and to the colours of its quarters."""
    kinds, rest = segments_of(card)
    assert kinds <= {0xE0, 0xDB, 0xC0, 0xC4}, "JFIF, tables and frame only"
    assert rest == b""
    with Image.open(io.BytesIO(card)) as image:
        assert (image.format, image.mode) == ("JPEG", "RGB")
        assert image.size == (layout.width_px, layout.height_px)
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        box = layout.picture
        found = [
            image.getpixel((box.left + box.width * x // 16, box.top + box.height * y // 16))
            for y in (1, 15)
            for x in (1, 15)
        ]
    for seen, wanted in zip(found, colours or found, strict=True):
        differences = [abs(one - other) for one, other in zip(seen, wanted, strict=True)]
        assert max(differences) <= COLOUR_TOLERANCE, (found, colours)


def check_page(answer, language, sentence):
    """Hold a refusal to the form in the visitor's language, with the sentence that says why."""
    page = html.unescape(answer.body.decode())
    assert f'<html lang="{language}"' in page
    assert page.count(sentence) >= 2, "in the summary and at the field"
    assert "Traceback" not in page
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
