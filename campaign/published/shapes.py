"""How lists in staff's texts are laid out, told from the lists themselves: none is marked."""

import re
from typing import Final

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

MANY: Final = 4  # so many points stand beside each other as easily as below each other
COLUMNS: Final = "grid"
SPEECH: Final = "said"
# A whole point between the quotation marks of one language, and no other quotation in it.
_SAID: Final = re.compile("‘[^‘]*’|“[^“”]*”|„[^„“]*“|«[^«»]*»")


def mark_lists(state: StateCore) -> None:
    """Give a list its class: sentences to say are speech bubbles, many points stand in columns."""
    open_lists: list[tuple[Token, list[str]]] = []
    for token in state.tokens:
        if token.type == "bullet_list_open":
            open_lists.append((token, []))
        elif token.type == "inline" and open_lists:
            open_lists[-1][1].append(token.content)
        elif token.type == "bullet_list_close":
            opened, points = open_lists.pop()
            if points and all(map(_SAID.fullmatch, points)):
                opened.attrSet("class", SPEECH)
            elif len(points) >= MANY:
                opened.attrSet("class", COLUMNS)
