"""Sound photos changed at random, part by part: the renderer answers, and is not brought down."""

from __future__ import annotations

from functools import cache

from corpus import CASES, DRAWN, seeds
from corpus.parts import joined, parts_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from renderer_needs import WORDS
from target import outcome_of

from calculator.card.layout import FORMATS


@cache
def sound():
    return [seeds()[case.name] for case in CASES if case.name in seeds() and case.outcome == DRAWN]


@st.composite
def changed(draw):
    """Return a file with parts left out, doubled or moved, bytes and numbers changed."""
    parts = parts_of(draw(st.sampled_from(sound())))
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(1, max(1, len(parts) - 1)))
        taken = parts[place : place + 1]
        parts[place : place + 1] = draw(st.sampled_from([[], taken * 2, taken * 40]))
        other = draw(st.integers(1, max(1, len(parts))))
        parts[other:other] = taken
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(1, max(1, len(parts) - 1)))
        if place < len(parts) and len(parts[place]) > 8:
            part = bytearray(parts[place])
            number = draw(
                st.sampled_from([0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 2**31, 2**32 - 1])
            )
            size = draw(st.sampled_from([1, 2, 4]))
            at = draw(st.integers(4, max(4, min(len(part), 64) - size)))
            written = (number % 256**size).to_bytes(size, draw(st.sampled_from(["big", "little"])))
            part[at : at + size] = written
            parts[place] = bytes(part)
    return joined(parts)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
@given(data=changed(), card_format=st.sampled_from(sorted(FORMATS)))
def test_whatever_is_changed_the_renderer_answers_and_stays(data, card_format, pool):
    [child] = pool.children

    outcome = outcome_of(pool, data, card_format)

    assert outcome != "crashed"
    if outcome == "too-slow":
        assert pool.draw(WORDS, card_format).data, "another took its place"
    else:
        assert pool.children == (child,)
