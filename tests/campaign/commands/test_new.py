"""A new publication by questions: every answer is checked at once, the file is whole or not."""

from __future__ import annotations

import datetime
import threading

import pytest
import yaml

from calculator.errors import SourcesInvalid
from campaign.commands.sources.new_publication import check_with, write_as_yaml
from campaign.disk import write_new

PUBLICATION = {
    "publisher": "Myria", "title": 'Verslag: "mensenhandel" #1', "year": "2025", "language": "nl",
    "kind": "1", "url": "https://www.myria.be/verslag", "read_at": "publisher",
    "accessed": "2026-11-20",
    "id": "myria-2025",
}  # fmt: skip
FIGURE = {
    "label": ["Winst per slachtoffer", "Gain par victime", "Gewinn pro Opfer", "Profit per victim"],
    "id": "", "measure": "profit", "form": "sexual-exploitation", "scope": "minors",
    "region": "BE", "unit": "per-victim-per-year", "currency": "EUR", "low": "", "central": "2500",
    "high": "", "reference_year": "2022", "victims": "25", "victims_are": "", "period_months": "",
    "basis": "study", "claim": "typical", "read": "own", "family": "alpha", "locator": "p. 14",
    "confirmed_by": "", "reliability": "strong",
    "says": ["een", "un", "eins", "one: yes"], "caveat": ["twee", "deux", "zwei", "two"],
}  # fmt: skip
COUNT = {
    **{name: FIGURE[name] for name in ("label", "id")}, "id": "myria-2025-victims",
    "measure": "count", "form": "all-forms", "scope": "all", "region": "BE", "unit": "persons",
    "low": "17", "central": "", "high": "", "reference_year": "", "locator": "",
    "confirmed_by": "", "reliability": "fair", "says": FIGURE["says"], "caveat": FIGURE["caveat"],
}  # fmt: skip


def typed(*records, end=("n", "y")):
    """Return what someone types: a list is several lines for one question."""
    lines = []
    for number, record in enumerate(records):
        lines += ["y"] if number > 1 else []
        for answer in record.values():
            lines += answer if isinstance(answer, list) else [answer]
    return "\n".join([*lines, *end]) + "\n"


@pytest.fixture
def new(folder, run):
    """Return a function that types answers and gives what was said."""

    def type_in(*records, code=0, **options):
        return run(
            "sources", "new", folder.path, code=code, input=typed(*records, **options)
        ).output

    return type_in


def test_page_was_read_today_unless_another_day_is_given(new, folder):
    new(PUBLICATION | {"accessed": ""}, FIGURE)

    written = (folder.path / "publications" / "myria-2025.yaml").read_text(encoding="utf-8")
    assert f"\naccessed: {datetime.date.today()}\n" in written  # noqa: DTZ011 - a local day


def test_answers_become_a_valid_file_with_its_impact(new, folder):
    said = new(PUBLICATION, FIGURE, COUNT)

    sources = folder.load()
    [publication] = [item for item in sources.publications if item.id == "myria-2025"]
    assert publication.title == 'Verslag: "mensenhandel" #1'
    assert publication.kind == "court", "the number of a choice stands for it"
    profit, count = publication.figures
    assert (profit.id, profit.central, profit.victims, profit.locator) == (
        "myria-2025-profit-per-victim", 2500, 25, "p. 14",
    )  # fmt: skip
    assert (profit.says.en, profit.label.fr) == ("one: yes", "Gain par victime")
    assert (count.low, count.currency, count.unit) == (17, None, "persons")
    assert "figure added: myria-2025-profit-per-victim" in said
    assert "estimate BE 1y" in said
    assert "4 publications, 6 figures: all sound." in said


def test_file_is_written_as_the_others_are(new, folder):
    new(PUBLICATION, FIGURE)

    text = folder.text("publications/myria-2025.yaml")
    assert text.startswith('id: myria-2025\npublisher: "Myria"\ntitle: "Verslag: \\"mensenhandel')
    assert '    label:\n      nl: "Winst per slachtoffer"\n' in text
    assert "  - id: myria-2025-profit-per-victim\n" in text
    assert "    central: 2500\n    currency: EUR\n" in text
    assert "low" not in text
    assert yaml.safe_load(text)["figures"][0]["caveat"]["nl"] == "twee"


def test_manual_stands_beside_each_question(new):
    said = new(PUBLICATION, FIGURE)

    assert "what is left after costs" in said
    assert "good: 2024   not: 24" in said
    assert "victims_are (may be left out: press Enter)" in said
    assert "Never an act" in said


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("publisher", "  \t", "must be one line of text"),
        ("year", "24", "not a likely year"),
        ("year", "2999", "not a likely year"),
        ("year", "2099", "lies in the future"),
        ("language", "Dutch", "two small letters"),
        ("kind", "ngo", "Allowed: court, authority, organisation, research or press"),
        ("kind", "6", "Allowed: court"),
        ("url", "www.myria.be", "not a web address"),
        ("read_at", "internet", "Allowed: publisher, copy, press or other"),
        ("accessed", "02/11/2026", "not a date"),
        ("accessed", "2999-01-01", "lies in the future"),
        ("id", "Myria 2025", "small letters, digits and single hyphens"),
        ("id", "alpha", "alpha is there already"),
    ],
)
def test_wrong_answer_about_a_publication_is_asked_again(field, wrong, said, new, folder):
    answers = PUBLICATION | {field: [wrong, PUBLICATION[field]]}

    assert said in new(answers, FIGURE)
    assert folder.load()


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("id", "alpha-one", "is used already"),
        ("measure", "income", "Allowed: profit"),
        ("region", "Belgium", "Allowed: BE"),
        ("unit", "persons", "Allowed here: per-victim-per-day"),
        ("currency", "€", "Allowed: EUR"),
        ("central", "27.252", "can be read in two ways"),
        ("reference_year", "2099", "lies in the future"),
        ("victims", "0", "victims is '0'"),
        ("confirmed_by", "also UNODC", "not a web address"),
        ("reliability", "good", "Allowed: strong, fair or weak"),
    ],
)
def test_wrong_answer_about_a_figure_is_asked_again(field, wrong, said, new, folder):
    answers = FIGURE | {field: [wrong, FIGURE[field]]}

    assert said in new(PUBLICATION, answers)
    assert folder.load()


def test_numbers_that_do_not_hold_together_are_asked_again(new, folder):
    numbers = {"low": "900", "central": "800", "high": ["", "", "", "", "800", "900", "1000"]}

    said = new(PUBLICATION, FIGURE | numbers)

    assert "low is 900 but must not be above central" in said
    assert "states no number" in said
    [figure] = folder.load().publications[-1].figures
    assert figure.stated() == (("low", 800), ("central", 900), ("high", 1000))


def test_share_is_asked_as_a_fraction(new, folder):
    share = COUNT | {"measure": "share", "unit": "share", "low": ["13", "", "", "0.13"]}

    assert "Write 13 percent as 0.13" in new(PUBLICATION, share)


def test_one_text_in_four_languages_is_asked_again(new):
    again = FIGURE | {"caveat": ["x"] * 4 + FIGURE["caveat"]}

    assert "the same text in every language" in new(PUBLICATION, again)


def test_reporter_is_asked_for_only_where_it_was_read_elsewhere(new, folder):
    answers = {}
    for name, answer in PUBLICATION.items():
        answers[name] = "copy" if name == "read_at" else answer
        if name == "read_at":
            answers["reported_by"] = "Knack"

    assert "reported_by" in new(answers, FIGURE)
    assert folder.load().publications[-1].reported_by == "Knack"


def test_nothing_is_written_unless_the_last_question_is_answered_yes(new, folder):
    said = new(PUBLICATION, FIGURE, end=("n", "n"), code=1)

    assert len(folder.load().publications) == 3
    [draft] = (folder.path / "drafts").iterdir()
    assert str(draft) in said
    assert 'title: "Verslag' in draft.read_text(encoding="utf-8")


def test_answers_are_kept_when_the_input_ends_early(new, folder):
    new({name: PUBLICATION[name] for name in ("publisher", "title", "year")}, end=(), code=1)

    [draft] = (folder.path / "drafts").iterdir()
    assert draft.read_text(encoding="utf-8").startswith('publisher: "Myria"\n')
    assert folder.load()


def test_answers_within_a_figure_are_kept_too(new, folder):
    begun = {name: FIGURE[name] for name in ("label", "id", "measure")}

    new(PUBLICATION, begun, end=(), code=1)

    [draft] = (folder.path / "drafts").iterdir()
    assert "measure: profit" in draft.read_text(encoding="utf-8")


def test_what_does_not_hold_with_the_other_files_becomes_a_draft(new, folder):
    said = new(PUBLICATION, FIGURE | {"reference_year": "1995"}, end=("n",), code=1)

    assert "does not hold" in said
    assert "1995" in said
    assert len(folder.load().publications) == 3
    assert len(list((folder.path / "drafts").iterdir())) == 1


def test_folder_that_is_damaged_is_mended_first(new, folder):
    folder.replace("publications/alpha.yaml", "central: 1000", "central: much")

    assert "sources check" in new(PUBLICATION, FIGURE, code=1)


def test_file_that_is_there_is_never_overwritten(tmp_path):
    path = tmp_path / "alpha.yaml"
    path.write_text("mine")

    with pytest.raises(FileExistsError):
        write_new(path, b"yours")

    assert path.read_text() == "mine"
    assert [each.name for each in tmp_path.iterdir()] == ["alpha.yaml"]


def test_one_of_two_writers_wins_and_the_file_is_whole(tmp_path):
    path, results = tmp_path / "alpha.yaml", []

    def write(letter):
        try:
            write_new(path, letter.encode() * 100_000)
            results.append(letter)
        except FileExistsError:
            pass

    threads = [threading.Thread(target=write, args=(letter,)) for letter in "abcdefgh"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(results) == 1
    assert path.read_text() == results[0] * 100_000
    assert [each.name for each in tmp_path.iterdir()] == ["alpha.yaml"]


def test_check_leaves_the_folder_alone(folder):
    before = sorted(folder.path.rglob("*"))

    with pytest.raises(SourcesInvalid):
        check_with(folder.path, "delta", "id: delta\n")

    assert sorted(folder.path.rglob("*")) == before


@pytest.mark.parametrize("text", ["no", "1.250", "a: b", "# c", "é “x” \\", "- d", "{e}", "null"])
def test_any_line_of_text_comes_back_as_it_was(text):
    assert yaml.safe_load(write_as_yaml({"title": text})) == {"title": text}
