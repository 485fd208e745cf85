"""The choices of the method, the makers and the facts of the first page, each without YAML."""

from __future__ import annotations

ALPHA = "/edit/sources/publications/alpha.yaml"


def text_of(desk, name):
    return (desk.root / name).read_text(encoding="utf-8")


def new_lines(before, after):
    return [line for line in after.splitlines() if line not in before.splitlines()]


def test_every_choice_is_listed_with_its_reason_and_a_form(desk):
    page = desk.person().get("/choices")

    links = {link.get("href") for link in page.all("main//a")}
    for part in ("margin", "quantiles", "minimum", "basis", "regions/BE", "families/ilo"):
        assert f"/part/{part}" in links, part
    assert "criminals keep about 70 per cent" in page.words


def test_numbers_are_written_as_the_reader_does_and_years_as_years(desk):
    words = desk.person().get("/choices", headers={"Accept-Language": "nl"}).words

    assert "Het getal: 0,70 " in words
    assert "Het getal: 2024 " in words


def test_a_choice_is_changed_with_what_it_does_to_every_estimate(desk):
    an, before = desk.person(), text_of(desk, "sources/scenarios.yaml")

    preview = an.press(an.get("/part/read"), "preview", read__once="0,4")
    assert preview.status == 200, preview.alerts
    an.press(preview, "save", why="Read more strictly")

    assert new_lines(before, text_of(desk, "sources/scenarios.yaml")) == ["  once: 0.4"]


def test_a_choice_that_cannot_be_is_said_in_words(desk):
    an, before = desk.person(), text_of(desk, "sources/scenarios.yaml")

    for typed in ("1,8", "0", "much"):
        page = an.press(an.get("/part/margin"), "preview", margin__value=typed)
        assert page.status == 422, typed
        assert "Input should" not in page.html
    assert text_of(desk, "sources/scenarios.yaml") == before


def test_a_maker_is_added_and_its_short_name_makes_itself(desk):
    an, before = desk.person(), text_of(desk, "sources/families.yaml")
    page = an.get("/part/families/new")
    row = next(name for name in page.fields if name.endswith("label.nl")).removesuffix("nl")
    words = {
        f"{row}{code}".replace(".", "__"): f"House {code}" for code in ("nl", "fr", "de", "en")
    }

    an.press(an.press(page, "preview", **words), "save", why="A new maker")

    assert new_lines(before, text_of(desk, "sources/families.yaml"))[0] == "  - id: house-en"
    assert "house-en" in an.get(ALPHA).html, "it can be chosen in a figure"


def test_a_maker_that_figures_name_is_not_taken_out(desk):
    an, before = desk.person(), text_of(desk, "sources/families.yaml")

    page = an.get("/part/families/ilo/remove")

    assert page.status == 422
    assert "ilo" in page.alerts[0]
    assert "save" not in page.buttons
    assert text_of(desk, "sources/families.yaml") == before


def test_a_rule_for_all_figures_is_said_without_a_file(desk):
    an, before = desk.person(), desk.text("alpha")

    page = an.press(an.get(ALPHA), "preview", figures__0__claim="at-least")

    assert page.status == 422
    assert "Europe: the number of sources behind an end of the range is 1" in page.alerts[0]
    assert "add figures of other sources first" in page.alerts[0]
    assert "scenarios.yaml" not in page.alerts[0]
    assert desk.text("alpha") == before


def test_facts_are_picked_from_lists(desk):
    an = desk.person()
    page = an.get("/facts")
    assert [page.fields[f"fact.{i}"] for i in range(3)] == [
        "alpha-profit", "beta-profit", "gamma-profit",
    ]  # fmt: skip

    preview = an.press(page, "preview", fact__3="delta-profit", fact__0="epsilon-profit")
    an.press(preview, "save", why="Others")

    facts = text_of(desk, "campaign/content/facts.yaml")
    assert facts.startswith("# Three facts\nfacts:\n")
    assert [line[4:] for line in facts.splitlines()[2:]] == [
        "epsilon-profit", "beta-profit", "gamma-profit", "delta-profit",
    ]  # fmt: skip


def test_facts_are_three_at_least_and_each_another(desk):
    an, before = desk.person(), text_of(desk, "campaign/content/facts.yaml")
    page = an.get("/facts")

    twice = an.press(page, "preview", fact__1="alpha-profit")
    few = an.press(page, "preview", fact__2="")

    assert (twice.status, few.status) == (422, 422)
    assert "twice" in twice.alerts[0]
    assert "at least three" in few.alerts[0]
    assert twice.fields["fact.1"] == "alpha-profit"
    assert text_of(desk, "campaign/content/facts.yaml") == before
