"""A fifth language, in a copy: what is missing is named, and with all of it every page is made."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from calculator.languages import LANGUAGES
from campaign.words.addresses import PAGES, page_path

pytestmark = pytest.mark.processes

ROOT = Path(__file__).parents[3]
COPIED = ("calculator", "campaign", "templates", "static", "sources")
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: pl\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
)
EVERY_PAGE = """
from campaign import create_app
from campaign.words.addresses import PAGES, page_path
app = create_app()
for page in PAGES:
    path = page_path(page, "pl") + ("/BE/1y" if page == "result" else "")
    answer = app.test_client().get(path, base_url="http://127.0.0.1:8000")
    print(path, answer.status_code, 'lang="pl"' in answer.get_data(as_text=True))
"""


class Copy:
    """A copy of the program with Polish in its table of languages, and nothing else of it."""

    def __init__(self, root):
        self.root = root
        for name in COPIED:
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        self.change("calculator/languages.py", self._add_facts)

    def change(self, name, change):
        path = self.root / name
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    @staticmethod
    def _add_facts(table):
        english = re.search(r'    "en": Facts\((.*?)\n    \),\n', table, re.DOTALL)[0]
        polish = english.replace('"en"', '"pl"').replace("en_GB", "pl_PL")
        table = table.replace(
            'Literal["nl", "fr", "de", "en"]', 'Literal["nl", "fr", "de", "en", "pl"]'
        )
        return table.replace(english, english + polish)

    def python(self, *arguments):
        surroundings = {
            "PATH": os.environ["PATH"], "PYTHONPATH": str(self.root), "SCHATJE_STATE": "",
            "SCHATJE_LAUNCH": "confirmed",
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, *arguments], cwd=self.root, env=surroundings, check=False,
            capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout + done.stderr

    def schatje(self, *arguments):
        return self.python("-m", "campaign.commands", *arguments)

    def translate_all(self):
        """Fill in Polish everywhere, in English words."""
        for path in [
            *self.root.glob("sources/**/*.yaml"),
            *self.root.glob("campaign/content/*.yaml"),
        ]:
            text = path.read_text(encoding="utf-8")
            text = re.sub(
                r"^( *)(services_)?en:(.*)$", r"\g<0>\n\1\2pl:\3", text, flags=re.MULTILINE
            )
            text = re.sub(r'(, *)en: ("[^"]*"|\S+)}', r"\g<0>\1pl: \2}", text).replace(
                "}, pl", ", pl"
            )
            path.write_text(text, encoding="utf-8")
        self.change(
            "campaign/words/charter_words.py",
            lambda tables: re.sub(
                r'^    "en": ((?:.|\n)*?),\n(?=    "|})',
                r'\g<0>    "pl": \1,\n',
                tables,
                flags=re.MULTILINE,
            ),
        )
        shutil.copytree(self.root / "campaign/content/en", self.root / "campaign/content/pl")
        for page in self.root.glob("campaign/content/pl/*.md"):
            page.write_text(
                page.read_text(encoding="utf-8").replace("(/en", "(/pl"), encoding="utf-8"
            )


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    return Copy(tmp_path_factory.mktemp("language"))


def test_what_a_new_language_lacks_is_named_with_its_file_and_line(copy):
    code, said = copy.schatje("sources", "check")
    assert code == 1
    assert re.search(
        r"^publications/ilo-2024\.yaml:\d+: pl is missing\. Add it: In Polish", said, re.MULTILINE
    )
    assert re.search(r"^scenarios\.yaml:\d+: pl is missing", said, re.MULTILINE)

    assert "campaign/words/charter_words.py:1: lacks words in Polish" in said

    code, said = copy.schatje("card", "--region", "BE", "--period", "1y", "-o", "x.jpg")
    assert code == 1
    assert "pl is missing. Add it: In Polish" in said

    code, said = copy.schatje("serve", "--port", "8977")
    assert code == 1
    assert f"{copy.root}/campaign/translations/pl.po: the catalogue cannot be read" in said

    (copy.root / "campaign/translations/pl.po").write_text(HEADER, encoding="utf-8")
    code, said = copy.schatje("serve", "--port", "8977")
    assert code == 1
    assert "pl/about.md:1: is missing. Put it back" in said
    assert re.search(r"^help\.yaml:\d+: services_pl is missing", said, re.MULTILINE)

    code, said = copy.schatje("staff", "--port", "8977")
    assert code == 1
    assert f"{copy.root}/campaign/staff/manual/pl.md: the manual of the desk cannot be read" in said


def test_with_all_of_it_every_page_is_made(tmp_path):
    copy = Copy(tmp_path)
    copy.translate_all()
    (copy.root / "campaign/translations/pl.po").write_text(HEADER, encoding="utf-8")

    code, said = copy.schatje("sources", "check")
    assert code == 0, said

    code, said = copy.python("-c", EVERY_PAGE)
    assert code == 0, said
    told = [line for line in said.splitlines() if line.startswith("/pl/")]
    assert len(told) == len(PAGES)
    assert all(line.endswith(" 200 True") for line in told), said


def test_nginx_knows_every_language():
    """The one place outside the program that names them; CONTRIBUTING counts it."""
    site = (ROOT / "deploy" / "nginx" / "site.conf").read_text(encoding="utf-8")

    assert f"/(?:{'|'.join(page_path('photo', each)[1:] for each in LANGUAGES)})$" in site
    assert f"/(?:{'|'.join(LANGUAGES)}|data|downloads)/" in site
