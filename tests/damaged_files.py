"""Forty and more ways in which the files of a site come to harm, each with the file to be named."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from damage import (
    FACT,
    FAQ,
    PUBLICATION,
    RATES,
    SCENARIOS,
    Damage,
    Files,
    away,
    content,
    edit,
    instead,
)


def _thousands(files: Files) -> None:
    text = files.text(PUBLICATION)
    for i in range(2_000):
        (files.sources / "publications" / f"copy-{i}.yaml").write_text(text, encoding="utf-8")


def _link_in_a_circle(path: Path) -> None:
    other = path.with_name("circle.lnk")
    path.symlink_to(other)
    other.symlink_to(path)


LAUGHS = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"
CENTRAL = "central: 27252"

DAMAGES = [
    # A file cut, emptied, lost or taken for another
    Damage("half-written", PUBLICATION, content(PUBLICATION, lambda text: text[: len(text) // 3])),
    Damage("half-written-rates", RATES, content(RATES, lambda text: text[: len(text) // 2])),
    Damage(
        "half-written-text",
        FAQ,
        content(FAQ, lambda text: text[: len(text) // 2]),
        "middle of a sentence",
    ),
    Damage("empty", PUBLICATION, content(PUBLICATION, lambda _text: ""), "empty"),
    Damage("blank", SCENARIOS, content(SCENARIOS, lambda _text: "\n\n"), "empty"),
    Damage("deleted-rates", RATES, lambda files: files.path(RATES).unlink(), "missing"),
    Damage("deleted-scenarios", SCENARIOS, lambda files: files.path(SCENARIOS).unlink(), "missing"),
    Damage(
        "deleted",
        "publications/ilo-20",
        lambda files: files.path(PUBLICATION).unlink(),
        "no other figure",
    ),
    Damage("deleted-fact", "facts.yaml", lambda files: files.path(FACT).unlink(), "no figure"),
    Damage(
        "renamed",
        "publications/other.yaml",
        lambda files: files.path(PUBLICATION).rename(files.path("publications/other.yaml")),
        "id",
    ),
    Damage(
        "yml",
        "publications/ilo-2024.yml",
        lambda files: files.path(PUBLICATION).rename(files.path("publications/ilo-2024.yml")),
    ),
    Damage(
        "copied",
        "publications/copy.yaml",
        lambda files: shutil.copy(files.path(PUBLICATION), files.path("publications/copy.yaml")),
    ),
    Damage("thousands-of-files", "publications", _thousands, "files"),
    # Bytes
    Damage("binary", PUBLICATION, content(PUBLICATION, lambda _text: bytes(range(1, 256)) * 40)),
    Damage("nul", PUBLICATION, content(PUBLICATION, lambda text: text + "\0"), "not a text"),
    Damage("zeros", RATES, content(RATES, lambda text: b"\0" * len(text)), "not a text"),
    Damage("utf-16", PUBLICATION, content(PUBLICATION, lambda text: text.encode("utf-16"))),
    Damage(
        "latin-1",
        PUBLICATION,
        content(PUBLICATION, lambda text: text.encode("latin-1", "ignore")),
        "UTF-8",
    ),
    Damage(
        "latin-1-text", FAQ, content(FAQ, lambda text: text.encode("latin-1", "ignore")), "UTF-8"
    ),
    Damage("two-megabytes", PUBLICATION, content(PUBLICATION, lambda text: text + "#" * 2_000_000)),
    Damage("two-megabytes-text", FAQ, content(FAQ, lambda text: text + "x" * 2_000_000), "1 MB"),
    # YAML
    Damage(
        "unclosed-quote", PUBLICATION, edit(PUBLICATION, "language: en", 'language: "en'), "quote"
    ),
    Damage("tab", PUBLICATION, edit(PUBLICATION, "    measure:", "\tmeasure:")),
    Damage(
        "key-twice",
        PUBLICATION,
        edit(PUBLICATION, "language: en\n", "language: en\nlanguage: nl\n"),
        "twice",
    ),
    Damage("laughs", PUBLICATION, content(PUBLICATION, lambda _text: LAUGHS), "anchor"),
    Damage("deep", PUBLICATION, content(PUBLICATION, lambda _text: "[" * 50_000), "nested"),
    Damage(
        "conflict",
        PUBLICATION,
        edit(
            PUBLICATION, "year: 2024\n", "<<<<<<< mine\nyear: 2024\n=======\nyear: 2023\n>>>>>>>\n"
        ),
    ),
    Damage("a-list", RATES, content(RATES, lambda _text: "- one\n- two\n")),
    Damage(
        "web-page", PUBLICATION, content(PUBLICATION, lambda _text: "<!doctype html><p>Log in</p>")
    ),
    # What stands in it
    Damage(
        "unknown-field",
        PUBLICATION,
        edit(PUBLICATION, "language: en\n", "language: en\nmood: x\n"),
        "mood",
    ),
    Damage(
        "figure-twice",
        PUBLICATION,
        edit(
            PUBLICATION, "id: ilo-2024-world-total-profits", "id: ilo-2024-world-profit-per-victim"
        ),
        "used already",
    ),
    Damage("negative", PUBLICATION, edit(PUBLICATION, CENTRAL, "central: -27252")),
    Damage("nan", PUBLICATION, edit(PUBLICATION, CENTRAL, "central: .nan")),
    Damage("inf", PUBLICATION, edit(PUBLICATION, CENTRAL, "central: .inf")),
    Damage("thousands", PUBLICATION, edit(PUBLICATION, CENTRAL, "central: 27.252"), "two ways"),
    Damage("huge-number", PUBLICATION, edit(PUBLICATION, CENTRAL, "central: 1" + "0" * 400)),
    Damage(
        "low-above-central",
        PUBLICATION,
        edit(PUBLICATION, CENTRAL, f"low: 30000\n    {CENTRAL}"),
        "must not be above",
    ),
    Damage(
        "future", PUBLICATION, edit(PUBLICATION, "accessed: 2026-11", "accessed: 2099-11"), "future"
    ),
    Damage("ftp", PUBLICATION, edit(PUBLICATION, 'url: "https://', 'url: "ftp://'), "web address"),
    Damage("no-currency", PUBLICATION, edit(PUBLICATION, "    currency: USD\n", "")),
    Damage("no-rate", SCENARIOS, edit(RATES, "    2021: {USD", "    2002: {USD")),
    Damage("no-price-year", SCENARIOS, edit(SCENARIOS, "value: 2024", "value: 2050")),
    Damage(
        "broken-citation",
        SCENARIOS,
        edit(SCENARIOS, "  basis: assumption", "  cites: [nowhere-2020]\n  basis: assumption"),
    ),
    Damage(
        "too-few-families",
        SCENARIOS,
        edit("publications/kara-2017.yaml", "reliability: fair", "reliability: weak"),
        "at least",
    ),
    Damage(
        "region-without-period",
        SCENARIOS,
        edit(SCENARIOS, "in {period} aan", "in een {periode} aan"),
        "must hold {period} once",
    ),
    Damage(
        "period-without-words",
        SCENARIOS,
        edit(SCENARIOS, '    in_sentence: {nl: "één maand"', '    in_sentence: {en: "x", nl: "x"'),
        "en",
    ),
    # No files at all
    Damage("folder-for-file", PUBLICATION, instead(PUBLICATION, Path.mkdir), "not a file"),
    Damage("pipe-for-rates", RATES, instead(RATES, os.mkfifo), "not a file"),
    Damage("pipe-for-file", PUBLICATION, instead(PUBLICATION, os.mkfifo), "not a file"),
    Damage("pipe-for-text", FAQ, instead(FAQ, os.mkfifo), "not a file"),
    Damage(
        "link-to-nowhere", PUBLICATION, instead(PUBLICATION, lambda path: path.symlink_to("gone"))
    ),
    Damage("link-to-a-device", RATES, instead(RATES, lambda path: path.symlink_to("/dev/zero"))),
    Damage(
        "link-to-a-secret",
        "help.yaml",
        instead("help.yaml", lambda path: path.symlink_to("/etc/passwd")),
        "is a link",
    ),
    Damage(
        "language-a-link",
        "nl/about.md",
        away("nl", lambda path: path.symlink_to("fr")),
        "stands behind one",
    ),
    Damage("link-in-a-circle", PUBLICATION, instead(PUBLICATION, _link_in_a_circle)),
    Damage("no-publications", "publications", away("publications")),
    Damage("sources-gone", "families.yaml", away("sources")),
    # Texts and contacts
    Damage("content-gone", "de/about.md", away("content")),
    Damage("sources-a-file", "families.yaml", away("sources", Path.touch)),
    Damage("language-gone", "fr/about.md", away("fr")),
    Damage(
        "sources-a-circle", "families.yaml", away("sources", lambda path: path.symlink_to(path))
    ),
    Damage("text-gone", "fr/press.md", lambda files: files.path("fr/press.md").unlink(), "missing"),
    Damage(
        "text-renamed",
        "fr/press.md",
        lambda files: files.path("fr/press.md").rename(files.path("fr/presse.md")),
    ),
    Damage("heading-without-name", FAQ, edit(FAQ, " {#why-now}", ""), "## Question"),
    Damage("name-twice", FAQ, edit(FAQ, "{#why-now}", "{#why-this-campaign}"), "used already"),
    Damage(
        "words-before-heading", FAQ, content(FAQ, lambda text: f"Hello\n\n{text}"), "first heading"
    ),
    Damage(
        "part-in-one-language",
        "en/faq.md",
        content("de/faq.md", lambda text: f"{text}\n## Neu {{#brand-new}}\n\nText.\n"),
    ),
    Damage("help-broken", "help.yaml", edit("help.yaml", "services:", "services")),
    Damage(
        "help-empty", "help.yaml", content("help.yaml", lambda _text: "services: []\nroles: []\n")
    ),
    Damage(
        "help-unknown-service",
        "help.yaml",
        edit("help.yaml", 'id: "child-focus"', 'id: "child-focus-2"'),
    ),
    Damage(
        "unknown-fact",
        "facts.yaml",
        edit("facts.yaml", "be-zsg-share-minors", "be-nowhere"),
        "be-nowhere",
    ),
    Damage("press-email", "press.yaml", edit("press.yaml", "url:", "email: childfocus.org\nurl:")),
    Damage(
        "launch-mailbox",
        "launch.yaml",
        edit("launch.yaml", 'email: ""', 'email: "116000@childfocus.org"'),
        "helpline",
    ),
]
