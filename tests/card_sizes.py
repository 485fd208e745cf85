"""The forms of card and their sizes in pixels, as networks want them: written down here alone."""

SIZES = {"facebook": (1200, 630), "square": (1080, 1080), "story": (1080, 1920)}
