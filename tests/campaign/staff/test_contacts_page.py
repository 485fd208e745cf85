"""Help contacts as a list: who called last, "called today", and one short form for each."""

from __future__ import annotations

from calculator.clock import belgian_day

AWEL = "/part/services/awel"


def help_file(desk):
    return (desk.root / "campaign" / "content" / "help.yaml").read_text(encoding="utf-8")


def confirm(person, page, value, **more):
    fields = {"csrf_token": page.fields["csrf_token"], "called": value, **more}
    answer = person.post("/contacts/called", fields)
    return person.get(answer.response.location) if answer.status == 303 else answer


def lines_gone_and_new(before, after):
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_each_helpline_is_one_row_and_nobody_called_yet(desk):
    page = desk.person().get("/contacts")

    rows = page.all("main//li[@class='row']")
    assert len(rows) > 20
    assert "Awel" in page.words
    assert "nobody yet" in page.words
    assert "Nederlands" in page.words, "the languages it helps in"


def test_called_today_writes_who_and_when_below_that_service_alone(desk):
    an, before = desk.person(), help_file(desk)

    page = confirm(an, an.get("/contacts"), "services:awel")

    assert "Saved" in page.words
    assert "Looked at today: Awel" in an.get("/history").words
    gone, new = lines_gone_and_new(before, help_file(desk))
    assert gone == []
    today = belgian_day().isoformat()
    assert new == ['    confirmed_by: "An"', f"    confirmed_on: {today}"]


def test_a_round_of_calls_is_one_button_and_a_tick(desk):
    an, before = desk.person(), help_file(desk)

    refused = confirm(an, an.get("/contacts"), "services:*")
    assert refused.status == 422
    assert "Tick that you did each of them" in refused.alerts[0]
    assert help_file(desk) == before
    confirm(an, an.get("/contacts"), "services:*", sure="1")

    services = help_file(desk).partition("\nroles:")[0]
    assert services.count("- id:") == services.count('confirmed_by: "An"') > 10
    assert "\n    confirmed_on" in services
    assert "\n\n    confirmed_by" not in services, "each stands with its own service"


def test_nobody_is_asked_to_call_an_emergency_number(desk):
    buttons = {
        button.get("value"): button.text.strip()
        for button in desk.person().get("/contacts").all("button")
    }

    assert buttons["services:awel"] == "Called today"
    for service in ("emergency-112", "police-101", "betternet"):
        assert buttons[f"services:{service}"] == "Looked at today"


def test_a_helpline_that_no_reader_is_shown_says_so(desk):
    an = desk.person()
    assert "No reader is shown it yet" not in an.get("/contacts").words
    page = an.get("/part/services/new")
    row = next(name for name in page.fields if name.endswith(".phone")).removesuffix("phone")
    filled = {f"{row}name": "House of Help", f"{row}phone": "02 475 44 11"}
    filled |= {f"{row}what.{code}": f"It listens {code}." for code in ("nl", "fr", "de", "en")}
    preview = an.press(page, "preview", **{k.replace(".", "__"): v for k, v in filled.items()})
    saved = an.press(preview, "save", why="New")
    assert "House of Help: No reader is shown it yet" in saved.words

    [row] = [
        row
        for row in an.get("/contacts").all("li[@class='row']")
        if row.get("id") == "house-of-help"
    ]
    assert "No reader is shown it yet" in "".join(row.itertext())


def test_a_number_is_understood_as_people_write_it_and_is_to_be_called_again(desk):
    an = desk.person()
    confirm(an, an.get("/contacts"), "services:awel")
    before = help_file(desk)
    place = next(name for name in an.get(AWEL).fields if name.endswith(".phone"))

    for typed in ("02 / 475 44 11", "+32 2 475 44 11"):
        preview = an.press(an.get(AWEL), "preview", **{place.replace(".", "__"): typed})
        assert preview.status == 200, preview.alerts
        assert 'phone: "02 475 44 11"' in preview.words
    an.press(preview, "save", why="Their new number")

    gone, new = lines_gone_and_new(before, help_file(desk))
    assert new == ['    phone: "02 475 44 11"']
    assert '    phone: "102"' in gone
    awel = help_file(desk).partition('id: "awel"')[2].partition("- id:")[0]
    assert "confirmed_by" not in awel


def test_what_is_no_number_is_said_with_an_example(desk):
    an, before = desk.person(), help_file(desk)
    place = next(name for name in an.get(AWEL).fields if name.endswith(".phone"))

    page = an.press(an.get(AWEL), "preview", **{place.replace(".", "__"): "ask at the desk"})

    assert page.status == 422
    assert "02 475 44 11" in page.alerts[0]
    assert "ilo-2024" not in page.alerts[0]
    assert page.fields[place] == "ask at the desk"
    assert help_file(desk) == before


def test_two_people_change_two_helplines_at_once(desk):
    an, bo = desk.person("An"), desk.person("Bo")
    form = an.get(AWEL)
    confirm(bo, bo.get("/contacts"), "services:ecoute-103")

    place = next(name for name in form.fields if name.endswith(".phone"))
    preview = an.press(form, "preview", **{place.replace(".", "__"): "078 15 14 13"})

    assert preview.status == 200
    assert "Awel / Telephone: 102 → 078 15 14 13" in preview.words
    an.press(preview, "save", why="Number")
    assert 'confirmed_by: "Bo"' in help_file(desk)


def test_the_same_number_changed_by_two_is_chosen_field_by_field(desk):
    an, bo = desk.person("An"), desk.person("Bo")
    form = an.get(AWEL)
    place = next(name for name in form.fields if name.endswith(".phone"))
    other = bo.press(bo.get(AWEL), "preview", **{place.replace(".", "__"): "103"})
    bo.press(other, "save", why="Other")

    page = an.press(form, "preview", **{place.replace(".", "__"): "104"})

    assert page.status == 409
    assert "103" in page.words
    assert "104" in page.words


def test_edit_on_opens_the_short_form_again(desk):
    an = desk.person()
    place = next(name for name in an.get(AWEL).fields if name.endswith(".phone"))
    preview = an.press(an.get(AWEL), "preview", **{place.replace(".", "__"): "078 15 14 13"})

    again = an.press(preview, "edit")

    assert again.fields[place] == "078 15 14 13"
    assert again.action == AWEL


def test_a_helpline_is_added_and_taken_out(desk):
    an, before = desk.person(), help_file(desk)
    page = an.get("/part/services/new")
    row = next(name for name in page.fields if name.endswith(".phone")).removesuffix("phone")
    filled = {f"{row}name": "House of Help", f"{row}phone": "02/475.44.11"}
    filled |= {f"{row}what.{code}": f"It listens {code}" for code in ("nl", "fr", "de", "en")}

    changed = {name.replace(".", "__"): text for name, text in filled.items()}
    an.press(an.press(page, "preview", **changed), "save", why="New")
    assert 'id: house-of-help\n    name: "House of Help"' in help_file(desk)

    an.press(an.get("/part/services/house-of-help/remove"), "save", why="Gone")
    assert help_file(desk) == before


def test_who_helps_is_chosen_by_name_and_in_order(desk):
    an = desk.person()
    page = an.get("/part/roles/parent", headers={"Accept-Language": "nl"})
    [first] = [
        each for each in page.all("select") if each.get("name", "").endswith("services_nl.0")
    ]
    named = {option.text: option.get("value") for option in first.iter("option")}
    place = first.get("name").removesuffix("0")
    before = [page.fields[f"{place}{i}"] for i in range(3)]
    assert named["Awel"] not in before

    changed = {f"{place}0": named["Awel"], f"{place}1": before[0], f"{place}2": ""}
    preview = an.press(page, "preview", **{k.replace(".", "__"): v for k, v in changed.items()})
    assert preview.status == 200, preview.alerts
    an.press(preview, "save", why="Awel first")

    again = an.get("/part/roles/parent")
    assert [again.fields[f"{place}{i}"] for i in range(3)] == [named["Awel"], before[0], ""]


def test_nothing_leads_to_another_part(desk):
    an = desk.person()
    for path in ("/part/nothing", "/part/services", "/part/owner/x", "/part/services/nobody",
                 "/part/services/new/remove", "/part/owner/owner/remove"):  # fmt: skip
        assert an.get(path).status == 404, path
