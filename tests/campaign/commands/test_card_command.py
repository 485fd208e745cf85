"""`schatje card`: what it writes, where, and what it says when something is wrong."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from card_sizes import SIZES
from PIL import Image

COMMAND = Path(sys.executable).with_name("schatje")
CARD = ["card", "--region", "BE", "--period", "1y"]


@pytest.mark.parametrize("card_format", SIZES)
def test_card_is_written_to_a_file(card_format, run, tmp_path):
    path = tmp_path / "card.jpg"

    result = run(*CARD, "--lang", "de", "--format", card_format, "-o", path)

    with Image.open(path) as card:
        assert card.size == SIZES[card_format]
    assert result.output == ""


def test_card_takes_a_photo_and_writes_to_standard_output(portrait_jpeg):
    done = subprocess.run(
        [COMMAND, *CARD, "--photo", "-", "-o", "-"],
        input=portrait_jpeg,
        capture_output=True,
        check=True,
    )

    assert Image.open(io.BytesIO(done.stdout)).size == SIZES["facebook"]
    assert done.stderr == b""


def test_card_says_so_when_no_face_is_found(run, tmp_path):
    Image.new("RGB", (600, 400), "grey").save(tmp_path / "wall.png")

    result = run(*CARD, "--photo", tmp_path / "wall.png", "-o", tmp_path / "card.jpg")

    assert "whole photo" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("photo", "said"),
    [
        ("text.jpg", "JPEG, PNG, WebP or HEIC"),
        ("empty.jpg", "empty"),
        ("none.jpg", "cannot be read"),
        (".", "cannot be read"),
    ],
)
def test_card_says_what_is_wrong_with_the_photo(photo, said, run, tmp_path):
    (tmp_path / "text.jpg").write_text("no photo")
    (tmp_path / "empty.jpg").write_bytes(b"")

    output = run(*CARD, "--photo", tmp_path / photo, "-o", tmp_path / "card.jpg", code=1).output

    assert said in output
    assert not (tmp_path / "card.jpg").exists()


def test_card_says_so_when_it_cannot_be_written(run, tmp_path):
    assert "cannot be written" in run(*CARD, "-o", tmp_path / "none" / "card.jpg", code=1).output


@pytest.mark.parametrize(
    ("option", "value", "code", "said"),
    [("--region", "XX", 1, "EUROPE"), ("--period", "", 1, "6m"), ("--lang", "it", 2, "fr"),
     ("--format", "banner", 2, "story")],
)  # fmt: skip
def test_card_says_what_can_be_chosen_when_a_choice_is_wrong(
    option, value, code, said, run, tmp_path
):
    output = run(*CARD, "-o", tmp_path / "card.jpg", option, value, code=code).output

    assert said in output
    assert not (tmp_path / "card.jpg").exists()


def test_card_says_so_when_the_address_does_not_fit(run, tmp_path, monkeypatch):
    monkeypatch.setenv("SCHATJE_CARD_ADDRESS", "campaign-with-a-long-name." * 8)

    assert "Error: " in run(*CARD, "-o", tmp_path / "card.jpg", code=1).output
