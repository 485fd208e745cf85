"""The bytes of a file as text, whatever it holds: what editors, programs and merges do to files.

YAML and Markdown pass here first, at the desk, at the commands and on the running site.
"""

import re
from typing import Final

from calculator.errors import Problem
from calculator.errors import message as _
from calculator.loading.files import MAX_BYTES, Files, missing

# Characters that YAML forbids: the parser would stop without naming a line.
_FORBIDDEN: Final = (
    "[^\\t\\n\\r\\x20-\\x7e\\x85\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]"
)
# Signs of no width, which hide words, turn their direction or break an address.
_UNSEEN: Final = "[\u0085\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
_INVISIBLE: Final = re.compile(f"{_FORBIDDEN}|{_UNSEEN}")
_MERGE_MARK: Final = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?!\S)", re.MULTILINE)
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
_DAMAGE: Final = (
    (_MERGE_MARK, _MERGED),
    (re.compile("\ufffd"), _LOST),
    (_TWICE_ENCODED, _TWICE),
)


def read_text(files: Files, file: str) -> str | Problem:
    """Return a file as UTF-8 text, or the first thing that is wrong with it."""
    raw = files.get(file, missing(file))
    if isinstance(raw, Problem):
        return raw
    if len(raw) > MAX_BYTES:
        return Problem(file, 1, _("is larger than 1 MB. Is it the right file?"))
    if b"\0" in raw:
        return Problem(file, 1, _("is not a text file. Save it as plain text (UTF-8)"))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Problem(file, line, _("is not UTF-8 text. Save it with encoding UTF-8"))
    found = [(match.start(), said) for sign, said in _DAMAGE if (match := sign.search(text))]
    if invisible := _INVISIBLE.search(text):
        sign = f"U+{ord(invisible[0]):04X}"
        message = _("holds the invisible sign %(sign)s. Delete it", sign=sign)
        found.append((invisible.start(), message))
    if not found:
        return text
    place, message = min(found)
    return Problem(file, text.count("\n", 0, place) + 1, message)
