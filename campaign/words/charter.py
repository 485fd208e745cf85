"""What no text may say, or had better not: the words of the safeguarding charter, one function.

The desk, `schatje sources check`, the running site and the tests all ask find_faults.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final, Literal, NamedTuple

from calculator.languages import FIRST, LANGUAGES, Language
from campaign.words import charter_words as words
from campaign.words.i18n import mark as _

Severity = Literal["refuse", "warn"]
# A sentence ends at its sign, at an empty line, and where a point of a list begins.
_BREAK: Final = re.compile(r"(?<=[.?!;])[)”’»“]?\s+|\n\s*\n|\n(?=[-*>#]|\d+\.)")
# So near that the two words are said of each other.
_NEAR: Final = 30
_APART: Final = re.compile(r"[,:;()—–]")
# A number that can be the count of a place.
_COUNTED: Final = re.compile(r"\)$|, \d+$")


@dataclass(frozen=True, slots=True)
class Rule:
    """What is wrong, in a sentence, and what to write instead; both marked for translation."""

    severity: Severity
    sentence: str
    better: str


CHILD_AND_PRICE: Final = Rule(
    "refuse",
    _("A child is never said to cost, to be worth or to be for sale."),
    _("Say what criminals earn, take in or pocket."),
)
CHILD_AND_TRADE: Final = Rule(
    "warn",
    _("A child and a word of trade stand in one sentence."),
    _("Say what criminals earn, or make two sentences of it."),
)
PER_ACT: Final = Rule(
    "refuse",
    _("No price stands here for an act, or for one who pays."),
    _("Give only sums over many acts or a length of time, such as per week."),
)
PAYER: Final = Rule(
    "warn",
    _("Who pays for a child is an offender, and what he pays stands nowhere."),
    _("Leave out the amount, or say whose customers they are."),
)
OLDER_TERM: Final = Rule(
    "refuse",
    _("This word makes abuse sound like a trade or a genre."),
    _("Write: sexual exploitation of children, child sexual abuse material, victim."),
)
RATHER_NOT: Final = Rule(
    "warn",
    _("This word hurts, or is too soft."),
    _("Write: victim, person exploited in prostitution, offender. To name the word, quote it."),
)
ACT: Final = Rule(
    "refuse",
    _("No text describes a sexual act."),
    _("Write sexual exploitation or sexual abuse, without details."),
)
NAMED_PERSON: Final = Rule(
    "refuse",
    _("A victim is never named: she could be recognised."),
    _("Leave out name and age, or write of all victims together."),
)
MAYBE_NAMED: Final = Rule(
    "warn",
    _("This looks like the name and the age of one person."),
    _("Leave out both, or write of all victims together."),
)
ONE_AGE: Final = Rule(
    "warn",
    _("This looks like the age of one child, who could be recognised."),
    _("Write of all victims together, such as: girls of 15 to 17."),
)
ONE_VICTIM: Final = Rule(
    "warn",
    _("A place, a year and one victim together are a person."),
    _("Write of several victims, or of what criminals earn from each."),
)
PROMISE: Final = Rule(
    "warn",
    _("No site can promise this."),
    _("Say what is done, such as: anonymous if you wish."),
)
PHOTO_NEVER: Final = Rule(
    "warn",
    _("A photo can reach the server where a browser cannot read it."),
    _("Say when it does not, such as: with JavaScript."),
)


class Fault(NamedTuple):
    """A rule that a text breaks, and from where to where."""

    rule: Rule
    start: int
    end: int


_Patterns = Mapping[Language, re.Pattern[str]]


_NOTHING: Final = "(?!)"  # of a language without words, whose texts the site does not take


def _compiled(patterns: words.Patterns) -> _Patterns:
    return {
        language: re.compile(patterns.get(language, _NOTHING), re.IGNORECASE)
        for language in LANGUAGES
    }


def languages_without_words() -> list[Language]:
    """Return the languages that lack words in some table: no rule would hold their texts."""
    every = [table for table in vars(words).values() if isinstance(table, dict) and FIRST in table]
    return [language for language in LANGUAGES if any(language not in table for table in every)]


_HISTORIC: Final = re.compile(words.HISTORIC, re.IGNORECASE)
_NAMED: Final = re.compile(words.NAMED, re.IGNORECASE)
_CONDITION: Final = re.compile(words.CONDITION, re.IGNORECASE)
_OLDER: Final = _compiled(words.OLDER_TERMS)
_RATHER_NOT: Final = _compiled(words.RATHER_NOT)
_CONTRADICTED: Final = _compiled(words.CONTRADICTED)
_CHILD: Final = _compiled(words.CHILD)
_PRICED: Final = _compiled(words.PRICED)
_YIELDED: Final = _compiled(words.YIELDED)
_NEGATED: Final = _compiled(words.NEGATED)
_UNIT: Final = re.compile(words.UNIT, re.IGNORECASE)
_FOR_SALE: Final = _compiled(words.FOR_SALE)
_TRADE: Final = _compiled(words.TRADE)
_PER_ACT: Final = _compiled(words.PER_ACT)
_PAID: Final = _compiled(words.PAID)
_PAYER: Final = _compiled(words.PAYER)
_AMOUNT: Final = re.compile(words.AMOUNT, re.IGNORECASE)
_ACTS: Final = _compiled(words.ACTS)
_NAMED_AGE: Final = _compiled(words.NAMED_AGE)
_ONE_AGE: Final = _compiled(words.ONE_AGE)
_ONE_VICTIM: Final = _compiled(words.ONE_VICTIM)
_PROMISES: Final = _compiled(words.PROMISES)
_NOT_PROMISED: Final = _compiled(words.NOT_PROMISED)
_PLACE: Final = re.compile(words.PLACE, re.IGNORECASE)
_PHOTO_NEVER: Final = _compiled(words.PHOTO_NEVER)


def find_faults(text: str, language: Language, *, of_figure: bool = False) -> Iterator[Fault]:
    """Yield what a text says that it may not, in order; lines and no-break spaces do not matter.

    What is said of a figure stands beside its place and year, so there one victim is too few.
    """
    looks = _LOOKS_AT_FIGURES if of_figure else _LOOKS
    bare = _blank(_HISTORIC, text).replace("\u00a0", " ").replace("\u202f", " ")
    for start, end in _sentences(bare):
        # As long as the sentence, so that places in it are places in the text.
        sentence = bare[start:end].replace("\n", " ").replace("\r", " ")
        faults = chain.from_iterable(look(sentence, language) for look in looks)
        for rule, first, last in sorted(faults, key=lambda fault: fault[1:]):
            yield Fault(rule, start + first, start + last)


def names_a_child(text: str) -> bool:
    """Tell whether a text has a word for a child, in any language."""
    return any(pattern.search(text) for pattern in _CHILD.values())


def speaks_of_trade(text: str) -> bool:
    """Tell whether a text has a word of price or trade, in any language."""
    return any(
        each[language].search(text)
        for each in (_PRICED, _YIELDED, _TRADE)
        for language in LANGUAGES
    )


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: " " * len(match[0]), text)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _BREAK.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _words(rule: Rule, patterns: _Patterns) -> Callable[[str, Language], Iterator[Fault]]:
    """Return what finds each word of a list."""

    def look(sentence: str, language: Language) -> Iterator[Fault]:
        for match in patterns[language].finditer(sentence):
            yield Fault(rule, *match.span())

    return look


def _rather_not(sentence: str, language: Language) -> Iterator[Fault]:
    for match in _RATHER_NOT[language].finditer(sentence):
        if not _NAMED.search(sentence, 0, match.start()):
            yield Fault(RATHER_NOT, *match.span())


def _trade(sentence: str, language: Language) -> Iterator[Fault]:
    bare = _blank(_CONTRADICTED[language], sentence)
    children = [match.span() for match in _CHILD[language].finditer(bare)]
    if not children:
        return
    priced = [match.span() for match in _PRICED[language].finditer(bare)]
    yielded = [match.span() for match in _YIELDED[language].finditer(bare)]
    units = {match.end() for match in _UNIT.finditer(bare)}
    people = [child for child in children if child[1] not in units]
    for child in children:
        for other in (*priced, *(yielded if child in people else ())):
            start, end = min(child[0], other[0]), max(child[1], other[1])
            between = bare[min(child[1], other[1]) : max(child[0], other[0])]
            if len(between) <= _NEAR and not _APART.search(between):
                denied = _NEGATED[language].search(bare, 0, child[0])
                said = None if denied else _FOR_SALE[language].search(bare)
                sure = _AMOUNT.search(bare) or said
                yield Fault(CHILD_AND_PRICE if sure else CHILD_AND_TRADE, start, end)
                return
    traded = [match.span() for match in _TRADE[language].finditer(bare)]
    for other in (*priced, *(yielded if people else ()), *traded):
        child = children[0]
        yield Fault(CHILD_AND_TRADE, min(child[0], other[0]), max(child[1], other[1]))
        return


def _per_act(sentence: str, language: Language) -> Iterator[Fault]:
    for rule, whom, what in ((PER_ACT, _PER_ACT, _PAID[language]), (PAYER, _PAYER, _AMOUNT)):
        one, paid = whom[language].search(sentence), what.search(sentence)
        if one and paid:
            start, end = min(one.start(), paid.start()), max(one.end(), paid.end())
            yield Fault(rule, start, end)
            return


def _persons(sentence: str, language: Language) -> Iterator[Fault]:
    found = list(_NAMED_AGE[language].finditer(sentence))
    several = sum(bool(_COUNTED.search(match[0])) for match in found) > 1
    for match in found:
        counted = _COUNTED.search(match[0])
        # Counts of places, or of children, are no ages.
        place = several or _PLACE.search(sentence, 0, match.start())
        if _CHILD[language].match(match[0]) or (counted and place):
            continue
        sure = _CHILD[language].search(sentence) or not counted
        yield Fault(NAMED_PERSON if sure else MAYBE_NAMED, *match.span())


def _promises(sentence: str, language: Language) -> Iterator[Fault]:
    match = _PROMISES[language].search(sentence)
    if match and not _NOT_PROMISED[language].search(sentence):
        yield Fault(PROMISE, *match.span())


def _photo_never(sentence: str, language: Language) -> Iterator[Fault]:
    match = _PHOTO_NEVER[language].search(sentence)
    if match and not _CONDITION.search(sentence):
        yield Fault(PHOTO_NEVER, *match.span())


_LOOKS: Final = (
    _words(OLDER_TERM, _OLDER),
    _words(ACT, _ACTS),
    _words(ONE_AGE, _ONE_AGE),
    _promises,
    _rather_not,
    _trade,
    _per_act,
    _persons,
    _photo_never,
)
_LOOKS_AT_FIGURES: Final = (*_LOOKS, _words(ONE_VICTIM, _ONE_VICTIM))
