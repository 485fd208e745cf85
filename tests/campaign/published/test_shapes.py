"""Lists in staff's texts: what is said aloud is set as speech, many points stand in columns."""

from __future__ import annotations

import pytest

from calculator.errors import SourcesInvalid
from campaign.published.texts import check_sections


def class_of(*points, mark="-"):
    text = "\n".join(f"{mark} {point}" for point in points)
    [part] = check_sections(f"## First {{#first}}\n\n{text}\n".encode(), "nl/about.md")
    opening = part.html.partition(">")[0]
    return opening.partition('class="')[2].rstrip('"')


@pytest.mark.parametrize(
    "points",
    [
        ("‘Hoe gaat het?’", "‘Ik word niet boos.’"),
        ("‘I’m worried about you.’", "‘You don’t have to.’"),
        ("« Comment ça va\u00a0? »", "« Quoi qu’il se soit passé. »"),
        ("„Wie geht es dir?“", "„Ich bin dir nicht böse.“"),
        ("“How are you?”",),
    ],
)
def test_a_list_of_nothing_but_quotations_is_speech(points):
    assert class_of(*points) == "said"


@pytest.mark.parametrize(
    "point", ["Zeg: ‘Ik geloof je.’", "‘Ja’ of ‘nee’", "‘Ja’, zegt ze.", "« Oui » ou « non »"]
)
def test_a_point_that_is_not_one_quotation_makes_it_a_list_again(point):
    assert class_of("‘Hoe gaat het?’", point) == ""


def test_four_points_stand_in_columns_and_three_do_not():
    assert class_of("one.", "two.", "three.", "four.") == "grid"
    assert class_of("one.", "two.", "three.") == ""


def test_many_sentences_to_say_are_speech_and_not_columns():
    assert class_of(*["‘Hoe gaat het?’"] * 6) == "said"


def test_numbered_steps_stay_below_each_other():
    assert class_of("one.", "two.", "three.", "four.", mark="1.") == ""


def test_staff_can_give_no_class_of_their_own():
    text = b'## First {#first}\n\n<ul class="said"><li>x</li></ul>\n'
    with pytest.raises(SourcesInvalid, match="HTML"):
        check_sections(text, "nl/about.md")
