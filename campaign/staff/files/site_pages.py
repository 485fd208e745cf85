"""Pages of the site as an edit would leave them, made by the site's own views and templates."""

import re
import secrets
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Final

from flask import Flask

from calculator.errors import SourcesInvalid
from calculator.languages import LANGUAGES, Language
from campaign.config import ROOT, Settings, configure
from campaign.published.state import publish, swap
from campaign.staff.files.checking import State
from campaign.staff.files.checkout import CONTENT, PUBLICATIONS_FOLDER, Edit
from campaign.views import context, owner, pages, sources
from campaign.web import page_cache, static
from campaign.words.addresses import page_path
from campaign.words.i18n import load_catalogues

# None may run in a preview; the page says the same without.
_SCRIPT: Final = re.compile(r"<script\b.*?</script>", re.DOTALL)
# What the site draws itself, which the desk does not serve.
_DRAWN: Final = re.compile(r'<img\b[^>]* src="/(?!static/)[^>]*>')
_MAIN: Final = re.compile(r"(<main\b[^>]*>).*(</main>)", re.DOTALL)
# Which page shows a file that is not the text of one.
PAGES_OF_FILES: Final[Mapping[str, str]] = {
    f"{CONTENT}help.yaml": "help",
    f"{CONTENT}press.yaml": "press",
    f"{CONTENT}facts.yaml": "home",
    f"{CONTENT}launch.yaml": "legal",
}


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page of the site as HTML; `changed` names the parts of it that an edit changes."""

    language: Language
    html: str
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SitePages:
    """A site that nobody can visit: it makes single pages of a state of the files."""

    site: Flask
    _lock: Lock = field(default_factory=Lock)

    def show(
        self, edit: Edit, state: State, changed: Mapping[str, tuple[str, ...]]
    ) -> Iterator[SitePage]:
        """Yield each page an edit changes, with the parts of its texts that change unfolded.

        None where the files as a whole cannot be published, for the site would then stay as it is.
        """
        wanted = [
            (language, page, name)
            for name, text in edit.items()
            if text is not None
            for language, page in pages_of(name)
        ]
        if not wanted:
            return
        try:
            published = publish(state.figures, state.texts)
        except SourcesInvalid:
            return
        with self._lock:
            swap(self.site, published)
            client = self.site.test_client()
            for language, page, name in wanted:
                answer = client.get(page_path(page, language), base_url="http://127.0.0.1")
                html = _DRAWN.sub("", _SCRIPT.sub("", answer.get_data(as_text=True)))
                if name.startswith(PUBLICATIONS_FOLDER):
                    html = _only(Path(name).stem, html)
                parts = changed.get(name, ())
                if html:
                    yield SitePage(language, _unfold(parts, html), parts)


def make_site_pages(settings: Settings) -> SitePages:
    """Make the site's pages of words, without its doors: nothing listens."""
    site = Flask("campaign", static_folder=None, template_folder=str(ROOT / "templates"))
    # Nobody is sent a form from here, so the desk needs no key of the public site.
    key = settings.secret_key or secrets.token_hex(32)
    configure(site, settings.model_copy(update={"secret_key": key}))
    site.config["TRUSTED_HOSTS"] = ["127.0.0.1"]
    site.extensions["catalogues"] = load_catalogues()
    context.init_app(site)
    page_cache.init_app(site)
    for view in (pages, owner, sources):
        site.register_blueprint(view.blueprint)
    static.init_app(site, ROOT / "static")
    return SitePages(site)


def pages_of(name: str) -> list[tuple[Language, str]]:
    """List the pages that show a file: one text, or what all languages show of a file."""
    if name.startswith(PUBLICATIONS_FOLDER):
        return [(language, "sources") for language in LANGUAGES]
    if page := PAGES_OF_FILES.get(name):
        return [(language, page) for language in LANGUAGES]
    file = Path(name)
    language = next((each for each in LANGUAGES if each == file.parent.name), None)
    return [(language, file.stem)] if language is not None and file.suffix == ".md" else []


def _unfold(parts: Collection[str], html: str) -> str:
    """Open the parts that change: what they say is what somebody wants to read."""
    for part in parts:
        itself, inside = (
            rf'<details\b[^>]* id="{re.escape(part)}"',
            rf'id="{re.escape(part)}"[^>]*>\s*<details',
        )
        html = re.sub(f"({itself}|{inside})", r"\1 open", html)
    return html


def _only(publication: str, html: str) -> str:
    """Leave of the sources page one publication, unfolded; nothing where it is not shown."""
    entry = re.search(
        rf'<article class="publication" id="{re.escape(publication)}">.*?</article>',
        html,
        re.DOTALL,
    )
    if entry is None:
        return ""
    shown = entry[0].replace("<details>", "<details open>", 1)
    main = f'<div class="frame"><div id="unfolded" class="publications">{shown}</div></div>'
    return _MAIN.sub(lambda found: f"{found[1]}{main}{found[2]}", html)
