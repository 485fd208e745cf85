"""An estimate as JSON for the command line: all values unrounded, with every step."""

from dataclasses import asdict
from typing import Any

from calculator.estimate import Estimate, Family, Range, Weighed
from calculator.evidence import Contribution
from calculator.figures.sources import Cited, Sources
from calculator.sensitivity import Row, sensitivity

PLACES = ("low", "central", "high")


def estimate_as_json(sources: Sources, result: Estimate) -> dict[str, Any]:
    """Return an estimate as values for json.dumps, in euros of `price_year`.

    Families, figures and what is under `sensitivity`, `leave_one_family_out` and `bootstrap` are
    of one year, whatever the period.
    """
    found = sensitivity(sources, result.evidence)
    return {
        "region": result.region,
        "period": result.period,
        "evidence_of": result.evidence.region,
        "currency": "EUR",
        "price_year": result.price_year,
        **asdict(result.euros),
        "display": _whole(result.shown),
        "families": [_family(item) for item in result.families],
        "figures": [_contribution(item) for item in result.contributions],
        "beside": [{**_named(cited), "role": "beside"} for cited in result.beside],
        "sensitivity": {row.name: _row(row) for row in found.rows},
        "leave_one_family_out": asdict(found.leave_one_family_out)
        if found.leave_one_family_out
        else None,
        "leave_one_publication_out": asdict(found.leave_one_publication_out)
        if found.leave_one_publication_out
        else None,
        "bootstrap": asdict(found.bootstrap) if found.bootstrap else None,
        "digest": result.digest,
    }


def _whole(shown: Range) -> dict[str, int | None]:
    return {
        "low": int(shown.low),
        "central": None if shown.central is None else int(shown.central),
        "high": int(shown.high),
    }


def _family(family: Family) -> dict[str, Any]:
    def euros(place: Weighed | None) -> float | None:
        return None if place is None else place.euros

    def weight(place: Weighed | None) -> float | None:
        return None if place is None else place.weight

    ends = {"low": family.low, "central": family.central, "high": family.high}
    return {
        "id": family.id,
        **{name: euros(place) for name, place in ends.items()},
        "weights": {name: weight(place) for name, place in ends.items()},
        "figures": [item.cited.figure.id for item in family.contributions],
    }


def _contribution(item: Contribution) -> dict[str, Any]:
    return {
        **_named(item.cited),
        "role": item.role,
        "family": item.family,
        "weight": item.weight,
        "weight_factors": {"read": item.read_weight, "basis": item.basis_weight},
        "euros": asdict(item.euros),
        **asdict(item.euros),
        "steps": [
            {"step": "completed", "factor": 1, "detail": item.role, **asdict(item.completed)},
            *(
                {"step": step.kind, "factor": step.factor, "detail": step.detail}
                | asdict(step.values)
                for step in item.steps
            ),
        ],
    }


def _named(cited: Cited) -> dict[str, Any]:
    return {
        "id": cited.figure.id,
        "publication": cited.publication.id,
        "published": {
            **dict(cited.figure.stated()),
            "currency": cited.figure.currency,
            "unit": cited.figure.unit,
            "year": cited.year,
        },
    }


def _row(row: Row) -> dict[str, Any]:
    ends = dict.fromkeys(PLACES) if row.euros is None else asdict(row.euros)
    return {"figures": row.figure_count, "families": row.family_count, **ends}
