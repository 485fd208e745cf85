"""What a child says is not taken on trust."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculator.errors import PhotoRejected
from calculator.renderer.frames import (
    FRAME_LENGTHS,
    MAX_ANSWER_BYTES,
    FrameBroken,
    pack_head,
    unpack_head,
    unpack_lengths,
)
from calculator.renderer.pool import Pool


def test_a_head_comes_back_as_it_was():
    packed = pack_head({"job": "card", "words": {"name": "Schätz €"}}, 12)

    head_bytes, body_bytes = unpack_lengths(packed[: FRAME_LENGTHS.size], 12)
    assert unpack_head(packed[FRAME_LENGTHS.size :]) == {
        "job": "card",
        "words": {"name": "Schätz €"},
    }
    assert (head_bytes, body_bytes) == (len(packed) - FRAME_LENGTHS.size, 12)


@pytest.mark.parametrize("lengths", [(0, 0), (1, 0), (2**31, 0), (2, MAX_ANSWER_BYTES + 1)])
def test_lengths_out_of_bounds_are_refused(lengths):
    with pytest.raises(FrameBroken):
        unpack_lengths(FRAME_LENGTHS.pack(*lengths), MAX_ANSWER_BYTES)


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(st.binary(max_size=60))
def test_a_head_may_be_anything(text):
    try:
        assert isinstance(unpack_head(text), dict)
    except FrameBroken:
        return


@pytest.mark.parametrize("reason", ["<b>", 7, None, "no-such-reason"])
def test_a_reason_nobody_knows_counts_as_a_crash(reason, words, monkeypatch):
    told = {"rejected": reason} if reason is not None else {"rejected": ""}
    monkeypatch.setattr(Pool, "_do", lambda *_job: (told, b""))

    with pytest.raises(PhotoRejected) as rejected:
        Pool(None).draw(words, "square", b"x")

    assert rejected.value.reason == "crashed"
