"""The manual explains every field and every value that the loader knows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, get_args

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from calculator.figures.fields import InEachLanguage
from calculator.figures.manual import FAMILIES, FIGURE, PUBLICATION, RATES, SCENARIOS, TEXTS, VALUES
from calculator.figures.publication import (
    Basis,
    Claim,
    Currency,
    Figure,
    Form,
    Kind,
    Measure,
    Publication,
    Read,
    ReadAt,
    Region,
    Reliability,
    Scope,
    Unit,
    VictimsAre,
)
from calculator.figures.scenarios import FamilyNames, Grounds, Rates, Scenarios
from campaign.commands.sources.manual_tables import fill_in

ROOT = Path(__file__).parents[3]
SOURCES = ROOT / "sources"
MODELS = {"publication": Publication, "scenarios": Scenarios, "rates": Rates,
          "families": FamilyNames}  # fmt: skip
WORDS = {"Publication": PUBLICATION, "Figure": FIGURE, "Note": TEXTS}
VALUES_OF = {"kind": Kind, "measure": Measure, "form": Form, "scope": Scope, "region": Region,
             "currency": Currency, "unit": Unit, "reliability": Reliability, "claim": Claim,
             "read": Read, "read_at": ReadAt, "victims_are": VictimsAre}  # fmt: skip


def problem_with(record, name, answer):
    """Return what is wrong with a field's value, None where nothing is."""
    field = record.model_fields[name]
    kind = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
    try:
        TypeAdapter(kind).validate_python(answer)
    except ValidationError as error:
        return str(error)
    return None


def records_in(model):
    """List a record and all records within it."""
    found = [model]
    for field in model.model_fields.values():
        for part in parts_of(field.annotation):
            found += records_in(part)
    return found


def parts_of(annotation):
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [part for inner in get_args(annotation) for part in parts_of(inner)]


OF_FILE = {"publication": PUBLICATION, "scenarios": SCENARIOS, "rates": RATES,
           "families": FAMILIES}  # fmt: skip


@pytest.mark.parametrize("name", MODELS)
def test_every_field_has_a_description_and_examples(name):
    for record in records_in(MODELS[name]):
        said = issubclass(record, InEachLanguage)
        words = TEXTS if said else WORDS.get(record.__name__, OF_FILE[name])
        for field, described in record.model_fields.items():
            assert described.description, f"{record.__name__}.{field}"
            assert words[field].good, f"{record.__name__}.{field}"
            assert words[field].bad, f"{record.__name__}.{field}"


def test_no_words_are_left_of_a_field_that_is_gone():
    for words, model in ((PUBLICATION, Publication), (FIGURE, Figure)):
        assert list(words) == list(model.model_fields)
    known = {name for record in records_in(Scenarios) for name in record.model_fields}
    assert set(SCENARIOS) <= known
    assert set(RATES) <= {name for record in records_in(Rates) for name in record.model_fields}


def test_both_meanings_of_basis_are_explained():
    assert set(VALUES["basis"]) == set(get_args(Basis)) | set(get_args(Grounds))


@pytest.mark.parametrize("name", VALUES_OF)
def test_every_allowed_value_is_explained(name):
    assert set(VALUES[name]) == set(get_args(VALUES_OF[name]))


def test_manual_names_every_field_and_every_allowed_value():
    manual = (SOURCES / "README.md").read_text(encoding="utf-8")
    for model in MODELS.values():
        for record in records_in(model):
            for field in record.model_fields:
                assert f"`{field}`" in manual, f"{record.__name__}.{field}"
    for field, values in VALUES.items():
        for value in values:
            assert re.search(rf"\| `{field}` \| `{re.escape(value)}` \|", manual), (field, value)


@pytest.mark.parametrize(
    ("record", "words"),
    [(Publication, PUBLICATION), (Figure, FIGURE)],
    ids=["publication", "figure"],
)
def test_good_examples_are_good_and_bad_ones_bad(record, words):

    for name, example in words.items():
        if name in ("figures", "label", "missing", "says", "caveat"):
            continue
        assert problem_with(record, name, example.good.strip('"')) is None, name
        # Not what no program can judge: a name that says too much, a title in translation.
        if name in ("kind", "url", "read_at", "accessed", "id", "year", "language") and (
            record is Publication
        ):
            assert problem_with(record, name, example.bad.strip('"')), name
        if name in ("measure", "form", "scope", "region", "low", "central", "currency", "unit",
                    "victims", "victims_are", "period_months", "family", "basis", "claim", "read",
                    "status", "read_at", "confirmed_by", "reliability"):  # fmt: skip
            assert problem_with(record, name, example.bad.strip('"')), name


def test_the_tables_are_those_the_models_make(run, folder):
    text = (SOURCES / "README.md").read_text(encoding="utf-8")
    assert fill_in(text) == text, "run: schatje sources manual"
    folder.write("README.md", text.replace("| `publisher` |", "| `someone` |"))

    assert "written" in run("sources", "manual", folder.path).output

    assert folder.text("README.md") == text
    assert "as it was" in run("sources", "manual", folder.path).output
