"""A small made-up checkout, with git or without, and a browser without JavaScript at its desk."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest
from page import Page

from campaign.config import ROOT, Settings
from campaign.staff import create_staff_app

BASE_URL = "http://127.0.0.1:8001"
USER_HEADER = "X-Desk-User"
# Two in Europe, and three averages of the world, of which two are of one family.
PLACES = {"alpha": ("BE", "unodc"), "beta": ("NL", "fr-ocrteh"), "gamma": ("WORLD", "ilo"),
          "delta": ("WORLD", "ilo"), "epsilon": ("WORLD", "kara")}  # fmt: skip
AMOUNTS = {"alpha": 10000, "beta": 20000, "gamma": 30000, "delta": 40000, "epsilon": 50000}


def texts(name):
    return "".join(
        f'      {language}: "{name} {language}"\n' for language in ("nl", "fr", "de", "en")
    )


def publication(name, amount, region="WORLD", family="ilo"):
    """Return a made-up publication with one figure, as staff write it."""
    return (
        f'# {name}: read twice by two people\nid: {name}\npublisher: "House of {name}"\n'
        f'title: "Report {name}"\nyear: 2024\nlanguage: en\nkind: authority\n'
        f'url: "https://{name}.example/report"\nread_at: publisher\n'
        "accessed: 2026-11-02\nfigures:\n"
        f"  - id: {name}-profit\n    label:\n{texts('Label')}    measure: profit\n"
        f"    form: sexual-exploitation\n    scope: minors\n    region: {region}\n"
        f"    central: {amount} # see table 3\n    currency: EUR\n    unit: per-victim-per-year\n"
        f"    reference_year: 2024\n    family: {family}\n    basis: study\n    claim: typical\n"
        f"    read: own\n    reliability: strong\n    says:\n{texts('Says')}"
        f"    caveat:\n{texts('Mind')}"
    )


def make_checkout(root, *, git=True):
    """Copy a checkout of five publications on which the site could run, with git or without."""
    shutil.copytree(_written(), root, ignore=None if git else shutil.ignore_patterns(".git"))
    return root


@cache
def _written():
    root = Path(tempfile.mkdtemp(prefix="schatje-checkout-"))
    atexit.register(shutil.rmtree, root)
    (root / "sources" / "publications").mkdir(parents=True)
    for name in ("rates.yaml", "scenarios.yaml", "families.yaml"):
        text = (ROOT / "sources" / name).read_text(encoding="utf-8")
        # What it cites is not among these five publications.
        text = "".join(line for line in text.splitlines(keepends=True) if "cites:" not in line)
        (root / "sources" / name).write_text(text, encoding="utf-8")
    for name, amount in AMOUNTS.items():
        path = root / "sources" / "publications" / f"{name}.yaml"
        path.write_text(publication(name, amount, *PLACES[name]))
    shutil.copytree(ROOT / "campaign" / "content", root / "campaign" / "content")
    for path in (root / "campaign" / "content").glob("*/*.md"):
        if path.stem != "press":  # one real page is enough, and short ones are read sooner
            path.write_text("## Short {#short}\n\nA text.\n", encoding="utf-8")
    facts = "".join(f"  - {name}-profit\n" for name in list(AMOUNTS)[:3])
    (root / "campaign" / "content" / "facts.yaml").write_text(f"# Three facts\nfacts:\n{facts}")
    run_git(root, "init", "--quiet")
    run_git(root, "add", "--all")
    run_git(root, "commit", "--quiet", "-m", "Start")
    return root


def run_git(root, *arguments):
    command = ["git", "-c", "user.name=Test", "-c", "user.email=test@example.invalid", *arguments]
    done = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    return done.stdout


class Person:
    """Someone at the desk: opens pages, fills in forms, presses buttons."""

    def __init__(self, app, name):
        self._client = app.test_client()
        self._headers = {"Accept-Language": "en"} | ({USER_HEADER: name} if name else {})

    def get(self, path, **options):
        headers = self._headers | options.pop("headers", {})
        options = {"base_url": BASE_URL} | options
        return Page(path, self._client.get(path, headers=headers, **options))

    def post(self, path, fields):
        sent = {name: text for name, text in fields.items() if name != "" and text is not None}
        options = {"headers": self._headers, "base_url": BASE_URL}
        return Page(path, self._client.post(path, data=sent, **options))

    def press(self, page, button, **changes):
        """Press a button of a page's form, with some fields changed, and follow where it leads."""
        assert button in page.buttons, (button, page.buttons, page.words[:300])
        changed = {name.replace("__", "."): text for name, text in changes.items()}
        answer = self.post(page.action, page.fields | changed | {"do": button})
        return self.get(answer.response.location) if answer.status == 303 else answer


class Desk:
    """One checkout and the application that works on it."""

    def __init__(self, root, **settings):
        self.root = root
        usual = {"staff_user_header": USER_HEADER, "staff_second_person": "never"}
        self.app = create_staff_app(root, Settings(**usual | settings))

    def person(self, name="An"):
        return Person(self.app, name)

    def path(self, name):
        return self.root / "sources" / "publications" / f"{name}.yaml"

    def text(self, name):
        return self.path(name).read_text(encoding="utf-8")

    def git(self, *arguments):
        return run_git(self.root, *arguments)


@pytest.fixture(params=["git", "own"])
def either_desk(request, tmp_path):
    """Return a desk on a git checkout, then one that keeps a record of its own."""
    return Desk(make_checkout(tmp_path / "checkout", git=request.param == "git"))


@pytest.fixture(scope="session")
def desk_on():
    """Return a function that opens a desk on a checkout."""
    return Desk


@pytest.fixture
def desk(tmp_path):
    return Desk(make_checkout(tmp_path / "checkout"))


@pytest.fixture
def make_desk(tmp_path):
    """Return a function that makes a desk with other settings."""

    def make(*, git=True, **settings):
        return Desk(make_checkout(tmp_path / "checkout", git=git), **settings)

    return make


@pytest.fixture
def checkout_folder(tmp_path):
    return make_checkout(tmp_path / "checkout")
