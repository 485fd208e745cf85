"""Words that may not go live, and texts that editors, chats and merges left: one list, three gates.

The desk, `schatje sources check` and the running site must each name the same file and words.
"""

from __future__ import annotations

import re

from damage import FAQ, PUBLICATION, Damage, content

HELP = "help.yaml"
PRESS = "press.yaml"
PRICELESS = "never said to cost"
ADDRESS = "is not a web address"
URL = 'url: "https://'
PER_ACT = "for one who pays"


def in_faq(name: str, words: str, said: str) -> Damage:
    """Put a paragraph at the head of the Dutch questions."""

    def change(text: str) -> str:
        return text.replace("\n\n", f"\n\n{words}\n\n", 1)

    return Damage(name, FAQ, content(FAQ, change), said)


def in_figure(name: str, words: str, said: str) -> Damage:
    """Put words at the head of what the first figure says."""
    says = 'says:\n      nl: "'
    return instead_of(name, PUBLICATION, says, f"{says}{words} ", said)


def instead_of(name: str, file: str, old: str, new: str, said: str) -> Damage:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return Damage(name, file, content(file, change), said)


def in_no_language(name: str, file: str, field: str) -> Damage:
    """Write the first note of a file as a text alone, without its language."""
    note = re.compile(rf'^( +{field}:)\n +nl: (".*")\n( +\w\w: .*\n)*', re.MULTILINE)

    def change(text: str) -> str:
        assert note.search(text)
        return note.sub(r"\1 \2\n", text, count=1)

    return Damage(name, file, content(file, change), "Write it under the language it is in")


DAMAGED_TEXTS = [
    # Words of the charter
    in_figure("per-act", "prijs per act: 50 euro", PER_ACT),
    in_figure("per-client", "Een bezoek kost 50 euro per klant.", PER_ACT),
    in_figure(
        "girl-costs", "Het meisje kost 200 euro, de hoer is 300 waard; kinderporno", PRICELESS
    ),
    in_figure("act", "Orale seks.", "describes a sexual act"),
    in_figure("named-in-figure", "Het slachtoffer Lisa (13) liep weg.", "never named"),
    in_faq("child-costs", "Een kind kost 50 euro. Wat is een kind waard? Kinderporno.", PRICELESS),
    in_faq("older-term", "Tegen kinderporno en kinderprostitutie.", "a trade or a genre"),
    in_faq("client-pays", "De klant betaalt 50 euro per beurt.", PER_ACT),
    in_faq("named", "Lisa, 13 jaar, liep weg.", "never named"),
    instead_of("press-costs", PRESS, 'nl: "Zet', 'nl: "Een kind is 50 euro waard. Zet', PRICELESS),
    # Notes of staff
    in_no_language("note-in-no-language", PUBLICATION, "missing"),
    in_no_language("question-in-no-language", HELP, "question"),
    # What merges, wrong encodings and chats leave
    in_faq(
        "merged", "<<<<<<< HEAD\nours.\n=======\ntheirs.\n>>>>>>> staff/edit", "mark of a merge"
    ),
    instead_of(
        "merged-yaml",
        PRESS,
        "name:",
        '<<<<<<< HEAD\nname: "A"\n=======\n>>>>>>> staff\nname:',
        "mark of a merge",
    ),
    in_figure("merged-begin", "<<<<<<< HEAD", "mark of a merge"),
    in_figure("merged-middle", "Een zin. =======", "mark of a merge"),
    instead_of("merged-contact", PRESS, 'nl: "', 'nl: "Zet >>>>>>> staff/edit ', "mark of a merge"),
    instead_of("merged-heading", FAQ, " {#", " <<<<<<< HEAD {#", "mark of a merge"),
    in_faq("lost-letter", "Wat zij co\ufffdrdineren.", "a letter that was lost"),
    in_figure("lost-letter-yaml", "Belgi\ufffd.", "a letter that was lost"),
    in_faq("twice-encoded", "Wat zij coÃ¶rdineren.", "wrong encoding"),
    in_figure("twice-encoded-yaml", "BelgiÃ«, dâ€™ailleurs.", "wrong encoding"),
    in_faq("unseen", "Wat\u200b zij doen.", "U+200B"),
    in_figure("unseen-yaml", "Wat\u200b zij doen.", "U+200B"),
    instead_of("unseen-in-address", PUBLICATION, URL, f"{URL}\u00ad", "U+00AD"),
    instead_of("unseen-by-number", PRESS, 'nl: "', 'nl: "\\u200b', "U+200B"),
    instead_of("curly-address", PUBLICATION, "https://", "“https://", ADDRESS),
    instead_of("cut-address", PUBLICATION, URL, f"{URL}…", ADDRESS),
    instead_of("curly-value", PRESS, 'nl: "', "nl: “", "straight quotation marks"),
    in_faq("curly-link", "Zie [hier](“https://childfocus.be”).", "is no address"),
    in_faq("link-to-nothing", "Zie [hier](childfocus.be).", "is no address"),
    # Markdown that pages drop or show without form
    in_faq("picture", "![Een foto](/static/foto.jpg)", "a picture"),
    in_faq("table", "|A|B|\n|---|---|\n|1|2|", "a table"),
    in_faq("large-heading", "# Kop", "a heading of a kind"),
    in_faq("small-heading", "#### Kop", "a heading of a kind"),
    in_faq("underlined-heading", "Kop\n---", "a heading of a kind"),
    in_faq("bullets", "• Eerst dit.\n• Dan dat.", "a sign that is none"),
    in_faq("html", "Een <b>woord</b>.", "holds HTML"),
    in_faq("rule", "***", "a line across"),
    in_faq("struck", "Een ~~woord~~.", "struck out"),
    in_faq("code", "Een `woord`.", "backquotes"),
    in_faq("indented", "Woorden.\n\n    Vier blanco’s.", "four blanks"),
]  # fmt: skip
