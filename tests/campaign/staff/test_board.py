"""The board of the week: each thing to do with its link; where nothing is, it says so."""

from __future__ import annotations

import datetime
import re

import pytest
from page import text_of

from calculator.clock import belgian_day

NOTHING = "Nothing to do"
CONTENT = "campaign/content"


def days_ago(days):
    return str(belgian_day() - datetime.timedelta(days=days))


def replace(desk, name, old, new):
    """Replace what a pattern finds in a file, everywhere."""
    path = desk.root / name
    text, found = re.subn(old, new, path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert found, (name, old)
    path.write_text(text, encoding="utf-8")


def commit(desk, message="An edit", day=None):
    desk.git("add", "sources", "campaign")
    date = [f"--date={day}T12:00:00"] if day else []
    desk.git("commit", "--quiet", "--allow-empty", "-m", message, *date)


@pytest.fixture
def quiet_desk(desk):
    """Return a desk at which everything was looked at today."""
    today = days_ago(0)
    for path in (desk.root / "sources").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"accessed: \S+", f"accessed: {today}", text), encoding="utf-8")
    said = rf"\n{{0}}confirmed_by: An\n{{0}}confirmed_on: {today}"
    replace(desk, f"{CONTENT}/help.yaml", r'^(  - id: ".*")$', rf"\1{said.format('    ')}")
    # Not a service but a role, which nobody calls.
    text = (desk.root / CONTENT / "help.yaml").read_text(encoding="utf-8")
    before, roles = text.split("\nroles:")
    roles, after = roles.split("\nafter_report:")
    roles = re.sub(r"\n    confirmed_.*", "", roles)
    text = f"{before}\nroles:{roles}\nafter_report:{after}"
    (desk.root / CONTENT / "help.yaml").write_text(text, encoding="utf-8")
    press = f"email: press@news.example\nconfirmed_by: An\nconfirmed_on: {today}\nurl:"
    replace(desk, f"{CONTENT}/press.yaml", "^url:", press)
    commit(desk)
    return desk


def board(desk, who="An", **options):
    page = desk.person(who).get("/", **options)
    assert page.status == 200
    return page


def rows(page, title):
    """Return the words and links of what there is to do of one kind."""
    for part in page.all("section"):
        if part.find("h2") is not None and part.find("h2").text.startswith(title):
            return [
                (
                    text_of(item),
                    [a.get("href") for a in item.iter("a")],
                )
                for item in part.iter("li")
            ]
    return []


def test_nothing_to_do_is_said(quiet_desk):
    assert NOTHING in board(quiet_desk).words


def test_a_call_to_make_leads_to_where_it_is_noted(quiet_desk):
    replace(
        quiet_desk, f"{CONTENT}/press.yaml", "confirmed_on: .*", f"confirmed_on: {days_ago(366)}"
    )

    page = board(quiet_desk)

    [(words, links)] = rows(page, "To be called or looked at")
    assert "Press contact" in words
    assert links == [f"/edit/{CONTENT}/press.yaml"]
    assert NOTHING not in page.words


@pytest.mark.parametrize(
    ("age", "said"), [(334, None), (336, "due in 29 days"), (366, "more than a year ago")]
)
def test_what_ages_is_listed_a_month_before_it_is_due(quiet_desk, age, said):
    replace(
        quiet_desk, "sources/publications/alpha.yaml", "accessed: .*", f"accessed: {days_ago(age)}"
    )

    found = rows(board(quiet_desk), "To be read again")

    if said is None:
        assert found == []
    else:
        [(words, links)] = found
        assert "Report alpha" in words
        assert said in words
        assert links == ["/edit/sources/publications/alpha.yaml"]


def test_what_breaks_the_site_is_said_wherever_someone_works(desk):
    about = desk.root / CONTENT / "fr" / "about.md"
    said = "visitors see nothing of what is saved here"
    an = desk.person()
    assert said not in an.get("/texts/press").words
    sound = about.read_bytes()
    about.write_bytes(sound + b"\xe9")

    preview = an.press(an.get("/texts/press"), "preview", **{"0.nl.body": "Een andere zin."})
    saved = an.press(preview, "save", why="Other words")
    for page in (an.get("/texts/press"), preview, saved):
        assert said in page.words
    assert "within ten seconds" not in saved.words

    about.write_bytes(sound)
    assert said not in an.get("/texts/press").words


def test_a_card_address_ages_and_so_do_rates(quiet_desk):
    item = f"{{address: old.example, confirmed_by: An, confirmed_on: {days_ago(400)}}}"
    listed = f"card_addresses: [{item}]"
    replace(quiet_desk, f"{CONTENT}/launch.yaml", r"^card_addresses: \[\]", listed)
    replace(quiet_desk, "sources/rates.yaml", "accessed: .*", f"accessed: {days_ago(500)}")

    found = [words for words, _links in rows(board(quiet_desk), "To be read again")]

    assert [words.split(" looked")[0] for words in found] == [
        "old.example", "Consumer prices", "Exchange rates"
    ]  # fmt: skip


def test_what_a_figure_lacks_is_listed(quiet_desk):
    replace(quiet_desk, "sources/publications/delta.yaml", "^    says:",
            '    missing: {en: "the table on page 9"}\n    says:')  # fmt: skip

    [(words, links)] = rows(board(quiet_desk), "What figures still lack")

    assert "Label en" in words
    assert "the table on page 9" in words
    assert links == ["/edit/sources/publications/delta.yaml#f-figures.0.missing"]


def test_proposals_wait_until_someone_decides_and_declined_ones_are_shown(quiet_desk):
    an = quiet_desk.person("An")
    form = an.get("/edit/sources/publications/delta.yaml?as=text")
    text = form.fields["text"].replace("Report delta", "Report four")
    page = an.press(an.press(form, "preview", text=text), "propose", why="The title was wrong")

    [(words, [path])] = rows(board(quiet_desk, "Bo"), "Proposals that wait")
    assert "The title was wrong An, " in words
    bo = quiet_desk.person("Bo")
    bo.press(bo.get(path), "decline", words="It is right")

    page = board(quiet_desk)
    assert rows(page, "Proposals that wait") == []
    [(words, [again])] = rows(page, "Edits that were declined")
    assert "The title was wrong Bo, " in words
    assert again == path


def test_broken_files_are_said_first(quiet_desk):
    quiet_desk.path("alpha").write_text("id: alpha\n")

    page = board(quiet_desk)

    assert "alpha, line 1: year is missing" in page.alerts[0]
    assert NOTHING not in page.words


def test_the_estimate_since_last_month(quiet_desk, monkeypatch):
    """Git finds the commit of a month ago by the committer's day."""
    monkeypatch.setenv("GIT_COMMITTER_DATE", f"{days_ago(40)}T12:00:00")
    replace(quiet_desk, "sources/publications/gamma.yaml", "central: 30000", "central: 31000")
    quiet_desk.git("checkout", "--quiet", "--orphan", "grown")
    commit(quiet_desk)
    assert rows(board(quiet_desk), "The estimate") == []
    monkeypatch.delenv("GIT_COMMITTER_DATE")
    replace(quiet_desk, "sources/publications/gamma.yaml", "central: 31000", "central: 62000")
    commit(quiet_desk)

    [(words, [path])] = rows(board(quiet_desk), "The estimate since last month")

    assert re.match(r"World moved by up to \+[0-9.]+\u00a0%", words)
    page = quiet_desk.person().get(path)
    assert "Report gamma" in page.words
    dutch = board(quiet_desk, headers={"Accept-Language": "nl"}).words
    assert re.search(r"schoof tot \+[0-9]+(,[0-9])?\u00a0% op", dutch)
