"""Put small faults into a copy of the project, one at a time, and run the tests that must fail.

`python tools/mutants.py` tries all of tests/mutants.yaml, or those whose ids are given;
`--table` only writes docs/proven.md from the list. A fault is found by its text, wherever that
stands; a test by its name.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
MUTANTS = yaml.safe_load((ROOT / "tests" / "mutants.yaml").read_text(encoding="utf-8"))
PAGE = ROOT / "docs" / "proven.md"
BEGIN, END = "<!-- made by tools/mutants.py --table -->", "<!-- end -->"
SECONDS = 180  # a test that runs longer than this has noticed
PRODUCT = ("calculator", "campaign", "templates", "static")
KINDS = {".py", ".html", ".js"}
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "build", "instance", "node_modules", "*_cache")
Mutant = Mapping[str, Any]


def product_texts(root: Path) -> dict[Path, str]:
    """Return the text of every file of the product that a fault may stand in."""
    files = (path for folder in PRODUCT for path in sorted((root / folder).rglob("*")))
    return {path: path.read_text(encoding="utf-8") for path in files if path.suffix in KINDS}


def place_of(old: str, texts: Mapping[Path, str]) -> Path | None:
    """Return the one file in which a text stands once; None where it is not so."""
    holding = [path for path, text in texts.items() if old in text]
    return holding[0] if len(holding) == 1 and texts[holding[0]].count(old) == 1 else None


def places_of_tests(root: Path) -> dict[str, list[str]]:
    """Map the name of each test to where pytest finds it."""
    found: dict[str, list[str]] = {}
    for path in sorted((root / "tests").rglob("test_*.py")):
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            found.setdefault(name, []).append(f"{path.relative_to(root)}::{name}")
    return found


def table() -> str:
    """Return the list for readers, one row for each promise."""
    rows: dict[tuple[str, str], list[Mutant]] = {}
    for mutant in MUTANTS:
        rows.setdefault((mutant["area"], mutant["promise"]), []).append(mutant)
    lines, before = ["| promise | broken on trial | seen by |", "|---|---|---|"], ""
    for (area, promise), faults in rows.items():
        first = "" if area == before else f"**{area.capitalize()}.** "
        broken = [each["broken"] + ("" if each["seen_by"] else " (**unseen**)") for each in faults]
        tests = dict.fromkeys(f"`{name}`" for each in faults for name in each["seen_by"][:1])
        lines.append(f"| {first}{promise} | {'; '.join(broken)} | {' '.join(tests)} |")
        before = area
    return "\n".join(lines)


def run_tests(root: Path, places: Sequence[str]) -> int | None:
    """Return pytest's code for tests run in a copy of the project; None after SECONDS."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-n", "0"]
    environment = os.environ | {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(
        [*command, *places], cwd=root, env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        return process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def judge(mutant: Mutant, root: Path, tests: Mapping[str, list[str]]) -> str:
    """Put a fault into the copy, run its tests, take it out again; say what came of it."""
    texts = product_texts(root)
    place = place_of(mutant["old"], texts)
    places = [each for name in mutant["seen_by"] for each in tests.get(name, [])]
    if place is None or not places:
        return "no test" if place else "not found"
    place.write_text(texts[place].replace(mutant["old"], mutant["new"]), encoding="utf-8")
    code = run_tests(root, places)
    place.write_text(texts[place], encoding="utf-8")
    return {0: "survived", 1: "killed", None: "killed"}.get(code, f"pytest ended with {code}")


def main(wanted: Sequence[str]) -> int:
    """Try every fault, or those whose ids are wanted; 1 where one was not seen."""
    if wanted == ["--table"]:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        text = f"{before}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}"
        PAGE.write_text(text, encoding="utf-8")
        return 0
    chosen = [each for each in MUTANTS if not wanted or each["id"] in wanted]
    verdicts = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(ROOT, Path(folder, "copy"), ignore=NOT_COPIED))
        tests = places_of_tests(copy)
        for mutant in chosen:
            begun = time.monotonic()
            verdicts.append(judge(mutant, copy, tests))
            print(f"{verdicts[-1]:9} {time.monotonic() - begun:5.1f} s  {mutant['id']}", flush=True)
    killed = verdicts.count("killed")
    print(f"{killed} of {len(chosen)} faults were seen")
    return 0 if killed == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
