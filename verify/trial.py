"""Claims as tests: a reading on Hypothesis examples, each float suspect decided by enclosures, a failure shrunk to a small exact instance.

A trial that passes found no violation; it verifies nothing. A trial that cannot tell (a suspect that enclosures do not settle, hypotheses
that no example met, a statement without a value at an instance) is skipped with its reason, because unknown is not passed.
"""

from __future__ import annotations

import itertools
import json
import math
import random
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pprint import pformat
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, target
from hypothesis import core as hypothesis_core
from hypothesis import seed as hypothesis_seed
from hypothesis import strategies as st

from verify.domain import Domain, Instance
from verify.evaluate.errors import NotEvaluable
from verify.language.claim import Claim
from verify.language.printing import text
from verify.library import select
from verify.numerics.exact import RationalMatrix
from verify.numerics.truth import Truth
from verify.search.effort import budget
from verify.search.problem import Problem
from verify.search.promotion import examine

__all__ = ["Violated", "assert_at", "claim_test", "trial"]

_RTOL = budget("standard").rtol


class Violated(AssertionError):
    """A reading is certainly violated at an exact instance; the message tells all that is needed to see it again."""

    def __init__(self, problem: Problem, instance: Instance, named: str) -> None:
        self.problem, self.instance, self.named, self.seed = problem, instance, named, ""
        self.reproduction = ""
        super().__init__(problem, instance)

    def __str__(self) -> str:
        data = json.dumps(self.instance.to_json(), indent=1, ensure_ascii=False)
        told = [f"{self.problem.name} is violated: {text(self.problem.reading.statement)}", "at the exact instance", data]
        told += [f"seed: {self.seed}"] if self.seed else []
        told += [f"reproduce: {self.reproduction}"] if self.reproduction else []
        return "\n".join([*told, "as a test of its own:", "", self.pasted()])

    def pasted(self) -> str:
        """The source of a test that fails as long as the reading is violated at this instance."""
        name = f"{self.problem.claim.id}_{self.problem.reading.key}".replace("-", "_")
        data = pformat(self.instance.to_json(), width=120, sort_dicts=False)
        body = f"    assert_at({self.named}, {self.problem.reading.key!r}, {data})".replace("\n", "\n        ")
        return f"from verify import assert_at\n\n\ndef test_{name}():\n{body}\n"


def assert_at(claim: Claim | str, reading: str, instance: Mapping[str, Any]) -> None:
    """Fail if a reading is certainly violated at an exact instance (rigorous); skip if that cannot be decided there.

    Args:
        claim: a claim, or its id or file.
        instance: ``sizes`` and ``values`` as in a certificate.
    Raises:
        Violated: if the hypotheses certainly hold at the instance and the conclusion certainly does not.
    """
    problem = _problem(claim, reading)
    outcome = examine(problem, Instance.from_json(instance), _RTOL)
    if outcome is not None and outcome.violates:
        raise Violated(problem, Instance.from_json(instance), "CLAIM" if isinstance(claim, Claim) else repr(claim))
    if outcome is None or (Truth.UNDECIDED in (outcome.hypotheses, outcome.conclusion) and outcome.hypotheses is not Truth.VIOLATED):
        pytest.skip(f"{problem.name} is undecided at this instance")


def claim_test(claim: Claim | str, reading: str, **generators: st.SearchStrategy[Any]) -> Callable[[Callable[[Instance], object]], Callable[[], None]]:
    """Turn a function of an instance into a test that a reading holds on a project's own matrices.

    ``generators`` are Hypothesis strategies by symbol name; exact matrices, numpy arrays (taken exactly) and numbers are accepted. Symbols without one
    are drawn from their classes. An example outside the hypotheses counts for nothing, and a test none of whose examples is inside is skipped. The
    function is called with every instance at which no violation was found, and may assert more.

    Raises:
        ValueError: if a generator names no symbol of the claim, or (when run) draws matrices of shapes that do not fit together.
    """
    problem = _problem(claim, reading)
    known = {v.name for v in problem.domain.variables}
    if strangers := sorted(generators.keys() - known):
        raise ValueError(f"generators: {', '.join(strangers)} is no symbol of {problem.name}, which has {', '.join(sorted(known))}")

    def decorated(function: Callable[[Instance], object]) -> Callable[[], None]:
        def test() -> None:
            trial(problem, _mixed(problem.domain, generators), "CLAIM" if isinstance(claim, Claim) else repr(claim), also=function)

        for name in ("__name__", "__qualname__", "__module__", "__doc__"):  # no __wrapped__: pytest would ask for its argument
            setattr(test, name, getattr(function, name))
        return test

    return decorated


def trial(
    problem: Problem,
    strategy: st.SearchStrategy[Instance],
    named: str,
    *,
    also: Callable[[Instance], object] | None = None,
    extremes: bool = False,
) -> None:
    """Try a reading on examples, under the Hypothesis profile in force except for its deadline (an exact examination takes its time).

    Examples are steered towards a violation by the margin of the statement. ``extremes``: products of the classes' extreme members at small orders are
    tried as well. A violation in a thin region still needs the engine's search: ``verify run``.

    Raises:
        Violated: at the example that Hypothesis shrank to, confirmed by enclosures (rigorous).
    """
    met, steered = False, True
    unsettled: list[Instance] = []

    def attempt(instance: Instance) -> None:
        nonlocal met
        margin = problem.instance_margin(instance)
        if steered and math.isfinite(margin):
            target(margin)
        outcome = examine(problem, instance, _RTOL, margin if margin > problem.suspicion else None) if margin > problem.suspicion or not met else None
        met = met or (outcome is not None and outcome.hypotheses is Truth.HOLDS)
        if outcome is not None and outcome.violates:
            raise Violated(problem, instance, named)
        if margin > problem.suspicion and (outcome is None or (outcome.hypotheses is not Truth.VIOLATED and outcome.conclusion is not Truth.HOLDS)):
            unsettled.append(instance)
        elif also is not None:
            also(instance)

    attempt.__name__ = f"try_{problem.claim.id}_{problem.reading.key}".replace("-", "_")  # the name is part of the key in Hypothesis' database
    patient = [*settings().suppress_health_check, HealthCheck.too_slow]
    test = settings(deadline=None, suppress_health_check=patient)(given(strategy)(attempt))
    told = _seeded(test)
    try:
        test()
        steered, told = False, "none, an extreme member of the classes"
        for instance in _extreme_members(problem) if extremes else ():
            attempt(instance)
    except Violated as found:
        found.seed = told
        raise
    except NotEvaluable as why:
        pytest.skip(f"{problem.name} has no value at an instance ({why}): only a proof can judge it")
    if unsettled:
        pytest.skip(f"{problem.name} is undecided at {json.dumps(unsettled[0].to_json())}: floats suspect a violation that enclosures do not settle")
    if not met:
        pytest.skip(f"{problem.name}: no example met the hypotheses, so that nothing was tried")


def _extreme_members(problem: Problem) -> Iterator[Instance]:
    """The same ones every time, simplest sizes first."""
    spend, rng = budget("quick"), np.random.default_rng(0)
    for sizes in itertools.islice(problem.domain.smallest_sizes(2), spend.size_choices):
        yield from problem.domain.extremes(sizes, spend.extreme_members, rng)


def _seeded(test: Any) -> str:
    """The seed in words; one is chosen where neither the profile nor ``--hypothesis-seed`` settles it, so that it can be told."""
    forced = hypothesis_core.global_force_seed
    if settings().derandomize:
        return "none, the Hypothesis profile is derandomised"
    if forced is None:
        forced = random.SystemRandom().getrandbits(32)
        hypothesis_seed(forced)(test)
    return str(forced)


def _problem(claim: Claim | str, reading: str) -> Problem:
    claim = claim if isinstance(claim, Claim) else select([claim])[0].load()
    return Problem(claim, claim.reading(reading))


@st.composite
def _mixed(draw: Any, domain: Domain, generators: Mapping[str, st.SearchStrategy[Any]]) -> Instance:
    """An instance with the generators' values; sizes are read off their matrices, the rest is drawn from the classes."""
    drawn = {name: _exact(draw(strategy, label=name)) for name, strategy in generators.items()}
    sizes: dict[str, int] = {}
    for v in domain.continuous:
        if v.is_matrix and isinstance(drawn.get(v.name), RationalMatrix):
            symbol = v.symbol
            for size, order in zip((symbol.rows, symbol.cols), drawn[v.name].shape, strict=True):
                wanted = int(size) if size.is_Integer else sizes.setdefault(str(size), order)
                if wanted != order:
                    raise ValueError(f"generators: {v.name} has shape {drawn[v.name].shape}, but {size} is {wanted}: draw matrices whose shapes fit together")
    sizes = {**{name: draw(st.integers(1, 2), label=name) for name in domain.orders if name not in sizes}, **sizes}
    sizes |= {v.name: int(drawn[v.name]) if v.name in drawn else draw(v.cls.strategy((), {}), label=v.name) for v in domain.integers}
    env: dict[str, Any] = dict(sizes)
    for v in domain.continuous:
        env[v.name] = drawn[v.name] if v.name in drawn else draw(v.cls.strategy(v.shape(sizes), env), label=v.name)
    return Instance(sizes, {v.name: env[v.name] for v in domain.continuous})


def _exact(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return RationalMatrix.from_floats(np.atleast_2d(value))
    return Fraction(value) if isinstance(value, float) else value
