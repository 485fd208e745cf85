"""Where everything stands on a card: only numbers and texts, so that a browser can use them too.

All lengths are in pixels of the finished card unless a comment names another unit.
`dataclasses.asdict(FORMATS["square"])` is ready for JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Literal

Typeface = Literal["serif", "sans"]

MARIGOLD: Final = "#f2c14e"
PAPER: Final = "#fbf6ec"
FACE: Final = "#fbdc8c"  # the yellow of emoji, which is no skin
RIB: Final = "#edd9b4"  # on the hat's brim
INK: Final = "#17233b"
BRICK: Final = "#a3341f"
MUTED: Final = "#44506a"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: its upper left corner and its size."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How one text looks, and how far it may shrink and break into lines to fit."""

    typeface: Typeface
    weight: int
    colour: str
    size_px: int
    smallest_px: int
    usual_lines: int  # tried at every size down to the smallest first
    most_lines: int  # tried only then
    leading: float  # from baseline to baseline, in font sizes
    gap_above: float  # from the baseline above to the tops of these capitals, in font sizes


@dataclass(frozen=True, slots=True)
class Marker:
    """The marigold stroke behind each line of the last sentence, in its font sizes."""

    colour: str = MARIGOLD
    above_baseline: float = 0.14
    below_baseline: float = 0.20
    beyond_text: float = 0.10  # at the right


@dataclass(frozen=True, slots=True)
class LabelShape:
    """The label over the eyes, in heights of the label from its upper left corner.

    Capitals are as high in every language, and the label is as long as its word needs.
    """

    chamfer: float = 0.27
    corner: float = 0.05
    hole_x: float = 0.43
    hole_radius: float = 0.105
    text_left: float = 0.78
    text_right: float = 0.40  # from the right edge
    capital: float = 0.42
    tracking: float = 0.07  # in font sizes
    # Two loose ends of one thread, each a Bézier curve: start, two handles, end. They do not meet,
    # because a closed loop beside a head looks like a noose.
    thread: tuple[tuple[tuple[float, float], ...], ...] = (
        ((0.43, 0.50), (0.20, 0.90), (0.06, 1.22), (0.21, 1.64)),
        ((0.43, 0.50), (0.50, 0.90), (0.68, 1.10), (0.52, 1.40)),
    )
    thread_width: float = 0.04
    thread_left: float = 0.0  # room for the thread to the left of the label
    thread_below: float = 0.7
    # Label height over the width of a face on a photo: the shortest word makes it 1.6 times as long
    # as the face is wide.
    face_height: float = 0.324
    field_margin: float = 0.025  # of the picture's short side, kept free around a label
    smallest_height: float = 0.08  # of the picture's short side, so that the word stays legible


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle: its middle and its radius."""

    x: int
    y: int
    radius: int


# The label on the drawn child, in radii of the head: under the hat's brim, and with the shortest
# word as long as that is wide, so that no part of the eyes is ever beside it.
_LABEL_HEIGHT: Final = 0.5
_LABEL_BELOW_MIDDLE: Final = 0.17


@dataclass(frozen=True, slots=True)
class ChildPose:
    """Where the drawn child is, in pixels from the picture's corner."""

    head: Circle
    label_angle: float = -3.0  # degrees, clockwise

    @property
    def label_y(self) -> float:
        """Return the middle of the label; across, it is the head's."""
        return self.head.y + _LABEL_BELOW_MIDDLE * self.head.radius

    @property
    def label_height(self) -> float:
        return _LABEL_HEIGHT * self.head.radius


@dataclass(frozen=True, slots=True)
class Poster:
    """What stands elsewhere on a card without an amount: its child takes the figures' room."""

    picture: Box
    column: Box
    child: ChildPose


@dataclass(frozen=True, slots=True)
class CardLayout:
    """Every number of one card format."""

    name: str
    width_px: int
    height_px: int
    picture: Box  # the drawn child or the protected photo
    strip: Box  # the ink background of the helpline
    column: Box  # the words from the statement to "no child has a price"
    help_box: Box
    text_free_px: int  # at the top and the bottom, where apps show their own buttons
    statement_style: TextStyle
    amount_style: TextStyle
    range_style: TextStyle
    minors_style: TextStyle
    no_price_style: TextStyle  # of a card without an amount; else in a share of the amount's size
    help_style: TextStyle
    sender_style: TextStyle
    number_style: TextStyle
    name_style: TextStyle
    address_style: TextStyle
    child: ChildPose
    poster: Poster
    no_price_share: float = 0.6
    no_price_lines: int = 1  # under an amount
    foot: Box | None = None  # a marigold field without words
    label: LabelShape = LabelShape()
    marker: Marker = Marker()  # under the sentence that no child has a price


# The look of each text, the same in every format.
_Look = tuple[Typeface, int, str]
# fmt: off
#                     typeface  weight  colour
_STATEMENT: _Look  = ("serif", 480,    INK)
_AMOUNT: _Look     = ("serif", 760,    INK)
_RANGE: _Look      = ("serif", 440,    INK)
_MINORS: _Look     = ("serif", 420,    MUTED)
_NO_PRICE: _Look   = ("serif", 740,    INK)
_HELP: _Look       = ("sans",  420,    PAPER)
_SENDER: _Look     = ("sans",  700,    PAPER)
_NUMBER: _Look     = ("serif", 760,    MARIGOLD)
_NAME: _Look       = ("sans",  700,    PAPER)
_ADDRESS: _Look    = ("sans",  420,    PAPER)

_FACEBOOK: Final = CardLayout(
    name="facebook", width_px=1200, height_px=630,
    picture=Box(0, 0, 452, 524),
    strip=Box(0, 524, 1200, 106),
    column=Box(496, 44, 664, 436),
    help_box=Box(40, 524, 1120, 106),
    text_free_px=0, no_price_lines=2,
    #                                    size  least  usual  most   leading  gap
    #                                    px    px     lines  lines  × size   × size
    statement_style=TextStyle(*_STATEMENT,  33,   26,   3,     5,     1.24,   0),
    amount_style=TextStyle(   *_AMOUNT,     92,   60,   1,     1,     1.0,    0.5),
    range_style=TextStyle(    *_RANGE,      26,   22,   1,     2,     1.28,   0.9),
    minors_style=TextStyle(   *_MINORS,     21,   18,   1,     2,     1.3,    0.8),
    no_price_style=TextStyle( *_NO_PRICE,  100,   60,   4,     5,     1.16,   0.6),
    help_style=TextStyle(     *_HELP,       27,   18,   1,     1,     1.5,    0),
    sender_style=TextStyle(   *_SENDER,     29,   19,   1,     1,     1.5,    0),
    number_style=TextStyle(   *_NUMBER,     35,   22,   1,     1,     1.5,    0),
    name_style=TextStyle(     *_NAME,       27,   18,   1,     1,     1.5,    0),
    address_style=TextStyle(  *_ADDRESS,    29,   19,   1,     1,     1.5,    0),
    child=ChildPose(Circle(226, 276, 127)),
    poster=Poster(Box(0, 0, 540, 524), Box(596, 44, 556, 436), ChildPose(Circle(270, 272, 138))),
)

_SQUARE: Final = CardLayout(
    name="square", width_px=1080, height_px=1080,
    picture=Box(0, 0, 1080, 426),
    strip=Box(0, 958, 1080, 122),
    column=Box(64, 470, 952, 444),
    help_box=Box(64, 958, 952, 118),
    text_free_px=0,
    statement_style=TextStyle(*_STATEMENT,  38,   31,   2,     4,     1.22,   0),
    amount_style=TextStyle(   *_AMOUNT,    122,   84,   1,     1,     1.0,    0.5),
    range_style=TextStyle(    *_RANGE,      31,   25,   1,     2,     1.28,   0.9),
    minors_style=TextStyle(   *_MINORS,     25,   21,   1,     2,     1.3,    0.8),
    no_price_style=TextStyle( *_NO_PRICE,  116,   80,   2,     3,     1.16,   0.6),
    help_style=TextStyle(     *_HELP,       30,   20,   1,     1,     1.5,    0),
    sender_style=TextStyle(   *_SENDER,     32,   21,   1,     1,     1.5,    0),
    number_style=TextStyle(   *_NUMBER,     38,   25,   1,     1,     1.5,    0),
    name_style=TextStyle(     *_NAME,       30,   20,   1,     1,     1.5,    0),
    address_style=TextStyle(  *_ADDRESS,    32,   21,   1,     1,     1.5,    0),
    child=ChildPose(Circle(540, 243, 130)),
    poster=Poster(Box(0, 0, 1080, 616), Box(64, 664, 952, 246), ChildPose(Circle(540, 332, 176))),
)

_STORY: Final = CardLayout(
    name="story", width_px=1080, height_px=1920,
    picture=Box(0, 0, 1080, 734),
    strip=Box(0, 1526, 1080, 164),
    column=Box(72, 790, 936, 680),
    help_box=Box(72, 1526, 936, 160),
    text_free_px=231, no_price_lines=2,
    statement_style=TextStyle(*_STATEMENT,  52,   40,   3,     5,     1.22,   0),
    amount_style=TextStyle(   *_AMOUNT,    132,   90,   1,     1,     1.0,    0.5),
    range_style=TextStyle(    *_RANGE,      40,   31,   1,     2,     1.28,   0.9),
    minors_style=TextStyle(   *_MINORS,     31,   26,   1,     2,     1.3,    0.8),
    no_price_style=TextStyle( *_NO_PRICE,  124,   90,   2,     4,     1.16,   0.6),
    help_style=TextStyle(     *_HELP,       36,   24,   1,     1,     1.55,   0),
    sender_style=TextStyle(   *_SENDER,     36,   24,   1,     1,     1.55,   0),
    number_style=TextStyle(   *_NUMBER,     43,   28,   1,     1,     1.55,   0),
    name_style=TextStyle(     *_NAME,       36,   24,   1,     1,     1.55,   0),
    address_style=TextStyle(  *_ADDRESS,    36,   24,   1,     1,     1.55,   0),
    child=ChildPose(Circle(540, 417, 198)),
    poster=Poster(Box(0, 0, 1080, 1040), Box(72, 1100, 936, 366), ChildPose(Circle(540, 568, 292))),
    foot=Box(0, 1690, 1080, 230),
)
# fmt: on

FORMATS: Final[Mapping[str, CardLayout]] = MappingProxyType(
    {layout.name: layout for layout in (_FACEBOOK, _SQUARE, _STORY)}
)

# The same forms for the card without an amount.
POSTERS: Final[Mapping[str, CardLayout]] = MappingProxyType(
    {
        name: replace(
            layout,
            name=f"poster-{name}",
            picture=layout.poster.picture,
            column=layout.poster.column,
            child=layout.poster.child,
        )
        for name, layout in FORMATS.items()
    }
)
# What a renderer draws, by name.
LAYOUTS: Final[Mapping[str, CardLayout]] = MappingProxyType(
    {layout.name: layout for layout in (*FORMATS.values(), *POSTERS.values())}
)
