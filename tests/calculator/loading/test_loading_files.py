"""Files and folders of another kind, all problems at once, and the digest."""

from __future__ import annotations

import os

import pytest

from calculator.errors import SourcesInvalid
from calculator.loading.folder import MAX_PROBLEMS_SHOWN, load_sources

ALPHA = "publications/alpha.yaml"
BETA = "publications/beta.yaml"
RATES = "rates.yaml"
SCENARIOS = "scenarios.yaml"


@pytest.mark.parametrize("file", [RATES, SCENARIOS])
def test_load_names_a_file_that_is_missing(file, folder):
    (folder.path / file).unlink()

    (problem,) = folder.problems()

    assert (problem.file, problem.line) == (file, 1)
    assert "missing" in problem.message


def test_load_says_when_the_publications_are_missing(folder):
    for path in (folder.path / "publications").iterdir():
        path.unlink()
    assert any(
        "behind an end of the range is 0" in problem.message for problem in folder.problems()
    )

    (folder.path / "publications").rmdir()
    assert any(problem.file == "publications" for problem in folder.problems())


def test_load_says_everything_of_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(SourcesInvalid) as refused:
        load_sources(tmp_path / "nowhere")

    assert {problem.file for problem in refused.value.problems} == {
        RATES,
        SCENARIOS,
        "families.yaml",
        "publications",
    }


def test_load_says_when_the_folder_is_a_file(folder):
    with pytest.raises(SourcesInvalid):
        load_sources(folder.path / RATES)


@pytest.mark.parametrize("file", [ALPHA, RATES, SCENARIOS])
def test_load_says_when_a_folder_stands_in_place_of_a_file(file, folder):
    (folder.path / file).unlink()
    (folder.path / file).mkdir()

    (problem,) = folder.problems()

    assert (problem.file, problem.line) == (file, 1)
    assert "not a file" in problem.message


@pytest.mark.parametrize("leads_to", ["gone.yaml", "secret", "delta.yaml", "."])
def test_load_reads_nothing_behind_a_link(leads_to, folder):
    """A message quotes what is wrong; behind a link may lie any file of the machine."""
    (folder.path / "publications" / "secret").write_text("root:x:0:0\n")
    (folder.path / "publications" / "delta.yaml").symlink_to(leads_to)

    (problem,) = folder.problems()

    assert problem.file == "publications/delta.yaml"
    assert problem.message.startswith("is a link")


def test_load_lists_nothing_behind_a_link(folder):
    publications = folder.path / "publications"
    publications.rename(folder.path / "elsewhere")
    publications.symlink_to("elsewhere")

    (problem,) = folder.problems()

    assert problem.file == "publications"
    assert problem.message.startswith("is a link")


def test_load_does_not_wait_for_a_pipe(folder):
    os.mkfifo(folder.path / "publications/delta.yaml")

    (problem,) = folder.problems()

    assert "not a file" in problem.message


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 100,
        b"\xff\xfe",
        b"x" * 1_000_001,
        b"[" * 100_000,
        b"- just\n- a list\n",
        b"text",
    ],
    ids=["empty", "binary", "not-utf-8", "huge", "deep", "list", "text"],
)
@pytest.mark.parametrize("file", [ALPHA, RATES, SCENARIOS])
def test_load_refuses_a_file_of_another_kind(content, file, folder):
    folder.write(file, content)

    (problem,) = folder.problems()

    assert problem.file == file
    assert len(problem.message) < 300


@pytest.mark.parametrize(
    "name", ["delta.yml", "delta.YAML", "delta.yaml.txt", "delta.yaml.bak", "delta.yml.txt"]
)
def test_load_refuses_a_file_that_would_be_overlooked(name, folder):
    folder.write(f"publications/{name}", "id: delta\n")

    (problem,) = folder.problems()

    assert problem.file == f"publications/{name}"
    assert "Rename" in problem.message


@pytest.mark.parametrize("name", [".alpha.yaml.swp", ".DS_Store", "README.md", ".hidden.yaml"])
def test_load_passes_over_what_is_no_publication(name, folder):
    folder.write(f"publications/{name}", "not for reading")

    assert folder.load()


def test_load_names_a_file_whose_name_is_no_text(folder):
    name = os.fsdecode(b"publications/caf\xe9\x1b[31m.yaml")
    (folder.path / name).write_text("id: x\n", encoding="utf-8")

    problems = folder.problems()

    assert problems
    for problem in problems:
        assert str(problem).isprintable()
        assert str(problem).encode()


def test_load_reports_every_problem_at_once(folder):
    folder.replace(ALPHA, "central: 1000", "central: 1.250")
    folder.replace(ALPHA, "kind: auth", "kynd: auth")
    folder.replace(BETA, "accessed: 2026-11-21", "accessed: 2027-01-01")
    folder.replace(BETA, "family: beta", "family: zeta")
    folder.write("publications/gamma.yaml", "")
    folder.replace(RATES, "accessed: 2026-11\n", "accessed: 2028-01\n")
    folder.replace(SCENARIOS, "  basis: assumption", "  cites: [delta]\n  basis: assumption")

    problems = folder.problems()

    expected = [
        (ALPHA, "'1.250'"),
        (ALPHA, "kynd"),
        (ALPHA, "kind is missing"),
        (BETA, "2027-01-01"),
        (BETA, "zeta"),
        ("publications/gamma.yaml", "empty"),
        (RATES, "future"),
        (SCENARIOS, "delta"),
    ]
    for file, words in expected:
        assert any(p.file == file and words in p.message for p in problems), words
    assert len(problems) == len(expected)
    assert list(problems) == sorted(problems)


def test_load_blames_no_citation_on_a_file_that_is_damaged(folder):
    folder.replace(SCENARIOS, "  basis: assumption", "  cites: [gamma]\n  basis: assumption")
    older = folder.text("publications/gamma.yaml").partition("figures:\n")[2]
    older = older.replace("gamma-one", "alpha-two")
    newer = "superseded_by: gamma-one\n    reliability:"
    folder.write(ALPHA, folder.text(ALPHA) + older.replace("reliability:", newer))
    assert folder.load()
    folder.write("publications/gamma.yaml", "")

    (problem,) = folder.problems()

    assert problem.file == "publications/gamma.yaml"


def test_load_stops_counting_the_problems_of_one_hopeless_file(folder):
    folder.write(ALPHA, "".join(f"field{i}: {i}\n" for i in range(5_000)))

    problems = folder.problems()

    assert len(problems) == MAX_PROBLEMS_SHOWN + 1
    assert any("more problems" in problem.message for problem in problems)


def test_load_wraps_no_endless_name_into_a_message(folder):
    folder.write(ALPHA, folder.text(ALPHA) + f"? {'x' * 5_000}\n: 1\n")

    assert all(len(problem.message) < 500 for problem in folder.problems())


def test_problem_reads_as_file_line_and_sentence(folder):
    folder.replace(ALPHA, "central: 1000", "central: 1.250")

    with pytest.raises(SourcesInvalid) as refused:
        folder.load()

    line = folder.line_of(ALPHA, "central:")
    assert str(refused.value).startswith(f"{ALPHA}:{line}: central is '1.250'")


# --- the digest


def test_digest_stays_with_the_content_and_changes_with_it(folder):
    first = folder.load().digest
    assert folder.load().digest == first

    folder.replace(ALPHA, "id: alpha", "# a remark\nid: alpha")
    assert folder.load().digest == first

    folder.replace(ALPHA, "central: 1000", "central: 1001")
    assert folder.load().digest != first


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [(RATES, "USD: 1.6", "USD: 1.7"), (SCENARIOS, "value: 5", "value: 6")],
)
def test_digest_changes_with_rates_and_scenarios(file, old, new, folder):
    first = folder.load().digest

    folder.replace(file, old, new)

    assert folder.load().digest != first
