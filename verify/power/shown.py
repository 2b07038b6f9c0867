"""What a report says of the detection power: the stored measurement of a reading, if it was made on the statement as it now stands.

Of a hypothesis without which no counterexample was found it says more where a machine can: that the statement is proved without it, so that it is not
used. What is not proved so, nor refuted, stays open, whatever the stored proof mentions.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from verify.language.claim import Claim, Reading
from verify.power.plants import plants
from verify.power.record import fingerprint
from verify.prove.chain import prove
from verify.prove.solver import Effort
from verify.results import ClaimResult, ReadingResult
from verify.search.problem import Problem

__all__ = ["proved_without", "with_power"]

_CONSTANT = ("constant", "outcome", "direction", "smallest", "certificate")
_BOUND = ("relation", "sharp", "from_scratch", "with_help", "gap")


def with_power(result: ClaimResult, claim: Claim, stored: Mapping[tuple[str, str], Mapping[str, Any]]) -> ClaimResult:
    """The same result, with the stored measurement of each reading; one that was made on another statement is left out."""

    def shown(found: ReadingResult) -> dict[str, Any]:
        entry = stored.get((result.id, found.reading))
        if entry is None:
            return {}
        known = next((reading for reading in claim.readings if reading.key == found.reading), None)
        if known is None or entry["fingerprint"] not in _prints(claim, known):
            return {}
        power = _shown(entry)
        survived = {one["text"] for one in power["hypotheses"] if not one["needed"]} if found.verdict in ("PROVED", "PROVED_MODULO") else set()
        proved = proved_without(claim, known, survived)
        return {**power, "hypotheses": [{**one, "proved": proved.get(one["text"], "")} for one in power["hypotheses"]]}

    return replace(result, readings=tuple(replace(reading, detection_power=shown(reading)) for reading in result.readings))


def proved_without(claim: Claim, reading: Reading, texts: Collection[str]) -> dict[str, str]:
    """Of the given hypotheses, those without which a machine proves the statement, and by what; a statement that is not scalar is left alone."""
    if not texts:
        return {}
    from verify.library import resolve

    found: dict[str, str] = {}
    for plant in itertools.takewhile(lambda plant: plant.kind == "hypothesis", plants(Problem(claim, reading))):
        if plant.text in texts:
            outcome = prove(plant.problem.claim, plant.problem.reading, resolve, _EFFORT)
            if outcome.verdict == "PROVED":
                found[plant.text] = outcome.steps[0].by
    return found


_EFFORT = Effort(rlimit=300_000, samples=0, seconds=60.0, seconds_per_question=20.0)
"""Small: most is decided within a few tenths of a second or not at all. The count of resources ends it, the same on every machine; the seconds do not."""


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
        **({"seconds": entry["seconds"]} if "seconds" in entry else {}),
        "form": entry["form"],
        "stopped": entry["stopped"],
        "bounds": [{**{name: bound[name] for name in _BOUND}, "reason": bound.get("reason", "")} for bound in entry["bounds"]],
        "hypotheses": [{"text": one["text"], "needed": one["outcome"] == "refuted", "certificate": one["certificate"]} for one in dropped],
        "untried": [one["text"] for one in entry["mistakes"] if one["kind"] == "hypothesis" and one["outcome"] == "not tried"],
        "constants": [{name: one[name] for name in _CONSTANT} for one in entry.get("constants", []) if one["outcome"] != "not tried"],
        "mistakes": {outcome: outcomes.count(outcome) for outcome in ("refuted", "not refuted", "not tried")},
    }
