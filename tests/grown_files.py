"""The manual's own examples of a new region and a new period, put into a folder of figures."""

from __future__ import annotations

import re

REGION = {"nl": "Nederland", "fr": "Pays-Bas", "de": "Niederlande", "en": "Netherlands"}
PERIOD = {"nl": "Vijf jaar", "fr": "Cinq ans", "de": "Fünf Jahre", "en": "Five years"}


def add_examples(folder, manual):
    """Put them at the end of their lists in a folder's scenarios.yaml."""
    text = manual.read_text(encoding="utf-8")
    period, region = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    path = folder / "scenarios.yaml"
    text = path.read_text(encoding="utf-8")
    if period.partition("\n")[0] not in text:  # somebody may have added them for good
        text = re.sub(r"\n\n(?=(?:# [^\n]*\n)+regions:)", lambda _: f"\n{period}\n", text)
    if region.partition("\n")[0] not in text:
        text = re.sub(r"\n\n(?=read:)", lambda _: f"\n{region}\n", text)
    assert period in text
    assert region in text
    path.write_text(text, encoding="utf-8")
