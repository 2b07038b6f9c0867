"""One Hypothesis property per claim and reading, made from ``theorems/`` by itself: ``pytest -k T4``.

Which readings are false is pinned in ``tests/data/refuted.json``, and nowhere else. For those a violation must be found from scratch (extreme members and sharp
families switched off) and certified exactly; for the others no example may be a certified violation.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from verify.domain import Instance
from verify.evidence import gather, is_evaluable
from verify.library import discover
from verify.search.effort import budget
from verify.search.problem import Problem
from verify.search.promotion import examine

PINNED = json.loads((Path(__file__).parent / "data" / "refuted.json").read_text(encoding="utf-8"))
FALSE = {(claim, reading) for claim, readings in PINNED["by instance"].items() for reading in readings}
EFFORT = budget("quick")


def problems() -> list[Problem]:
    return [Problem(claim, reading) for claim in (file.load() for file in discover()) for reading in claim.readings]


def named(problem: Problem) -> str:
    return f"{problem.claim.id}-{problem.reading.key}"


@pytest.mark.parametrize("problem", problems(), ids=named)
def test_property(problem: Problem) -> None:
    if not is_evaluable(problem):
        assert problem.reading.proof is not None or problem.reading.untestable is not None, f"{problem.name} has no value at an instance: give a proof"
        return
    if (problem.claim.id, problem.reading.key) in FALSE:
        findings = gather(problem, EFFORT, seed=0, scratch_only=True)
        assert findings.from_scratch, f"no violation of {problem.name} was found from scratch; best margin {findings.best_margin:.3g}"
        return
    no_example_violates(problem)


def no_example_violates(problem: Problem) -> None:
    @settings(max_examples=20, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(problem.domain.strategy(2))
    def holds(instance: Instance) -> None:
        if problem.instance_margin(instance) > problem.suspicion:
            outcome = examine(problem, instance, EFFORT.rtol)
            assert outcome is None or not outcome.violates, f"{problem.name} is violated at {instance.to_json()}"

    holds()


def test_pins_name_existing_readings() -> None:
    known = {(problem.claim.id, problem.reading.key) for problem in problems()}
    pinned = {(claim, reading) for part in PINNED.values() for claim, readings in part.items() for reading in readings}
    assert pinned <= known
