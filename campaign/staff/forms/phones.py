"""Telephone numbers as people type them, brought to what the files hold: dialled from Belgium."""

import re


def as_dialled(typed: str) -> str:
    """Return `+32 2 475 44 11` or `02 / 475.44.11` as `02 475 44 11`; anything else as it is."""
    number = re.sub(r"\(0\)", "", typed.strip())
    number = re.sub(r"[\s/.\-\u2010-\u2013()]+", " ", number).strip()
    number = re.sub(r"^(\+|00) ?32 ?0?", "0", number)
    number = re.sub(r"^\+ ?", "00", number)
    return number if re.fullmatch(r"[0-9 ]+", number) else typed
