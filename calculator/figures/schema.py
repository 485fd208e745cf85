"""JSON Schemas of the files of figures, so that an editor completes fields and marks mistakes.

They are made from the loader's own models and the manual's words. What they cannot say, the
loader still checks: that low, central and high are in order, that an id is used once, that a
date is not in the future, and that `1.250` could be read in two ways.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple, get_args

from pydantic import BaseModel

from calculator.figures.manual import FIGURE, PUBLICATION, RATES, SCENARIOS, TEXTS, VALUES, Words
from calculator.figures.publication import UNITS_OF_MEASURE, Figure, MoneyUnit, Publication
from calculator.figures.scenarios import Period, Rates, Scenarios

Schema = dict[str, Any]
_RENAMED: Final = {
    "gt": "exclusiveMinimum",
    "ge": "minimum",
    "lt": "exclusiveMaximum",
    "le": "maximum",
}
_YEARS_AS_KEYS: Final = {"pattern": "^(199[0-9]|20[0-9]{2}|2100)$"}
_NUMBER: Final = re.compile(r"[0-9]+(\.[0-9]+)?")


class Described(NamedTuple):
    """One kind of file: its record, its words and which files it is for."""

    model: type[BaseModel]
    words: Mapping[str, Words]
    files: str


KINDS_OF_FILES: Final[Mapping[str, Described]] = {
    "publication": Described(Publication, PUBLICATION, "publications/*.yaml"),
    "scenarios": Described(Scenarios, SCENARIOS, "scenarios.yaml"),
    "rates": Described(Rates, RATES, "rates.yaml"),
}


def make_schema(name: str) -> Schema:
    """Make the schema of one kind of file, by its name in KINDS_OF_FILES."""
    described = KINDS_OF_FILES[name]
    raw = described.model.model_json_schema()
    definitions = raw.pop("$defs", {})
    built = _Builder(definitions, described.words).build(raw, described.model.__name__)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"sources/{described.files}",
        "$comment": "Made by `schatje sources schema`: do not edit.",
        **built,
    }


class _Builder:
    """Turns pydantic's schema into one an editor reads well: whole, without null, with words."""

    def __init__(self, definitions: Mapping[str, Schema], words: Mapping[str, Words]) -> None:
        self.definitions = definitions
        self.words = words

    def build(self, node: Schema, record: str = "") -> Schema:
        """Build one node; `record` names the model whose fields it lists, if any."""
        node = dict(node)
        if "$ref" in node:
            record = str(node.pop("$ref")).rsplit("/", 1)[1]
            node = {**self.definitions[record], **node}
        if "anyOf" in node:
            node = _without_null(node)
        built: Schema = {
            _RENAMED.get(key, key): value
            for key, value in node.items()
            if key not in ("title", "default", "properties")
        }
        for key in ("items", "additionalProperties"):
            if isinstance(built.get(key), dict):
                built[key] = self.build(built[key])
        # A number is never below zero; a field's own bound is the narrower one.
        if "exclusiveMinimum" in built:
            built.pop("minimum", None)
        elif "ge" in node:
            built["minimum"] = node["ge"]
        words = {"Figure": FIGURE, "Texts": TEXTS}.get(record, self.words)
        if "properties" in node:
            built["properties"] = {
                name: _with_words(self.build(part), name, words.get(name))
                for name, part in node["properties"].items()
            }
        if "by_year" in built.get("properties", {}):
            built["properties"]["by_year"]["propertyNames"] = _YEARS_AS_KEYS
        if record in ("KindWeights", "ScopeWeights"):
            weights = built["properties"]["weights"]
            weights["required"] = list(weights["propertyNames"]["enum"])
        return built | _RULES.get(record, dict)()


def _without_null(node: Schema) -> Schema:
    """Merge `X or null` into X: a field not known is left out, never written as null."""
    options = [option for option in node["anyOf"] if option != {"type": "null"}]
    rest = {key: value for key, value in node.items() if key != "anyOf"}
    if len(options) > 1:
        # Only a year of publication: a number within bounds, or the word undated.
        bounds = {key: rest.pop(key) for key in ("minimum", "maximum") if key in rest}
        options[0] = options[0] | bounds
        return rest | {"anyOf": options}
    return {**options[0], **rest}


def _with_words(built: Schema, name: str, words: Words | None) -> Schema:
    if words is None:
        return built
    meaning = str(built.get("description", "")).rstrip(".")
    needed = f" Needed {words.needed}." if words.needed else ""
    texts = [f"{meaning}.{needed}", words.note, f"Good: {words.good}", f"Not: {words.bad}"]
    built["description"] = "\n".join(text for text in texts if text).replace("`", "")
    if (kind := built.get("type")) in ("string", "number", "integer"):
        plain = words.good.strip('"')
        whole = float(plain) if kind != "string" and _NUMBER.fullmatch(plain) else None
        built["examples"] = [plain if whole is None else int(whole) if whole % 1 == 0 else whole]
    if "pattern" in built:
        built["patternErrorMessage"] = f"Write it like {words.good}"
    if "enum" in built and name in VALUES:
        built["enumDescriptions"] = [VALUES[name][value] for value in built["enum"]]
    return built


def _figure_rules() -> Schema:
    money = list(get_args(MoneyUnit))
    fits = [
        _if_then("measure", [measure], {"properties": {"unit": {"enum": list(units)}}})
        for measure, units in UNITS_OF_MEASURE.items()
    ]
    share = {"properties": {name: {"maximum": 1} for name in ("low", "central", "high")}}
    return {
        "anyOf": [{"required": [name]} for name in ("low", "central", "high")],
        "allOf": [
            *fits,
            _if_then("unit", money, {"required": ["currency"]}, _none("currency")),
            _if_then("unit", ["share"], share),
        ],
    }


def _publication_rules() -> Schema:
    needed, none = {"required": ["reported_by"]}, _none("reported_by")
    return {"allOf": [_if_then("via", ["secondary"], needed, none)]}


def _period_rules() -> Schema:
    return {"oneOf": [{"required": ["weeks"]}, {"required": ["months"]}]}


def _none(field: str) -> Schema:
    return {"not": {"required": [field]}}


def _if_then(
    field: str, values: list[str], then: Schema, otherwise: Schema | None = None
) -> Schema:
    condition = {"properties": {field: {"enum": values}}, "required": [field]}
    rule: Schema = {"if": condition, "then": then}
    return rule if otherwise is None else rule | {"else": otherwise}


# What the models check across fields, in a schema's words.
_RULES: Final[Mapping[str, Callable[[], Schema]]] = {
    Figure.__name__: _figure_rules,
    Publication.__name__: _publication_rules,
    Period.__name__: _period_rules,
}
