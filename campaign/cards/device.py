"""What the visitor's device needs to make a card itself: layout, addresses of pictures, words.

The numbers are those with which the server draws, so that both cards are alike.
"""

from dataclasses import asdict
from typing import Any, Final

from calculator.card.draw import CardWords
from calculator.card.layout import FORMATS
from calculator.estimate import Estimate
from calculator.photo.destroying import COVER_RGB, HEAD_SHARE
from calculator.photo.faces import SURE_FROM_SCORE
from calculator.photo.protect import EYE_LINE_SHARE
from campaign.cards.addresses import card_path, label_path
from campaign.cards.studio import studio
from campaign.words.i18n import gettext as _

RULES: Final = {
    "cover": "#{:02x}{:02x}{:02x}".format(*COVER_RGB),
    "head_share": HEAD_SHARE,
    "eye_line_share": EYE_LINE_SHARE,
    # A cover is a square around the whole head; the eyes are a little above its middle.
    "eyes_above_middle": 0.05,
    # Cover sizes, as shares of the photo's shorter side: none smaller than this makes a card.
    "first": 0.5,
    "smallest": 0.15,
    "largest": 1.6,
    # What the search on the device takes for a face, and for the same face found twice. In a photo
    # that was turned, a find this large (of the longer side) needs a better score, and one that
    # reaches into a sure face.
    "cover_from_score": 0.4,
    "turned_from_score": 0.65,
    "large": 0.2,
    "reaches_into": 0.1,
    "sure_from_score": SURE_FROM_SCORE,
    "same_face": 0.35,
}


def device_setup(result: Estimate, words: CardWords, card_format: str) -> dict[str, Any]:
    """Return the record that static/js/photo-card reads."""
    drawing = studio().label(words.label)
    return {
        "format": card_format,
        "file_name": "-".join(words.name.lower().split()) + ".jpg",
        "formats": {
            name: {
                "width": layout.width_px,
                "height": layout.height_px,
                "picture": asdict(layout.picture),
                "label": asdict(layout.label) | {"aspect": drawing.aspect},
                "base": card_path(words, result, name, "png"),
            }
            for name, layout in FORMATS.items()
        },
        "label": {
            "path": label_path(words.label, words.language),
            "label_width": drawing.label_width_px,
            "middle_x": drawing.middle_x,
            "middle_y": drawing.middle_y,
        },
        "rules": RULES,
        "words": {
            "busy": _("One moment…"),
            "handle": _("Cover {number}"),
            "found": _("Faces found and covered: {count}. Check that every face is fully covered."),
            "found_later": _(
                "Another face was found and covered; that makes {count}. Check that every face"
                " is fully covered."
            ),
            "none": _(
                "We found no face: cover it yourself. Move the cover over the face, and make it"
                " large enough."
            ),
            "not_searched": _(
                "This browser could not look for faces: cover every face yourself. Move the cover"
                " over the face, and make it large enough."
            ),
            "searching": _(
                "We are still looking for faces. You can keep the card when that has ended."
            ),
            "stopped": _(
                "Here we found a face that is not covered enough: {x} percent from the left, {y}"
                " percent from the top. Cover it, or say that no face is there."
            ),
            "stopped_sure": _(
                "Here we found a face that is not covered enough: {x} percent from the left, {y}"
                " percent from the top. Cover it: without that there is no card."
            ),
            "position": _(
                "Cover {number}: {x} percent from the left, {y} percent from the top,"
                " {size} percent wide, turned {angle} degrees."
            ),
            "removed": _("Cover removed. {count} left."),
            "ready": _("Your card is ready."),
            "unchanged": _(
                "The other estimate could not be loaded. Your card is as it was. Check your"
                " connection and try again."
            ),
            "unreadable": {
                "away": _(
                    "This photo is not yet, or not yet fully, on this device. Open it in your"
                    " photo app, wait until it is sharp, and choose it again."
                ),
                "large": _(
                    "This photo is too large for this browser. Take a screenshot of it and choose"
                    " that, or choose another photo."
                ),
                "memory": _(
                    "This device has too little memory free for this photo. Close other tabs and"
                    " apps and choose it again."
                ),
                "format": _(
                    "Your browser does not know this kind of file. Take a screenshot of the photo"
                    " and choose that, or choose a JPEG, PNG or WebP."
                ),
                "blocked": _(
                    "Your browser does not let this page read the photo. Choose it again, or open"
                    " this page in another browser."
                ),
                "damaged": _(
                    "Your browser cannot read this photo: it may be damaged. Choose another one,"
                    " or take a screenshot of it and choose that."
                ),
            },
            "offline": _(
                "The card without your photo could not be loaded. Check your connection and"
                " try again."
            ),
        },
    }
