"""What a report says of the detection power: the stored measurement of a reading, if it was made on the statement as it now stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from verify.language.claim import Claim, Reading
from verify.power.record import fingerprint
from verify.results import ClaimResult
from verify.search.problem import Problem

__all__ = ["with_power"]

_CONSTANT = ("constant", "outcome", "direction", "smallest", "certificate")
_BOUND = ("relation", "sharp", "from_scratch", "with_help", "gap")


def with_power(result: ClaimResult, claim: Claim, stored: Mapping[tuple[str, str], Mapping[str, Any]]) -> ClaimResult:
    """The same result, with the stored measurement of each reading; one that was made on another statement is left out."""

    def shown(key: str) -> dict[str, Any]:
        entry = stored.get((result.id, key))
        if entry is None:
            return {}
        known = next((reading for reading in claim.readings if reading.key == key), None)
        return _shown(entry) if known is not None and entry["fingerprint"] in _prints(claim, known) else {}

    return replace(result, readings=tuple(replace(reading, detection_power=shown(reading.reading)) for reading in result.readings))


def _prints(claim: Claim, reading: Reading) -> set[str]:
    statements = [reading.statement, *([reading.sharp.statement] if reading.sharp is not None else [])]
    return {fingerprint(Problem(claim, replace(reading, statement=statement, proof=None))) for statement in statements} - {""}


def _shown(entry: Mapping[str, Any]) -> dict[str, Any]:
    outcomes = [mistake["outcome"] for mistake in entry["mistakes"] if mistake["kind"] != "hypothesis"]
    dropped = [mistake for mistake in entry["mistakes"] if mistake["kind"] == "hypothesis" and mistake["outcome"] != "not tried"]
    return {
        "date": entry["date"],
        "version": entry["version"],
        "effort": entry["effort"],
        "form": entry["form"],
        "stopped": entry["stopped"],
        "bounds": [{**{name: bound[name] for name in _BOUND}, "reason": bound.get("reason", "")} for bound in entry["bounds"]],
        "hypotheses": [{"text": one["text"], "needed": one["outcome"] == "refuted", "certificate": one["certificate"]} for one in dropped],
        "constants": [{name: one[name] for name in _CONSTANT} for one in entry.get("constants", []) if one["outcome"] != "not tried"],
        "mistakes": {outcome: outcomes.count(outcome) for outcome in ("refuted", "not refuted", "not tried")},
    }
