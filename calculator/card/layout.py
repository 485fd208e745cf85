"""Where everything stands on a card: only numbers and texts, so that a browser can use them too.

All lengths are in pixels of the finished card unless a comment names another unit.
`dataclasses.asdict(FORMATS["square"])` is ready for JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

Typeface = Literal["serif", "sans"]

MARIGOLD: Final = "#f2c14e"
SUNLIGHT: Final = "#f5cc6c"  # behind the child only, never under words
PAPER: Final = "#fbf6ec"
FACE: Final = "#fae2ac"
FACE_SHADE: Final = "#e3ad3c"  # under the chin
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
    gap_above_px: int  # from the baseline above to the tops of these capitals


@dataclass(frozen=True, slots=True)
class Marker:
    """The marigold stroke behind the last sentence, in font sizes of that sentence."""

    colour: str = MARIGOLD
    above_baseline: float = 0.14
    below_baseline: float = 0.20
    beyond_text: float = 0.10  # at the right


@dataclass(frozen=True, slots=True)
class LabelShape:
    """The label over the eyes, in heights of the label from its upper left corner."""

    aspect: float = 5.3  # width over height, the same for all languages: the word adapts
    chamfer: float = 0.27
    corner: float = 0.05
    hole_x: float = 0.43
    hole_radius: float = 0.105
    text_left: float = 0.78
    text_right: float = 0.40  # from the right edge
    tallest_capital: float = 0.40
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
    face_cover: float = 1.6  # label width over face width
    field_margin: float = 0.025  # of the picture's short side, kept free around a label
    smallest_width: float = 0.45  # of the picture's short side, so that the word stays legible


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle: its middle and its radius."""

    x: int
    y: int
    radius: int


@dataclass(frozen=True, slots=True)
class ChildPose:
    """Where the drawn child is, in pixels from the picture's corner."""

    head: Circle
    sun: Circle
    label_x: int
    label_y: int
    label_width: int
    label_angle: float  # degrees, clockwise


@dataclass(frozen=True, slots=True)
class Ground:
    """A marigold field without words; the sun's place counts from the field's corner."""

    box: Box
    sun: Circle


@dataclass(frozen=True, slots=True)
class CardLayout:
    """Every number of one card format."""

    name: str
    width_px: int
    height_px: int
    picture: Box  # the drawn child or the protected photo
    strip: Box  # the ink background of the helpline
    column: Box  # the words from the campaign's name to "no child has a price"
    help_box: Box
    help_stacked: bool  # the number and the address on a second line
    text_free_px: int  # at the top and the bottom, where apps show their own buttons
    name_style: TextStyle
    statement_style: TextStyle
    amount_style: TextStyle
    range_style: TextStyle
    minors_style: TextStyle
    no_price_style: TextStyle
    help_style: TextStyle
    number_style: TextStyle
    address_style: TextStyle
    child: ChildPose
    foot: Ground | None = None
    label: LabelShape = LabelShape()
    marker: Marker = Marker()  # under the sentence that no child has a price


# The look of each text, the same in every format.
_Look = tuple[Typeface, int, str]
# fmt: off
#                     typeface  weight  colour
_NAME: _Look       = ("sans",  700,    BRICK)
_STATEMENT: _Look  = ("serif", 480,    INK)
_AMOUNT: _Look     = ("serif", 760,    INK)
_RANGE: _Look      = ("serif", 440,    INK)
_MINORS: _Look    = ("serif", 420,    MUTED)
_NO_PRICE: _Look   = ("serif", 700,    INK)
_HELP: _Look       = ("sans",  420,    PAPER)
_NUMBER: _Look     = ("serif", 760,    MARIGOLD)
_ADDRESS: _Look    = ("sans",  640,    PAPER)

_FACEBOOK: Final = CardLayout(
    name="facebook", width_px=1200, height_px=630,
    picture=Box(0, 0, 500, 544),
    strip=Box(0, 544, 1200, 86),
    column=Box(552, 46, 600, 462),
    help_box=Box(48, 544, 1104, 86),
    help_stacked=False, text_free_px=0,
    #                                    size  least  usual  most   leading  gap
    #                                    px    px     lines  lines  × size   px
    name_style=TextStyle(     *_NAME,       25,   22,   1,     1,     1.2,      0),
    statement_style=TextStyle(*_STATEMENT,  31,   26,   3,     5,     1.24,    26),
    amount_style=TextStyle(   *_AMOUNT,    124,   72,   1,     1,     1.0,     30),
    range_style=TextStyle(    *_RANGE,      25,   23,   1,     2,     1.28,    28),
    minors_style=TextStyle(   *_MINORS,    21,   18,   1,     2,     1.3,     17),
    no_price_style=TextStyle( *_NO_PRICE,   34,   28,   1,     2,     1.15,    30),
    help_style=TextStyle(     *_HELP,       28,   20,   1,     1,     1.2,      0),
    number_style=TextStyle(   *_NUMBER,     31,   22,   1,     1,     1.2,      0),
    address_style=TextStyle(  *_ADDRESS,    28,   20,   1,     1,     1.2,      0),
    child=ChildPose(
        head=Circle(250, 256, 160), sun=Circle(340, 180, 250),
        label_x=250, label_y=262, label_width=456, label_angle=-4.0,
    ),
)

_SQUARE: Final = CardLayout(
    name="square", width_px=1080, height_px=1080,
    picture=Box(0, 0, 1080, 452),
    strip=Box(0, 960, 1080, 120),
    column=Box(64, 496, 952, 420),
    help_box=Box(64, 960, 952, 116),
    help_stacked=True, text_free_px=0,
    #                                    size  least  usual  most   leading  gap
    #                                    px    px     lines  lines  × size   px
    name_style=TextStyle(     *_NAME,       28,   24,   1,     1,     1.2,      0),
    statement_style=TextStyle(*_STATEMENT,  37,   32,   2,     4,     1.22,    26),
    amount_style=TextStyle(   *_AMOUNT,    152,   88,   1,     1,     1.0,     32),
    range_style=TextStyle(    *_RANGE,      30,   25,   1,     2,     1.28,    30),
    minors_style=TextStyle(   *_MINORS,    25,   21,   1,     2,     1.3,     19),
    no_price_style=TextStyle( *_NO_PRICE,   42,   34,   1,     2,     1.15,    34),
    help_style=TextStyle(     *_HELP,       31,   24,   1,     1,     1.5,      0),
    number_style=TextStyle(   *_NUMBER,     36,   28,   1,     1,     1.5,      0),
    address_style=TextStyle(  *_ADDRESS,    31,   24,   1,     1,     1.5,      0),
    child=ChildPose(
        head=Circle(540, 218, 150), sun=Circle(700, 184, 286),
        label_x=540, label_y=224, label_width=600, label_angle=-4.0,
    ),
)

_STORY: Final = CardLayout(
    name="story", width_px=1080, height_px=1920,
    picture=Box(0, 0, 1080, 800),
    strip=Box(0, 1540, 1080, 150),
    column=Box(72, 856, 936, 636),
    help_box=Box(72, 1540, 936, 146),
    help_stacked=True, text_free_px=231,
    #                                    size  least  usual  most   leading  gap
    #                                    px    px     lines  lines  × size   px
    name_style=TextStyle(     *_NAME,       36,   30,   1,     1,     1.2,      0),
    statement_style=TextStyle(*_STATEMENT,  50,   40,   3,     5,     1.22,    36),
    amount_style=TextStyle(   *_AMOUNT,    188,   96,   1,     1,     1.0,     42),
    range_style=TextStyle(    *_RANGE,      38,   31,   1,     2,     1.28,    40),
    minors_style=TextStyle(   *_MINORS,    31,   26,   1,     2,     1.3,     26),
    no_price_style=TextStyle( *_NO_PRICE,   54,   42,   1,     2,     1.15,    50),
    help_style=TextStyle(     *_HELP,       36,   27,   1,     1,     1.55,     0),
    number_style=TextStyle(   *_NUMBER,     42,   31,   1,     1,     1.55,     0),
    address_style=TextStyle(  *_ADDRESS,    36,   27,   1,     1,     1.55,     0),
    child=ChildPose(
        head=Circle(540, 388, 264), sun=Circle(780, 320, 480),
        label_x=540, label_y=398, label_width=900, label_angle=-4.0,
    ),
    foot=Ground(Box(0, 1690, 1080, 230), Circle(780, 420, 380)),
)
# fmt: on

FORMATS: Final[Mapping[str, CardLayout]] = MappingProxyType(
    {layout.name: layout for layout in (_FACEBOOK, _SQUARE, _STORY)}
)
