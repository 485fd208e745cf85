"""YAML as text with lines: nothing guessed, and no file that can hurt."""

from __future__ import annotations

import itertools

import pytest

from calculator.loading.files import MAX_BYTES, read_file
from calculator.loading.yaml_text import read_document


@pytest.fixture
def read(tmp_path):
    """Return a function that reads a text or bytes and returns the document and its problems."""

    def read_text(content):
        path = tmp_path / "file.yaml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        problems = []
        files = {"file.yaml": read_file(path.parent, path.name, "file.yaml")}
        return read_document(files, "file.yaml", problems), problems

    return read_text


@pytest.mark.parametrize(
    "written",
    ["NO", "yes", "1.250", "0x10", "1_000", "2026-11-22", "~", "null", ".nan", "012", "1:30"],
)
def test_read_leaves_every_value_as_it_is_written(written, read):
    document, problems = read(f"field: {written}\n")

    assert problems == []
    assert document.content == {"field": written}


def test_read_gives_the_line_of_every_part(read):
    document, _ = read(
        "a: 1\n\nb:\n  - c: 2\n    # a remark\n    d: 3\n  - e\nf: >-\n  long\n  text\n"
    )

    assert document.content == {"a": "1", "b": [{"c": "2", "d": "3"}, "e"], "f": "long text"}
    assert document.line_of(("a",)) == 1
    assert document.line_of(("b",)) == 3
    assert document.line_of(("b", 0)) == 4
    assert document.line_of(("b", 0, "d")) == 6
    assert document.line_of(("b", 1)) == 7
    assert document.line_of(("f",)) == 8


def test_read_gives_the_nearest_line_of_a_part_that_is_not_there(read):
    document, _ = read("a:\n  b: 1\n")

    assert document.line_of(("a", "b", "c", 7)) == 2
    assert document.line_of(("a", "z")) == 1
    assert document.line_of(("z",)) == 1


def test_read_gives_what_stands_at_a_place(read):
    document, _ = read("a:\n  - b: 1\n")

    assert document.value_at(("a", 0, "b")) == "1"
    for nowhere in (("a", 1), ("a", "b"), ("z",), ("a", 0, "b", "c")):
        assert document.value_at(nowhere) is None


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_read_counts_lines_whatever_ends_them(ending, read):
    document, problems = read(ending.join(["a: 1", "", "b: 2", ""]))

    assert problems == []
    assert document.line_of(("b",)) == 3


def test_read_takes_a_byte_order_mark_as_nothing(read):
    document, problems = read(b"\xef\xbb\xbfa: 1\n")

    assert problems == []
    assert document.content == {"a": "1"}


def test_read_takes_letters_and_signs_of_every_language(read):
    text = "Ôter « 21\u202f800 » – größte Ĳ 😀 €"

    document, problems = read(f'a: "{text}"\n')

    assert problems == []
    assert document.content == {"a": text}


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        # Files that are no text of ours.
        (b"", 1, ["empty", "Restore"]),
        (b"\n\n  \n", 1, ["empty"]),
        (b"# only a remark\n", 1, ["empty"]),
        (b"a: 1\nb: \x00\n", 1, ["not a text file", "UTF-8"]),
        (b"\x89PNG\r\n\x1a\n\x00\x00", 1, ["not a text file"]),
        ("a: 1\n".encode("utf-16"), 1, ["not a text file", "UTF-8"]),
        ("a: 1\nb: één\n".encode("latin-1"), 2, ["not UTF-8", "Save"]),
        (b"a: 1\nb: 2\nc: \x01\n", 3, ["U+0001", "Type it again"]),
        ("a: 1\nb: \x1b[31m\n", 2, ["U+001B", "Type it again"]),
        (b"a" * (MAX_BYTES + 1), 1, ["1 MB"]),
        # Mistakes of the hand.
        ("a: 1\n\tb: 2\n", 2, ["YAML", "indentation"]),
        ("a:\n  b: 1\n\tc: 2\n", 3, ["YAML", "indentation"]),
        ('a: 1\nb: "open\nc: 3\n', 2, ["YAML", "quote", "not closed"]),
        ("a: 1\nb: 'open\nc: 3\n", 2, ["YAML", "quote", "not closed"]),
        ("a: [1, 2\nb: 3\n", 2, ["YAML", "begins on line 1"]),
        ("a: 1\nb: x: y\n", 2, ["YAML", "colons"]),
        ("a: 1\nb\n", 3, ["YAML"]),
        ("a: 1\n  b: 2\n", 2, ["YAML", "indentation"]),
        ("a: @home\n", 1, ["YAML", "quotes"]),
        ("%YAML 2.0\n---\na: 1\n", 1, ["YAML"]),
        # What YAML offers and figures do not need.
        ("a: 1\nb: 2\na: 3\n", 3, ["a is given twice", "line 1"]),
        ("x:\n  a: 1\n  a: 1\n", 3, ["a is given twice", "line 2"]),
        ('1: a\n"1": b\n', 2, ["given twice", "line 1"]),
        ("a: 1\n---\nb: 2\n", 2, ["second document"]),
        ("a: &name 1\n", 1, ["anchor", "&"]),
        ("a: 1\nb: *name\n", 2, ["alias", "in full"]),
        ("a: 1\n<<: *name\n", 2, ["alias"]),
        ("a: !!python/object/apply:os.system [ls]\n", 1, ["tag", "'!'"]),
        ("a: 1\nb: !secret x\n", 2, ["tag", "!secret"]),
        ("a: !!binary aGk=\n", 1, ["tag"]),
        ("!x a: 1\n", 1, ["tag"]),
        ("[a, b]: 1\n", 1, ["field name", "plain word"]),
        ("? {a: 1}\n: 2\n", 1, ["field name", "plain word"]),
    ],
)
def test_read_refuses_with_a_line_and_what_to_do(content, line, words, read):
    document, problems = read(content)

    assert document is None
    assert problems
    first = problems[0]
    assert (first.file, first.line) == ("file.yaml", line)
    for word in words:
        assert word in first.message


def test_read_names_everything_that_is_wrong_at_once(read):
    _, problems = read("a: &x 1\nb: !tag 2\nb: 3\nc: *x\n")

    assert [problem.line for problem in problems] == [1, 2, 3, 4]


def test_read_takes_a_file_of_exactly_the_limit_and_refuses_one_byte_more(read):
    start = b"a: 1\n# "
    full = start + b"x" * (MAX_BYTES - len(start))

    document, problems = read(full)
    assert document is not None
    assert problems == []

    document, problems = read(full + b"x")
    assert document is None
    assert len(problems) == 1


# Each of these ended the whole process, or would, with a parser that recurses: the test run is
# the proof. The depth is what 1 MB can hold.
@pytest.mark.parametrize(
    "content",
    [
        "[" * 100_000,
        "[" * 400_000 + "]" * 400_000,
        "{a: " * 100_000 + "}" * 100_000,
        "[{a: " * 60_000,
        "- " * 499_000 + "x",
        "? " * 499_000 + "x",
        "- ? " * 240_000 + "x",
        "".join(" " * depth + "a:\n" for depth in range(1_300)),
        "".join(" " * depth + "-\n" for depth in range(1_300)),
        "a:\n" + "- " * 100_000 + "x",
    ],
    ids=[
        "brackets-open",
        "brackets-closed",
        "braces",
        "brackets-and-braces",
        "dashes",
        "question-marks",
        "dashes-and-question-marks",
        "indented-fields",
        "indented-lists",
        "dashes-under-a-field",
    ],
)
def test_read_refuses_deep_nesting_without_a_crash(content, read):
    assert len(content) <= MAX_BYTES

    document, problems = read(content)

    assert document is None
    assert "nested too deeply" in problems[-1].message
    assert len(problems) < 100


def test_read_takes_brackets_that_are_only_text(read):
    document, problems = read(f'a: "{"[{" * 5_000}"\n')

    assert problems == []
    assert document.content == {"a": "[{" * 5_000}


def test_read_does_not_unfold_aliases(read):
    # "Billion laughs": ten lines that would unfold into 9 to the power of 9 words.
    names = "abcdefghij"
    lines = ["a: &a [" + ", ".join(["ha"] * 9) + "]"]
    lines += [
        f"{name}: &{name} [" + ", ".join([f"*{before}"] * 9) + "]"
        for before, name in itertools.pairwise(names)
    ]

    document, problems = read("\n".join(lines))

    assert document is None
    assert len(problems) < 200
    assert {problem.line for problem in problems} == set(range(1, 11))


def test_read_refuses_what_is_no_file(tmp_path):
    missing = read_file(tmp_path, "missing.yaml")
    folder = read_file(tmp_path.parent, tmp_path.name, "folder.yaml")
    problems = []

    assert read_document({"folder.yaml": folder}, "folder.yaml", problems) is None
    assert problems == [folder]
    assert "missing" in missing.message
    assert "not a file" in folder.message
