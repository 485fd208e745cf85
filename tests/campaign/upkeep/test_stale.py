"""What nobody looked at for a year, to the day."""

from __future__ import annotations

import datetime
import json
import re

import pytest

from campaign.published.contacts import CONTACT_FILES, load_contacts
from campaign.upkeep.stale import days_since, find_stale, regions_of

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture
def content(tmp_path, pytestconfig):
    """Return the site's own contacts, everything looked at today but what a test changes."""
    for name in CONTACT_FILES:
        text = (pytestconfig.rootpath / "campaign" / "content" / name).read_text(encoding="utf-8")
        looked_at = "confirmed_by: An\n{0}confirmed_on: 2026-11-22"
        if name == "help.yaml":
            text = re.sub(r"(?m)^    what:", f"    {looked_at.format('    ')}\\n    what:", text)
        if name == "press.yaml":
            text = text.replace("url:", f"email: press@news.example\n{looked_at.format('')}\nurl:")
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def stale(folder, contacts=None, days=365):
    return [(item.kind, item.id) for item in find_stale(folder.load(), contacts, TODAY, days)]


@pytest.mark.parametrize(
    ("date", "days"),
    [("2026-11-22", 0), ("2025-11-22", 365), ("2026-11", 21), ("2024-02-29", 997)],
)
def test_days_are_counted_from_the_day_or_the_first_of_the_month(date, days):
    assert days_since(date, TODAY) == days


def test_fresh_figures_are_not_stale(folder):
    assert stale(folder) == []


@pytest.mark.parametrize(
    ("date", "found"),
    [("2025-11-22", []), ("2025-11-21", [("publication", "alpha")]), ("2025-12", [])],
)
def test_publication_is_stale_after_a_year_and_a_day(date, found, folder):
    folder.replace("publications/alpha.yaml", "accessed: 2026-11-21", f"accessed: {date}")

    assert stale(folder) == found


def test_days_can_be_chosen(folder):
    assert stale(folder, days=0) == [
        ("rates", "exchange_rates"), ("rates", "consumer_prices"),
        ("publication", "alpha"), ("publication", "beta"), ("publication", "gamma"),
    ]  # fmt: skip


def test_what_a_figure_lacks_is_listed_until_it_is_found(folder):
    note = 'missing: {fr: "Le tableau", en: "The table"}\n    reliability:'
    folder.replace("publications/alpha.yaml", "reliability:", note)

    [item] = find_stale(folder.load(), None, TODAY)
    assert (item.kind, item.id) == ("missing", "alpha-one")
    assert item.what_to_do == "still lacks: The table"

    folder.replace("publications/alpha.yaml", "missing:", "status: waiting\n    missing:")
    [item] = find_stale(folder.load(), None, TODAY)
    assert item.what_to_do == "waits for this: The table"

    folder.replace("publications/alpha.yaml", ', en: "The table"', "")
    [item] = find_stale(folder.load(), None, TODAY)
    assert item.what_to_do == "waits for this: Le tableau", "the first language there is"


def test_oldest_comes_first_and_contacts_before_figures(folder, content):
    for name, date in (("alpha", "2025-01-02"), ("beta", "2024-01-02")):
        folder.replace(f"publications/{name}.yaml", "accessed: 2026-11-21", f"accessed: {date}")
    text = (content / "press.yaml").read_text().replace("2026-11-22", "2025-11-01")
    (content / "press.yaml").write_text(text)

    assert stale(folder, load_contacts(content)) == [
        ("contact", "press contact"), ("publication", "beta"), ("publication", "alpha"),
    ]  # fmt: skip


def test_help_contact_is_named_by_its_service(folder, content):
    text = (content / "help.yaml").read_text().replace("2026-11-22", "2025-11-01", 1)
    (content / "help.yaml").write_text(text)

    [item] = find_stale(folder.load(), load_contacts(content), TODAY)

    assert (item.kind, item.file, item.days) == ("contact", "help.yaml", 386)
    assert item.id in {service.id for service in load_contacts(content).help.services}


def test_a_contact_that_nobody_called_comes_before_all_that_was_called_long_ago(folder, content):
    text = (content / "help.yaml").read_text().replace("2026-11-22", "2020-01-01", 1)
    last = text.rindex("    confirmed_by: An\n")
    text = text[:last] + text[last:].replace(
        "    confirmed_by: An\n    confirmed_on: 2026-11-22\n", "", 1
    )
    (content / "help.yaml").write_text(text)

    never, long_ago = find_stale(folder.load(), load_contacts(content), TODAY)

    assert (never.looked_at, never.days) == (None, None)
    assert long_ago.looked_at == "2020-01-01"


def test_regions_of_a_publication_are_those_whose_estimate_it_shapes(folder):
    sources = folder.load()

    assert [regions_of(publication, sources) for publication in sources.publications] == [
        ("BE",), ("BE",), ("BE",),
    ]  # fmt: skip


def test_command_lists_them_as_lines_and_as_json(folder, run, content):
    folder.replace("publications/alpha.yaml", "accessed: 2026-11-21", "accessed: 2001-01-01")
    same = ["sources", "stale", folder.path, "--content", content]

    output = run(*same, "--days", 9000).output
    report = json.loads(run(*same, "--days", 9000, "--json").output)

    assert "publication: alpha (publications/alpha.yaml), looked at 2001-01-01 (" in output
    assert "1 to look at." in output
    assert [item["id"] for item in report] == ["alpha"]


def test_command_says_when_all_is_fresh(folder, run, content):
    output = run("sources", "stale", folder.path, "--content", content, "--days", 99999).output

    assert output == "Everything was looked at within 99999 days.\n"


def test_command_refuses_less_than_no_days(folder, run):
    run("sources", "stale", folder.path, "--days", "-1", code=2)
