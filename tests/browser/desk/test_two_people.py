"""Drafts, proposals and phones: what two people do with one file, in Dutch."""

from __future__ import annotations

import re

from playwright.sync_api import expect

ILO = "/edit/sources/publications/ilo-2024.yaml"
PHONE = {"viewport": {"width": 360, "height": 740}, "locale": "nl-BE", "has_touch": True}
INSIDE = """legend => legend.getBoundingClientRect().right
  <= legend.parentElement.getBoundingClientRect().right"""
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def test_a_proposal_is_read_discussed_and_approved_on_a_phone(sit_down, check_with_axe):
    an = sit_down("An", locale="nl-BE")
    an.goto("/edit/sources/publications/kara-2009.yaml")
    an.locator("details.record > summary").first.click()
    an.locator('[name="figures.0.reference_year"]').fill("2009")
    an.locator("[name=do][value=preview]").last.click()
    an.locator("#why").fill("Opnieuw gelezen in het boek")
    an.locator("[value=propose]").click()
    expect(an.get_by_role("status")).to_contain_text("Voorgesteld")
    path = an.url

    bo = sit_down("Bo", **PHONE)
    bo.goto("/")
    bo.get_by_role("link", name=re.compile("Voorstellen")).first.click()
    assert bo.evaluate(FITS)
    bo.get_by_role("link", name="Opnieuw gelezen in het boek").first.click()
    assert bo.evaluate(FITS), "nothing is wider than the phone"
    check_with_axe(bo)
    bo.get_by_text("Wat er in de bestanden verandert").click()
    changed = bo.locator("pre.diff").first
    expect(changed).to_be_visible()
    assert changed.evaluate("box => box.scrollWidth <= box.clientWidth"), "long lines are broken"
    bo.get_by_label("Een reactie").fill("Op welke bladzijde?")
    bo.get_by_role("button", name="Reageren").click()
    expect(bo.locator("#said-1")).to_contain_text("Bo reageerde vandaag")

    an.goto(path)
    an.get_by_label("Een reactie").fill("Bladzijde 223")
    an.get_by_role("button", name="Reageren").click()
    bo.reload()
    expect(bo.locator("#said-2")).to_contain_text("Bladzijde 223")
    bo.get_by_role("button", name="Goedkeuren en bewaren").click()
    expect(bo.get_by_role("status")).to_contain_text("Bewaard")
    assert bo.evaluate(FITS)
    bo.goto("/history")
    assert bo.evaluate(FITS)


def test_what_is_typed_is_kept_without_a_button_and_back_works(sit_down):
    an = sit_down("An", locale="nl-BE")
    an.goto(ILO)
    an.locator('[name="title"]').fill("Half een tit")
    expect(an.locator("#kept")).to_contain_text("Kladversie bewaard")
    an.get_by_role("link", name="Geschiedenis").first.click()
    an.goto("/")
    an.get_by_role("link", name="Half een tit").click()
    expect(an.locator('[name="title"]')).to_have_value("Half een tit")

    an.locator("[name=do][value=preview]").last.click()
    expect(an).to_have_url(re.compile(r"\?preview$"))
    an.get_by_role("link", name="Geschiedenis").first.click()
    an.go_back()
    expect(an).to_have_url(re.compile(r"\?preview$"))
    expect(an.locator("#why")).to_be_visible()
    an.go_back()
    expect(an.locator('[name="title"]')).to_have_value("Half een tit")
    an.get_by_role("button", name="Weggooien en opnieuw beginnen").click()
    expect(an.locator('[name="title"]')).not_to_have_value("Half een tit")


def test_what_is_typed_is_kept_where_a_phone_closes_the_page_without_asking(sit_down):
    an = sit_down("An on a phone", locale="nl-BE")
    an.goto("/edit/sources/publications/kara-2017.yaml")
    an.locator('[name="title"]').fill("Half een zin")
    an.evaluate(
        "Object.defineProperty(document, 'visibilityState', {value: 'hidden'});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    expect(an.locator("#kept")).to_contain_text("Kladversie bewaard", timeout=1500)


def test_leaving_is_warned_of_only_while_something_is_not_kept(sit_down):
    an = sit_down("An", locale="nl-BE")
    asked = []
    an.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    an.goto("/edit/sources/publications/kara-2009.yaml")
    an.locator('[name="title"]').press_sequentially("x")
    an.goto("/history")
    assert asked == ["beforeunload"]

    an.goto(ILO)
    an.locator('[name="title"]').press_sequentially("x")
    expect(an.locator("#kept")).to_contain_text("Kladversie bewaard")
    an.goto("/history")
    assert asked == ["beforeunload"]


def test_two_who_change_one_field_choose_on_a_phone(sit_down, check_with_axe):
    path = "/edit/sources/publications/kara-2010.yaml"
    an, bo = sit_down("An", **PHONE), sit_down("Bo", locale="nl-BE")
    for person, title in ((an, "Titel van An"), (bo, "Titel van Bo")):
        person.goto(path)
        person.locator('[name="title"]').fill(title)
        person.locator('[name="figures.0.caveat.nl"]').fill(title)
        person.locator("[name=do][value=preview]").last.click()
        person.locator("#why").fill(title)
    bo.locator("[value=save]").click()
    expect(bo.get_by_role("status")).to_contain_text("Bewaard")
    an.locator("[value=save]").click()

    expect(an.get_by_role("heading", level=1)).to_contain_text("intussen gewijzigd")
    assert an.evaluate(FITS)
    check_with_axe(an)
    for legend in an.locator("fieldset.change legend").all():
        assert legend.evaluate(INSIDE), legend.inner_text()
        assert "kara-2010" not in legend.inner_text()
    for own in an.get_by_label(re.compile("Jouw versie.*Titel van An")).all():
        own.check()
    an.get_by_role("button", name="Samenvoegen en bekijken").click()
    expect(an.locator("main")).to_contain_text("Titel van Bo")
    an.locator("#why").fill("Afgesproken")
    an.locator("[value=save]").click()
    expect(an.get_by_role("status")).to_contain_text("Bewaard")
