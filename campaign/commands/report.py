"""An estimate as JSON for the command line: all values unrounded, with every step."""

from dataclasses import asdict
from typing import Any, Final

from calculator.estimate import Contribution, Estimate
from calculator.sensitivity import Sensitivity, sensitivity

_NO_EUROS: Final = dict.fromkeys(("low", "central", "high"))


def estimate_as_json(result: Estimate) -> dict[str, Any]:
    """Return an estimate as values for json.dumps; amounts in euros of `price_year`."""
    return {
        "region": result.region,
        "period": result.period,
        "currency": "EUR",
        "price_year": result.price_year,
        **asdict(result.euros),
        "display": {name: int(value) for name, value in asdict(result.shown).items()},
        "figures": [_contribution(item) for item in result.contributions],
        "sensitivity": _sensitivity(sensitivity(result)),
        "digest": result.digest,
    }


def _contribution(item: Contribution) -> dict[str, Any]:
    return {
        "id": item.cited.figure.id,
        "publication": item.cited.publication.id,
        "published": {
            **dict(item.cited.figure.stated()),
            "currency": item.cited.figure.currency,
            "unit": item.cited.figure.unit,
            "year": item.cited.year,
        },
        "weight": item.weight,
        "weight_factors": asdict(item.factors),
        **asdict(item.euros),
        "steps": [
            {"step": step.kind, "factor": step.factor, "detail": step.detail, **asdict(step.values)}
            for step in item.steps
        ],
    }


def _sensitivity(found: Sensitivity) -> dict[str, Any]:
    report: dict[str, Any] = {
        variation.name: {
            "figures": variation.figure_count,
            **(
                asdict(variation.euros)
                if variation.euros
                else dict.fromkeys(("low", "central", "high"))
            ),
        }
        for variation in found.variations
    }
    if found.leave_one_out is not None:
        report["leave-one-out"] = {
            "smallest_central": found.leave_one_out.smallest,
            "largest_central": found.leave_one_out.largest,
            "moves_most": found.leave_one_out.moves_most.id,
        }
    return report
