"""A new publication with its figures: asked question by question, written as one valid file."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final, get_args

import click
from pydantic import BaseModel, ValidationError

from calculator.figures.manual import FIGURE, PUBLICATION, Words
from calculator.figures.publication import UNITS_OF_MEASURE, Figure, MoneyUnit, Publication, Texts
from calculator.figures.sources import Sources
from calculator.loading.folder import PUBLICATIONS, check_sources, read_sources
from campaign.commands.sources.questions import ask_field, ask_texts
from campaign.staff.forms.yaml_editing import Content, Sentence, apply_content

NUMBERS: Final = ("low", "central", "high")
# Texts of people: in quotation marks, so that YAML takes nothing in them for its own.
QUOTED: Final = frozenset(
    {
        "publisher",
        "title",
        "url",
        "reported_by",
        "confirmed_by",
        "locator",
        "missing",
        *Texts.model_fields,
    }
)
_NOT_IN_AN_ID: Final = re.compile("[^a-z0-9]+")

Answers = dict[str, Any]


@dataclass
class Questions:
    """The questions for one publication; `answers` holds what was answered until now."""

    known: Sources
    today: date
    answers: Answers = field(default_factory=dict)

    def ask_all(self) -> Answers:
        """Ask for the publication, then for its figures until there are no more."""
        self._ask_publication()
        figures: list[Answers] = []
        self.answers["figures"] = figures
        while not figures or click.confirm("\nAnother figure from this publication?"):
            click.secho(f"\nFigure {len(figures) + 1}", bold=True, underline=True)
            figure: Answers = {}
            figures.append(figure)
            self._ask_figure(figure)
            figures[-1] = {name: figure[name] for name in Figure.model_fields if name in figure}
        known = self.answers
        return {name: known[name] for name in Publication.model_fields if name in known}

    def _ask_publication(self) -> None:
        put = partial(_ask, Publication, PUBLICATION, self.answers)
        for name in ("publisher", "title", "year", "language", "kind", "url", "read_at"):
            put(name, objection=self._no_year_to_come)
        if self.answers["read_at"] != "publisher":
            put("reported_by")
        put("accessed", suggestion=self.today.isoformat(), objection=self._no_day_to_come)
        name = _as_id(f"{self.answers['publisher']} {self.answers['year']}")
        put("id", suggestion=name, objection=self._no_such_file)

    def _ask_figure(self, figure: Answers) -> None:
        put = partial(_ask, Figure, FIGURE, figure)
        figure["label"] = ask_texts(Figure, "label", FIGURE["label"])
        put(
            "id",
            suggestion=_as_id(f"{self.answers['id']} {figure['label']['en']}"),
            objection=self._no_such_figure,
        )
        for name in ("measure", "form", "scope", "region"):
            put(name)
        put("unit", allowed=UNITS_OF_MEASURE[figure["measure"]])
        if figure["unit"] in get_args(MoneyUnit):
            put("currency")
        self._ask_numbers(figure, put)
        put("reference_year", objection=self._no_year_to_come)
        if figure["unit"] in get_args(MoneyUnit):
            for name in ("victims", "victims_are", "period_months", "basis", "claim", "read"):
                put(name)
            put("family", objection=self._no_such_family)
        put("locator")
        put("confirmed_by")
        put("reliability")
        for name in ("says", "caveat"):
            figure[name] = ask_texts(Figure, name, FIGURE[name])

    def _ask_numbers(self, figure: Answers, put: Callable[[str], None]) -> None:
        """Ask for low, central and high until they hold together."""
        texts = dict.fromkeys(Texts.model_fields, "x")
        others = {"reliability": "fair", "says": texts, "caveat": texts}
        while True:
            for name in NUMBERS:
                put(name)
            try:
                Figure.model_validate(figure | others)
            except ValidationError as error:
                [detail, *_] = error.errors(include_url=False)
                reason = detail["msg"].removeprefix("Value error, ")
                click.secho(f"  {figure['id']} {reason}", fg="red")
            else:
                return

    def _no_year_to_come(self, answer: str) -> str | None:
        if answer.isdecimal() and int(answer) > self.today.year:
            return f"{answer} lies in the future. Check the page cited"
        return None

    def _no_day_to_come(self, answer: str) -> str | None:
        if answer > self.today.isoformat():
            return f"{answer} lies in the future. Write the day you read the page"
        return None

    def _no_such_file(self, answer: str) -> str | None:
        if any(publication.id == answer for publication in self.known.publications):
            return f"{answer} is there already. Add a word, or change that file instead"
        return None

    def _no_such_family(self, answer: str) -> str | None:
        if answer not in self.known.families:
            return f"{answer} does not stand in families.yaml. Add it there first, or leave it out"
        return None

    def _no_such_figure(self, answer: str) -> str | None:
        used = {cited.figure.id for cited in self.known.figures()}
        used |= {figure["id"] for figure in self.answers["figures"] if "id" in figure}
        return f"{answer} is used already. Give each figure its own id" if answer in used else None


def _ask(
    record: type[BaseModel], words: Mapping[str, Words], answers: Answers, name: str, **options: Any
) -> None:
    answer = ask_field(record, name, words[name], **options)
    answers.pop(name, None)
    if answer is not None:
        answers[name] = answer


def _as_id(text: str) -> str:
    """Make an id of any text: plain small letters, digits and single hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NOT_IN_AN_ID.sub("-", plain)[:60].strip("-") or "publication"


def write_as_yaml(record: Answers) -> str:
    """Write a publication as the files of the folder are written."""
    return apply_content("", {name: _content(name, value) for name, value in record.items()})


def _content(name: str, value: Any) -> Content:
    if isinstance(value, dict):
        return {key: _content(key, part) for key, part in value.items()}
    if isinstance(value, list):
        return [_content(name, item) for item in value if item]
    return Sentence(value) if name in QUOTED else str(value)


def check_with(folder: Path, name: str, text: str) -> Sources:
    """Check the folder as it would be with one more publication; raises SourcesInvalid."""
    files = read_sources(folder)
    return check_sources({**files, f"{PUBLICATIONS}/{name}.yaml": text.encode()}).sources
