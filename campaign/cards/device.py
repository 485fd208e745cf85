"""What the visitor's device needs to make a card itself: layout, addresses of pictures, words.

The numbers are those with which the server draws, so that both cards are alike.
"""

from dataclasses import asdict
from typing import Any, Final

from calculator.card.draw import CardWords
from calculator.card.layout import FORMATS
from calculator.estimate import Estimate
from calculator.photo.destroying import COVER_RGB, HEAD_SHARE
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
                "label": asdict(layout.label),
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
            "placed": _(
                "There is a cover on your photo. Move it over the face, and make it large enough."
            ),
            "position": _(
                "Cover {number}: {x} percent from the left, {y} percent from the top,"
                " {size} percent wide."
            ),
            "removed": _("Cover removed. {count} left."),
            "ready": _("Your card is ready to download."),
            "share_failed": _("Sharing did not work. Download the card and share it yourself."),
            "unchanged": _(
                "The other estimate could not be loaded. Your card is as it was. Check your"
                " connection and try again."
            ),
            "unreadable": _("Your browser cannot read this photo."),
            "offline": _(
                "The card without your photo could not be loaded. Check your connection and"
                " try again."
            ),
        },
    }
