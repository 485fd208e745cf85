"""The bytes of a file as text, whatever it holds: what editors, programs and merges do to files.

YAML and Markdown pass here first, at the desk, at the commands and on the running site.
"""

import re
from collections.abc import Iterator
from typing import Final

from calculator.errors import Message, Problem
from calculator.errors import message as _
from calculator.figures.fields import INVISIBLE, said_invisible
from calculator.loading.files import MAX_BYTES, Files, missing

_AT_LINE_START: Final = r"^(<{7}|={7}|>{7}|\|{7})(?!\S)"
# A form folds what is pasted into one line, so a mark may stand in the middle of a sentence.
_ALONE: Final = r"(?<!\S)(<{7}|={7}|>{7}|\|{7})(?!\S)"
# UTF-8 that was read as Windows-1252 and saved again: é became Ã©, ’ became â€™.
_TWICE_ENCODED: Final = re.compile(
    "Ã[\u0080-\u00bf\u0152\u0153\u0160\u0161\u017d\u017e\u0192\u02c6\u2013-\u203a\u20ac]"
    "|Â[\u00a0-\u00bf]|â€"
)
_LOST: Final = _("holds the sign � in the place of a letter that was lost. Write the letter again")
_TWICE: Final = _(
    "holds letters that were read in the wrong encoding, such as Ã© for é. Write them again, and"
    " save the file as UTF-8"
)
_MERGED: Final = _("holds a mark of a merge (<<<<<<<, ======= or >>>>>>>). Keep one of the two")
_DAMAGE: Final = ((re.compile("\ufffd"), _LOST), (_TWICE_ENCODED, _TWICE))
_MARK_IN_FILE: Final = re.compile(_AT_LINE_START, re.MULTILINE)
_MARK_IN_TEXT: Final = re.compile(_ALONE)


def read_text(files: Files, file: str) -> str | Problem:
    """Return a file as UTF-8 text, or why it is none."""
    raw = files.get(file, missing(file))
    if isinstance(raw, Problem):
        return raw
    if len(raw) > MAX_BYTES:
        return Problem(file, 1, _("is larger than 1 MB. Is it the right file?"))
    if b"\0" in raw:
        return Problem(file, 1, _("is not a text file. Save it as plain text (UTF-8)"))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Problem(file, line, _("is not UTF-8 text. Save it with encoding UTF-8"))


def find_damage(text: str, *, of_file: bool = False) -> Iterator[tuple[int, Message]]:
    """Yield what is wrong with the signs of a text, each kind once, by its place in the text.

    Of a whole file of YAML a merge leaves its marks at the start of lines; a remark may hold them.
    """
    for sign, said in ((_MARK_IN_FILE if of_file else _MARK_IN_TEXT, _MERGED), *_DAMAGE):
        if match := sign.search(text):
            yield match.start(), said
    if match := INVISIBLE.search(text):
        yield match.start(), said_invisible(match[0])
