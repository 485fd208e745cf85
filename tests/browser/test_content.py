"""Pages of texts: questions fold and a link opens them, lists fill the width, speech looks so."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from calculator.languages import LANGUAGES
from campaign.words.addresses import page_path

LINKED = "why-a-range"
STORIES = ("signs", "about", "press")
# How many of its points a list has on its first row.
COLUMNS = """list => {
  const tops = [...list.children].map((point) => point.getBoundingClientRect().top);
  return tops.filter((top) => Math.abs(top - tops[0]) < 2).length;
}"""


def answers(page):
    """Return the questions whose answer is seen."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".question")].filter((question) =>
          question.querySelector(".answer p").checkVisibility({contentVisibilityAuto: true}))
          .map(({id}) => id)"""
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_link_to_a_question_shows_its_answer(scripts, open_page):
    page = open_page(f"/nl/faq#{LINKED}", java_script_enabled=scripts)

    assert answers(page) == [LINKED]
    box = page.locator(f"#{LINKED} summary").bounding_box()
    assert 0 <= box["y"] < 200, "and stands at the top of the window"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_question_opens_and_folds_at_the_press(scripts, open_page):
    page = open_page("/nl/faq", java_script_enabled=scripts)
    assert answers(page) == []

    summary = page.locator(f"#{LINKED} summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#{LINKED} .answer")).to_be_visible()
    assert answers(page) == [LINKED]
    summary.click()
    expect(page.locator(f"#{LINKED} .answer p").first).not_to_be_in_viewport()
    assert answers(page) == []


def test_a_link_inside_the_page_opens_the_question_and_it_folds_again(open_page):
    page = open_page("/nl/faq#how-are-the-amounts-computed")
    page.locator(".answer").get_by_role("link", name="Waar de marge begint en eindigt").click()
    page.wait_for_url(f"**#{LINKED}")

    assert answers(page) == ["how-are-the-amounts-computed", LINKED]
    expect(page.locator(f"#{LINKED} details")).to_have_attribute("open", "")
    page.locator(f"#{LINKED} summary").click()
    expect(page.locator(f"#{LINKED} .answer")).to_have_attribute("hidden", "until-found")
    assert answers(page) == ["how-are-the-amounts-computed"]


def test_the_browsers_own_search_finds_what_is_folded(open_page):
    page = open_page("/nl/faq#:~:text=tweeënvijftigste")

    expect(page.locator(f"#{LINKED} details")).to_have_attribute("open", "")
    assert answers(page) == [LINKED]


def test_what_was_searched_for_stands_open(open_page):
    page = open_page("/nl/faq?q=tweeënvijftigste", java_script_enabled=False)

    assert answers(page) == [LINKED]


@pytest.mark.parametrize(("width", "columns"), [(360, 1), (768, 1), (1280, 2)])
def test_questions_stand_in_two_columns_where_there_is_room(width, columns, open_page):
    page = open_page("/nl/faq", viewport={"width": width, "height": 800})

    lefts = page.evaluate(
        "() => [...document.querySelectorAll('.question')].map((q) => q.offsetLeft)"
    )
    assert len(set(lefts)) == columns


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("width", "columns"), [(360, 1), (768, 2), (1280, 3)])
def test_lists_fill_the_width(width, columns, language, open_page):
    page = open_page(page_path("signs", language), viewport={"width": width, "height": 800})

    lists = page.locator("ul.grid").all()
    assert len(lists) >= 5
    assert {item.evaluate(COLUMNS) for item in lists} == {columns}
    # Prose keeps to the measure, 70 letters at the most.
    assert page.locator(".part > p").first.bounding_box()["width"] <= 35 * 16


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_to_say_are_bubbles_in_turn_dark_and_bright(language, open_page):
    page = open_page(page_path("signs", language))

    bubbles = page.locator("#start-talking ul.said > li")
    grounds = bubbles.evaluate_all("all => all.map((one) => getComputedStyle(one).backgroundColor)")
    assert len(grounds) == 6
    assert len(set(grounds[::2])) == len(set(grounds[1::2])) == 1
    assert grounds[0] != grounds[1]


def test_bubbles_have_an_edge_on_paper_and_in_chosen_colours(open_page):
    page = open_page("/nl/signalen")
    edge = "one => [getComputedStyle(one).borderTopStyle, getComputedStyle(one).borderTopColor]"
    ground = "getComputedStyle(document.body).backgroundColor"
    bubble = page.locator(".said > li").first
    for media in ({"media": "print"}, {"media": "screen", "forced_colors": "active"}):
        page.emulate_media(**media)
        style, colour = bubble.evaluate(edge)
        assert style == "solid"
        assert colour not in (page.evaluate(ground), "rgba(0, 0, 0, 0)")


@pytest.mark.parametrize("name", STORIES)
def test_one_sentence_is_read_from_afar(name, open_page):
    page = open_page(page_path(name, "nl"), viewport={"width": 1280, "height": 800})

    [pulled] = page.locator(".part > blockquote").all()
    assert pulled.evaluate("one => getComputedStyle(one).fontSize") == "48px"


@pytest.mark.parametrize("name", ["privacy", "accessibility"])
def test_a_page_to_look_up_has_its_contents_beside_it(name, open_page):
    page = open_page(page_path(name, "de"), viewport={"width": 1280, "height": 800})

    listed = page.locator(".contents a").evaluate_all("all => all.map(({hash}) => hash)")
    assert listed == page.locator(".part").evaluate_all("all => all.map(({id}) => `#${id}`)")
    contents, text = (page.locator(part).first.bounding_box() for part in (".contents", ".part"))
    assert contents["x"] + contents["width"] <= text["x"]
