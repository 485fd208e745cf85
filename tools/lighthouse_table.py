"""Turn Lighthouse's reports into a table: lines of "page report" in, Markdown out."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def main() -> None:
    """Print the table, and below it what each page lost points for."""
    pages: dict[str, list[str]] = {}  # by what they scored
    losses, version = [], ""
    for line in sys.stdin:
        page, report = line.split()
        result = json.loads(Path(report).read_text(encoding="utf-8"))
        version = result["lighthouseVersion"]
        scores = [round((result["categories"][name]["score"] or 0) * 100) for name in CATEGORIES]
        pages.setdefault(" | ".join(map(str, scores)), []).append(f"`/{page}`")
        for name in CATEGORIES:
            if name == "performance":
                continue
            for part in result["categories"][name]["auditRefs"]:
                audit = result["audits"][part["id"]]
                if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                    losses.append(f"- /{page}: {audit['title']} ({part['id']})")
    print(f"# Lighthouse {version}, {datetime.date.today():%Y-%m-%d}\n")  # noqa: DTZ011 - local day
    print("Emulated phone on a slow line, plain http on this machine: `make lighthouse`.\n")
    print("| pages | performance | accessibility | best practices | SEO |")
    print("|---|---:|---:|---:|---:|")
    print("\n".join(f"| {', '.join(same)} | {scores} |" for scores, same in pages.items()))
    print(
        "\nPoints lost outside performance:\n"
        if losses
        else "\nNo points lost outside performance."
    )
    print("\n".join(losses))


if __name__ == "__main__":
    main()
