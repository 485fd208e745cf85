"""Copies of the site's folders on which every point of the launch list is done, made up."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from campaign.config import ROOT
from campaign.words.addresses import PAGES

LANGUAGES = ("nl", "fr", "de", "en")
WHO = "confirmed_by: Test\n{0}confirmed_on: 2026-11-02\n"
OWNER = {
    "name": "The Made-up Foundation",
    "enterprise_number": "0123.456.749",
    "email": "office@foundation.example",
    "responsible_publisher": "The made-up director",
}
MANY = {
    "owner": ("legal_form", "seat", "legal_register"),
    "funding": ("who_pays",),
    "privacy": ("basis_photo", "basis_counter", "basis_email", "email_kept", "processor"),
}


def said(field, language):
    """Return what a field with four languages says in one."""
    return f"Made-up {field} ({language})"


@dataclass(frozen=True)
class Folders:
    sources: Path
    content: Path

    def replace(self, name, old, new):
        path = self.content / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


def finish(folder):
    """Write the folders, with nothing left to do, and return them."""
    made = Folders(folder / "sources", folder / "content")
    shutil.copytree(ROOT / "sources", made.sources)
    shutil.copytree(ROOT / "campaign" / "content", made.content)
    help_yaml = made.content / "help.yaml"
    text = help_yaml.read_text(encoding="utf-8")
    services, roles, steps = re.split("(?m)^(?=roles:|after_report:)", text)
    services, steps = (
        re.sub('(?m)^(  - id: ".*"\n)', rf"\1    {WHO.format('    ')}", part)
        for part in (services, steps)
    )
    help_yaml.write_text(services + roles + steps, encoding="utf-8")
    made.replace("press.yaml", "url:", f"email: press@foundation.example\n{WHO.format('')}url:")
    (made.content / "launch.yaml").write_text(_launch(made.sources), encoding="utf-8")
    return made


def _launch(sources):
    plain = {
        "owner": OWNER,
        "funding": {},
        "privacy": {"email": "privacy@foundation.example"},
        "mistakes": {"email": "mistakes@foundation.example"},
        "licences": {},
    }
    text = ""
    for group, values in plain.items():
        text += f"{group}:\n  {WHO.format('  ')}"
        text += "".join(f'  {name}: "{value}"\n' for name, value in values.items())
        for name in MANY.get(group, ()):
            texts = ", ".join(f'{code}: "{said(name, code)}"' for code in LANGUAGES)
            text += f"  {name}: {{{texts}}}\n"
    who = "    " + WHO.format("    ")
    text += f"card_addresses:\n  - address: schatjeschatje.be\n{who}publications:\n"
    for path in sorted((sources / "publications").glob("*.yaml")):
        text += f"  - publication: {path.stem}\n{who}"
    text += "readings:\n"
    for page in PAGES:
        for code in LANGUAGES:
            for reader in ("native", "survivor"):
                text += f"  - page: {page}\n    language: {code}\n    reader: {reader}\n{who}"
    return text


@pytest.fixture
def finished(tmp_path):
    """Return folders on which nothing is left to do."""
    return finish(tmp_path / "finished")
