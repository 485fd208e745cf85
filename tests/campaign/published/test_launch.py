"""launch.yaml: what nobody knows stays empty; what is wrong there is refused."""

from __future__ import annotations

import shutil

import pytest

from calculator.errors import SourcesInvalid
from campaign.config import ROOT
from campaign.published.contacts import CONTACT_FILES, load_contacts
from campaign.published.launch import Item

CONFIRMED = "  confirmed_by: An E.\n  confirmed_on: 2026-11-02\n"


@pytest.fixture
def folder(tmp_path):
    for name in CONTACT_FILES:
        shutil.copy(ROOT / "campaign" / "content" / name, tmp_path)
    return tmp_path


@pytest.fixture
def launch(folder):
    """Return a function that loads a launch.yaml with this text."""

    def load(text):
        (folder / "launch.yaml").write_text(text, encoding="utf-8")
        return load_contacts(folder).launch

    return load


@pytest.fixture
def refusal(launch):
    """Return a function that gives what is wrong with this text."""

    def refuse(text):
        with pytest.raises(SourcesInvalid) as refused:
            launch(text)
        return "\n".join(map(str, refused.value.problems))

    return refuse


def test_the_file_as_it_comes_claims_nothing(folder):
    loaded = load_contacts(folder)
    items = [getattr(loaded.launch, name) for name in type(loaded.launch).model_fields]

    assert not any(item.confirmed for item in items if isinstance(item, Item))
    assert not any(items[-3:]), "the lists"
    assert not any(service.confirmed for service in loaded.help.services)
    assert not any(stage.confirmed for stage in loaded.help.after_report)
    assert (loaded.press.email, loaded.press.confirmed) == (None, False)


def test_what_is_left_out_is_as_open_as_what_is_empty(launch):
    short = launch("owner:\n  name: A foundation\n")
    empty = launch('owner:\n  name: A foundation\n  seat: {nl: "", fr: ""}\n  email: ""\n')

    assert short == empty
    assert list(short.owner.lacks()) == [
        "legal_form", "seat", "enterprise_number", "legal_register", "email",
        "responsible_publisher",
    ]  # fmt: skip


def test_languages_without_a_text_are_named(launch):
    item = launch("funding:\n  who_pays: {nl: Wie betaalt, en: Who pays}\n").funding

    assert list(item.lacks()) == ["who_pays (fr, de)"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("owner:\n  nmae: x\n", "launch.yaml:2: nmae is not a known field. Did you mean name?"),
        ("onwer:\n  name: x\n", "launch.yaml:1: onwer is not a known field. Did you mean owner?"),
        ("owner: x\n", "launch.yaml:1: owner is 'x', but fields must stand below it"),
        ("owner:\n  name: x\n  confirmed_on: 2026-11-02\n", "lacks confirmed_by"),
        ("owner:\n  name: x\n  confirmed_by: An\n", "lacks confirmed_on"),
        ("owner:\n  name: x\n  confirmed_by: An\n  confirmed_on: soon\n",
         "launch.yaml:4: confirmed_on is 'soon', which is not a date"),
        ("owner:\n  name: x\n  confirmed_by: An\n  confirmed_on: 2026-02-30\n", "is not a date"),
        ("owner:\n  name: x\n  confirmed_by: An\n  confirmed_on: 2999-01-01\n",
         "launch.yaml:4: 2999-01-01 lies in the future"),
        (f"owner:\n{CONFIRMED}", "owner is confirmed, but holds nothing"),
        (f'funding:\n  who_pays: {{nl: ""}}\n{CONFIRMED}', "holds nothing"),
        ("owner:\n  enterprise_number: 0123.456.789\n", "is no enterprise number"),
        ("owner:\n  enterprise_number: BE0123456749\n", "is no enterprise number"),
        ("owner:\n  email: nowhere\n", "is not an e-mail address"),
        ("readings:\n  - page: helpp\n    language: nl\n    reader: native\n",
         "launch.yaml:2: page is 'helpp', which is no page of the site"),
        ("readings:\n  - page: help\n    language: nl\n    reader: natif\n", "Did you mean native"),
        ("card_addresses:\n  - confirmed_by: An\n    confirmed_on: 2026-11-02\n",
         "address is missing"),
    ],
)  # fmt: skip
def test_a_mistake_is_refused_with_file_line_and_field(text, told, refusal):
    assert told in refusal(text)


@pytest.mark.parametrize("group", ["owner", "privacy", "mistakes"])
@pytest.mark.parametrize("address", ["116000@childfocus.org", "116000@CHILDFOCUS.BE"])
def test_the_mailbox_that_children_write_to_is_no_role_address(group, address, refusal):
    told = refusal(f"{group}:\n  email: {address}\n")

    assert told.startswith("launch.yaml:2: email is ")
    assert "the mailbox of the helpline, to which a child may be writing" in told


@pytest.mark.parametrize("number", ["0123.456.749", "0123456749", "0123 456 749"])
def test_an_enterprise_number_is_taken_as_people_write_it(number, launch):
    assert launch(f"owner:\n  enterprise_number: {number}\n").owner.enterprise_number == number


def test_no_press_address_is_confirmed_where_there_is_none(folder):
    with (folder / "press.yaml").open("a") as file:
        file.write("confirmed_by: An\nconfirmed_on: 2026-11-02\n")

    with pytest.raises(SourcesInvalid, match=r"press\.yaml:1: .* confirmed, but has no email"):
        load_contacts(folder)


@pytest.mark.parametrize("file", ["help.yaml", "press.yaml"])
def test_a_call_in_the_future_is_refused_wherever_it_stands(file, folder):
    path = folder / file
    more = ["confirmed_by: An", "confirmed_on: 2999-01-01"]
    more = (
        [f"    {line}" for line in more] if file == "help.yaml" else ["email: a@b.example", *more]
    )
    path.write_text(path.read_text(encoding="utf-8") + "\n".join(more) + "\n", encoding="utf-8")

    with pytest.raises(SourcesInvalid, match=rf"{file}:\d+: 2999-01-01 lies"):
        load_contacts(folder)
