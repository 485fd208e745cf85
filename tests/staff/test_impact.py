"""What an edit does: every number before and after, against folders and git revisions."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys

import pytest

from campaign import create_app
from campaign.cards import card_path
from campaign.i18n import load_catalogues
from campaign.impact import compare
from campaign.impact_sides import Side


@pytest.fixture
def edited(folder):
    """Give the folder as it was, and the same folder to be edited."""
    before = folder.load()
    return before, folder


@pytest.fixture
def checkout(folder):
    """Give a function that runs git on the folder, which is committed once."""

    def git(*arguments):
        return subprocess.run(
            ["git", "-C", folder.path.parent, *arguments], check=True, capture_output=True,
            text=True, env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull},
        ).stdout  # fmt: skip

    git("init", "--quiet")
    git("config", "user.name", "Staff")
    git("config", "user.email", "staff@campaign.example")
    git("add", ".")
    git("commit", "--quiet", "-m", "Begin")
    return git


def by_id(listed):
    return {item.id: item for item in listed}


def scenario(impact, period):
    [found] = [item for item in impact.scenarios if item.period == period]
    return found


# ---- what is compared


def test_same_figures_have_no_impact(folder):
    impact = compare(folder.load(), folder.load())

    assert impact.nothing
    assert not impact.warnings
    assert all(item.percent == 0 for item in impact.scenarios)
    assert [(item.region, item.period) for item in impact.scenarios] == [
        ("BE", "1w"), ("BE", "1m"), ("BE", "6m"), ("BE", "1y"), ("BE", "2y"),
    ]  # fmt: skip


def test_changed_figure_names_the_field_before_and_after(edited):
    before, folder = edited
    folder.replace("publications/alpha.yaml", "central: 1000", "central: 1100")
    folder.replace("publications/alpha.yaml", "caveat: {nl: x", "caveat: {nl: y")

    [figure] = compare(before, folder.load()).figures_changed

    assert figure.id == "alpha-one"
    assert figure.publication == "alpha"
    assert [(each.field, each.before, each.after) for each in figure.changes] == [
        ("central", "1000", "1100"),
        ("caveat.nl", "x", "y"),
    ]
    assert figure.regions_before == figure.regions_after == ("BE",)


def test_figure_that_becomes_weak_no_longer_takes_part(edited):
    before, folder = edited
    extra = folder.text("publications/gamma.yaml").replace("gamma", "delta")
    folder.write("publications/delta.yaml", extra)
    before = folder.load()
    folder.replace("publications/delta.yaml", "reliability: strong", "reliability: weak")

    [figure] = compare(before, folder.load()).figures_changed

    assert figure.regions_before == ("BE",)
    assert figure.regions_after == ()


def test_new_publication_and_its_figures_are_added_and_removed_the_other_way(edited):
    before, folder = edited
    text = folder.text("publications/beta.yaml").replace("beta", "delta")
    folder.write("publications/delta.yaml", text)
    after = folder.load()

    there, back = compare(before, after), compare(after, before)

    assert list(by_id(there.publications_added)) == ["delta"]
    assert list(by_id(there.figures_added)) == ["delta-one", "delta-two"]
    assert by_id(there.figures_added)["delta-one"].regions_after == ("BE",)
    assert not there.figures_removed
    assert not there.publications_changed
    assert list(by_id(back.publications_removed)) == ["delta"]
    assert list(by_id(back.figures_removed)) == ["delta-one", "delta-two"]
    assert by_id(back.figures_removed)["delta-one"].regions_before == ("BE",)


def test_changed_publication_lists_its_own_fields_only(edited):
    before, folder = edited
    folder.replace("publications/alpha.yaml", "kind: institutional", "kind: journalism")
    folder.replace("publications/alpha.yaml", "central: 1000", "central: 1001")

    impact = compare(before, folder.load())

    [publication] = impact.publications_changed
    assert [(each.field, each.before, each.after) for each in publication.changes] == [
        ("kind", "institutional", "journalism")
    ]


def test_changed_weights_and_rates_are_named(edited):
    before, folder = edited
    folder.replace("scenarios.yaml", "FR: 0.5", "FR: 0.75")
    folder.replace("rates.yaml", "2021: {USD: 2,", "2021: {USD: 2.1,")

    impact = compare(before, folder.load())

    assert [(each.field, each.before, each.after) for each in impact.assumptions_changed] == [
        ("regions.BE.weights.FR", "0.5", "0.75")
    ]
    assert [(each.field, each.before, each.after) for each in impact.rates_changed] == [
        ("exchange_rates.by_year.2021.USD", "2", "2.1")
    ]
    assert not impact.nothing


def test_scenario_moves_in_percent_of_its_central(edited):
    before, folder = edited
    for name, old in (("alpha", 1000), ("beta", 2000), ("beta", 3000), ("gamma", 4000)):
        folder.replace(f"publications/{name}.yaml", f"central: {old}", f"central: {old * 1.2:g}")

    impact = compare(before, folder.load())

    for item in impact.scenarios:
        assert item.percent == pytest.approx(20)
        assert item.percent_of("low") == pytest.approx(20)
        assert item.after.high == pytest.approx(item.before.high * 1.2)


@pytest.mark.parametrize(("factor", "warned"), [(1.1, 0), (1.11, 5), (0.9, 0), (0.89, 5)])
def test_central_that_moves_more_than_ten_percent_is_warned_of(factor, warned, edited):
    before, folder = edited
    for name, old in (("alpha", 1000), ("beta", 2000), ("beta", 3000), ("gamma", 4000)):
        new = f"central: {round(old * factor)}"
        folder.replace(f"publications/{name}.yaml", f"central: {old}", new)

    impact = compare(before, folder.load())

    assert len(impact.warnings) == warned
    assert all("more than 10 %" in text for text in impact.warnings)


def test_period_that_is_new_has_no_before(edited):
    before, folder = edited
    folder.replace("scenarios.yaml", "  - {id: 6m", "  - {id: 3m, months: 3}\n  - {id: 6m")
    after = folder.load()

    there, back = compare(before, after), compare(after, before)

    assert scenario(there, "3m").before is None
    assert scenario(there, "3m").percent is None
    assert scenario(back, "3m").after is None
    assert {item.before for item in there.cards if item.period == "3m"} == {None}
    assert "periods" in [each.field for each in there.assumptions_changed]


def test_choice_the_site_has_no_words_for_is_warned_of(edited):
    before, folder = edited
    folder.replace("scenarios.yaml", "  - {id: 6m", "  - {id: 4m, months: 4}\n  - {id: 6m")

    impact = compare(before, folder.load())

    assert any(text.startswith("BE 4m: the site has no words") for text in impact.warnings)


def test_sentences_and_cards_change_in_every_language(edited):
    before, folder = edited
    folder.replace("publications/beta.yaml", "central: 3000", "central: 2600")

    impact = compare(before, folder.load())

    year = {item.language: item for item in impact.statements if item.period == "1y"}
    assert list(year) == ["nl", "fr", "de", "en"]
    for item in year.values():
        changes = {each.field: each for each in item.changes}
        assert changes["amount"].before != changes["amount"].after
        assert "sources_line" not in changes
    assert len({item.before for item in impact.cards}) == len(impact.cards) == 5 * 4 * 3
    assert not {item.before for item in impact.cards} & {item.after for item in impact.cards}


def test_card_addresses_are_those_the_site_gives():
    app = create_app()
    sources, address = app.extensions["published"].sources, app.config["CARD_ADDRESS"]
    side = Side.of(sources, load_catalogues(), address)

    with app.test_request_context():
        for (language, region, period, card_format), path in side.cards.items():
            assert path == card_path(side.estimates[region, period], language, card_format)


# ---- the command


def test_command_compares_with_a_folder(folder, run, tmp_path):
    shutil.copytree(folder.path, tmp_path / "base")
    folder.replace("publications/alpha.yaml", "central: 1000", "central: 1500")

    output = run("sources", "impact", folder.path, "--base", tmp_path / "base").output

    assert "figure changed: alpha-one (x); takes part in BE" in output
    assert "  central: 1000 → 1500" in output
    assert "estimate BE 1y: low" in output
    assert "card nl BE 1y" in output
    assert "new address" in output
    assert "│" not in output, "plain lines where no terminal is"


def test_command_compares_with_the_last_commit(folder, checkout, run):
    assert run("sources", "impact", folder.path).output.startswith("Nothing changes")
    folder.replace("publications/alpha.yaml", "central: 1000", "central: 1500")
    assert "alpha-one" in run("sources", "impact", folder.path).output

    checkout("commit", "--quiet", "-am", "More")

    assert run("sources", "impact", folder.path).output.startswith("Nothing changes")
    assert "  central: 1000 → 1500" in run(
        "sources", "impact", folder.path, "--base", "HEAD~1"
    ).output  # fmt: skip


def test_command_works_within_a_hook_of_another_repository(folder, checkout, run, tmp_path):
    other = {"GIT_DIR": str(tmp_path / "other"), "GIT_INDEX_FILE": "index"}

    assert run("sources", "impact", folder.path, env=other).output.startswith("Nothing changes")


def test_command_writes_everything_as_json(folder, checkout, run):
    folder.replace("publications/alpha.yaml", "central: 1000", "central: 1500")

    report = json.loads(run("sources", "impact", folder.path, "--json").output)

    assert report["base"].startswith("HEAD (")
    assert report["nothing"] is False
    assert report["figures_changed"][0]["changes"] == [
        {"field": "central", "before": "1000", "after": "1500"}
    ]
    assert set(report["scenarios"][0]["percent"]) == {"low", "central", "high"}
    assert report["statements"]
    assert report["cards"]


def test_command_shows_tables_at_a_terminal(folder, tmp_path, pytestconfig):
    shutil.copytree(folder.path, tmp_path / "base")
    folder.replace("publications/alpha.yaml", "central: 1000", "central: 1500")
    parent, child = pty.openpty()
    command = [sys.executable, "-m", "campaign.commands", "sources", "impact", folder.path,
               "--base", tmp_path / "base"]  # fmt: skip
    with subprocess.Popen(
        command, cwd=pytestconfig.rootpath, stdout=child, stdin=child, stderr=child,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "160"},
    ) as process:  # fmt: skip
        os.close(child)
        shown = b""
        while True:
            try:
                part = os.read(parent, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
    os.close(parent)

    assert process.returncode == 0
    assert "│".encode() in shown
    assert b"1,500" in shown or b"1500" in shown


@pytest.mark.parametrize(
    ("base", "said"),
    [
        ("HEAD~9", "HEAD~9 is neither a folder nor a revision"),
        ("--upload-pack=x", "neither a folder nor a revision"),
        ("no\nsuch", "neither a folder nor a revision"),
    ],
)
def test_command_says_what_cannot_be_compared_with(base, said, folder, checkout, run):
    assert said in run("sources", "impact", folder.path, "--base", base, code=1).output


def test_command_says_so_outside_a_checkout(folder, run):
    assert "in no git checkout" in run("sources", "impact", folder.path, code=1).output


def test_command_says_so_where_git_is_not_installed(folder, run, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert "git is not installed" in run("sources", "impact", folder.path, code=1).output


def test_command_says_so_where_the_folder_was_not_there_yet(folder, checkout, run):
    (folder.path.parent / "new").mkdir()
    shutil.copytree(folder.path, folder.path.parent / "new" / "sources")

    output = run("sources", "impact", folder.path.parent / "new" / "sources", code=1).output

    assert "there is no folder" in output


def test_command_says_which_base_does_not_pass_the_checks(folder, checkout, run):
    folder.replace("publications/alpha.yaml", "central: 1000", "central: much")
    checkout("commit", "--quiet", "-am", "Break")
    folder.replace("publications/alpha.yaml", "central: much", "central: 1000")

    output = run("sources", "impact", folder.path, code=1).output

    assert "do not pass today's checks" in output
    assert "alpha.yaml" in output


def test_command_lists_the_problems_of_an_edit_that_does_not_hold(folder, checkout, run):
    folder.replace("publications/alpha.yaml", "central: 1000", "central: much")

    output = run("sources", "impact", folder.path, code=1).output

    assert "publications/alpha.yaml:" in output
    assert "sources check" in output
