"""The charter, rule 3: figures are aggregates; no act, price per act or client has a field."""

from __future__ import annotations

from typing import get_args

import pytest
from pydantic import BaseModel

from calculator.figures.publication import Publication
from calculator.figures.scenarios import FamilyNames, Rates, Scenarios

ALPHA = "publications/alpha.yaml"


FORBIDDEN = ("act", "acts", "client", "clients", "customer", "price", "tariff", "rate_per_act",
             "age", "sex", "name", "victim", "service", "services")  # fmt: skip


def _records(annotation):
    """Walk over every record that can stand in a file, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from _records(field.annotation)
        return
    for part in get_args(annotation):
        yield from _records(part)


def _words_of(annotation):
    """Walk over every fixed word that a field admits."""
    for part in get_args(annotation):
        if isinstance(part, str):
            yield part
        else:
            yield from _words_of(part)


def test_schema_has_no_field_for_an_act_a_price_per_act_or_a_client():
    records = {
        record for root in (Publication, Rates, Scenarios, FamilyNames) for record in _records(root)
    }
    names = {name for record in records for name in record.model_fields}

    assert {"low", "central", "high", "figures", "typical"} <= names
    assert not names & set(FORBIDDEN)
    for word in ("client", "customer", "price_per", "per_act", "tariff"):
        assert not [name for name in names if word in name]


def test_schema_has_no_unit_per_act_or_client():
    records = {
        record for root in (Publication, Rates, Scenarios, FamilyNames) for record in _records(root)
    }
    words = {
        word
        for record in records
        for field in record.model_fields.values()
        for word in _words_of(field.annotation)
    }

    assert "per-victim-per-day" in words
    for word in words:
        assert not {"act", "client", "customer", "hour", "visit", "service"} & set(word.split("-"))


def test_schema_refuses_unknown_fields_in_every_record():
    records = {
        record for root in (Publication, Rates, Scenarios, FamilyNames) for record in _records(root)
    }

    assert len(records) > 10
    for record in records:
        assert record.model_config["extra"] == "forbid", record
        assert record.model_config["frozen"], record


@pytest.mark.parametrize("name", FORBIDDEN)
@pytest.mark.parametrize("place", ["accessed:", "    scope:"], ids=["publication", "figure"])
def test_load_refuses_a_field_for_an_act_a_price_or_a_person(name, place, folder):
    indent = " " * (len(place) - len(place.lstrip()))
    folder.replace(ALPHA, place, f"{indent}{name}: 50\n{place}")

    (problem,) = folder.problems()

    assert (problem.file, problem.line) == (ALPHA, folder.line_of(ALPHA, f"{indent}{name}: 50"))
    assert f"{name} is not a known field" in problem.message


@pytest.mark.parametrize("unit", ["per-act", "per-client", "per-victim-per-hour", "per-victim"])
def test_load_refuses_a_unit_for_an_act_or_a_client(unit, folder):
    folder.replace(ALPHA, "unit: per-victim-per-year", f"unit: {unit}")

    (problem,) = folder.problems()

    assert f"'{unit}'" in problem.message
    assert "Allowed" in problem.message
