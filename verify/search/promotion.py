"""From a float suspect to an exact counterexample: rounded inside its classes, examined with enclosures, shrunk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.domain import Instance
from verify.domain.instance import ExactValue
from verify.evaluate.enclosing import EnclosingEvaluator, Outcome, decide
from verify.evaluate.multiprecision import confirms_violation
from verify.numerics.enclosure import Enclosure
from verify.numerics.exact import GaussianRational, RationalMatrix
from verify.numerics.truth import Truth
from verify.search.portfolio import Candidate
from verify.search.problem import SUSPICION, Problem

__all__ = ["Certified", "examine", "promote", "roundings", "shrink"]

_DIGITS = (1, 2, 3, 4, 6, 8, 11, 15)


@dataclass(frozen=True)
class Certified:
    """An exact instance at which the statement is certainly violated."""

    instance: Instance
    outcome: Outcome
    margin: float
    source: str


def examine(
    problem: Problem, instance: Instance, rtol: Fraction, margin: float | None = None, denied: Callable[[], bool] = lambda: False
) -> Outcome | None:
    """Hypotheses and conclusion at an exact instance; None where the statement has no value there.

    A large violation needs no sharp enclosures, and a small one needs sharper ones than ``rtol``: with a margin given, they start coarse and are refined as
    far as it takes, at least to ``rtol`` and to a tenth of the margin; not at all where coarse ones leave it open and a cheaper opinion has ``denied`` it.
    """
    outcome = None
    for accuracy in _accuracies(rtol, margin):
        if outcome is not None and denied():
            return outcome
        try:
            outcome = decide(problem.hypotheses, problem.conclusion, instance, accuracy)
        except (ZeroDivisionError, ArithmeticError, ValueError):
            return None
        if outcome.violates or outcome.hypotheses is Truth.VIOLATED or outcome.conclusion is Truth.HOLDS:
            return outcome
    return outcome


def _accuracies(rtol: Fraction, margin: float | None) -> Iterator[Fraction]:
    if margin is not None:
        for part in (6, 100):
            coarse = Fraction(min(margin, 0.6)).limit_denominator(10**12) / part
            if coarse > 3 * rtol:
                yield coarse
        rtol = min(rtol, Fraction(max(margin, SUSPICION)).limit_denominator(10**12) / 10)
    yield rtol


_SHARPER = 10**8
"""How much sharper the enclosures are made, once for a suspect, where they leave open what thirty digits confirm."""
_DOUBTFUL = 1e-4
"""Below this a float margin may be the float's own error: thirty digits are asked before any enclosure is computed."""


def promote(problem: Problem, candidate: Candidate, rtol: Fraction, wanted: Callable[[Instance], bool] = lambda instance: True) -> Certified | None:
    """The simplest exact counterexample near a suspect (of those ``wanted``), if rounding and enclosures confirm it."""
    refused, asked = 0, False
    for instance in filter(wanted, roundings(problem, candidate)):
        margin = problem.instance_margin(instance)
        if margin <= min(problem.suspicion, problem.suspicion / 10):
            continue
        if 0 < problem.suspicion and margin < _DOUBTFUL and confirms_violation(problem.conclusion, instance, 30) is False:
            refused += 1
        else:
            outcome = examine(problem, instance, rtol, margin, lambda at=instance: confirms_violation(problem.conclusion, at, 30) is False)  # type: ignore[misc]
            if _leaves_open(outcome) and not asked:  # does some difference in the statement cancel?
                asked = True
                outcome = examine(problem, instance, rtol / _SHARPER) if confirms_violation(problem.conclusion, instance, 30) else outcome
            if outcome is not None and outcome.violates:
                return Certified(instance, outcome, credible(margin, outcome), candidate.source)
            refused += outcome is not None and outcome.hypotheses is not Truth.VIOLATED
        if refused >= 3:
            break
    return None


def _leaves_open(outcome: Outcome | None) -> bool:
    return outcome is not None and outcome.hypotheses is not Truth.VIOLATED and outcome.conclusion is Truth.UNDECIDED


def credible(margin: float, outcome: Outcome) -> float:
    """A float margin, unless the enclosures of the two sides are less than half as far apart: then the floats erred, and what is certain is returned."""
    if outcome.sides is None or not all(isinstance(side, Enclosure) for side in outcome.sides):
        return margin
    left, right = outcome.sides
    low, high = (left.upper, right.lower) if left.upper < right.lower else (right.upper, left.lower)
    largest = max(abs(low), abs(high))
    if not 0 < largest < float("inf") or low > high:
        return margin
    certain = float((high - low) / largest)
    return margin if certain >= margin / 2 else certain


def roundings(problem: Problem, candidate: Candidate) -> Iterator[Instance]:
    """Exact members of the classes near a candidate, the coarsest first; the candidate itself before them if it was drawn exactly."""
    if candidate.exact is not None:
        yield candidate.exact
    for digits in _DIGITS:
        try:
            yield problem.domain.round(candidate.batch, digits)
        except (ValueError, ZeroDivisionError, OverflowError):
            continue


def shrink(problem: Problem, found: Certified, rtol: Fraction, attempts: int) -> Certified:
    """A simpler counterexample: fewer digits, zeros and small integers, as long as enclosures confirm the violation."""
    best, spent = found, 0
    progress = True
    while progress and spent < attempts:
        progress = False
        for instance in _simpler(problem, best.instance):
            if spent >= attempts:
                break
            margin = problem.instance_margin(instance) if instance.weight < best.instance.weight else -1.0
            if margin <= problem.suspicion:
                continue
            spent += 1
            outcome = examine(problem, instance, rtol, margin)
            if outcome is not None and outcome.violates:
                best = Certified(instance, outcome, credible(margin, outcome), found.source)
                progress = True
                break
    return best


def _simpler(problem: Problem, instance: Instance) -> Iterator[Instance]:
    """Neighbours with less to read: one value coarser, or one entry simpler. Classes are re-checked exactly by the caller."""
    yield from _smaller_orders(problem, instance)
    for digits in (0, 1, 2, 3):
        try:
            yield problem.domain.round(instance.batch(), digits)
        except (ValueError, ZeroDivisionError, OverflowError):
            continue
    for name, value in instance.values.items():
        for simpler in _simpler_values(value):
            yield instance.replace(name, simpler)


def _smaller_orders(problem: Problem, instance: Instance) -> Iterator[Instance]:
    """Leading parts of all blocks whose order is a size symbol above 1."""
    matrices = [v for v in problem.domain.continuous if v.is_matrix]
    if any(isinstance(instance.values[v.name], tuple) for v in matrices):
        return
    for order in problem.domain.orders:
        if instance.sizes[order] > 1:
            sizes = {**instance.sizes, order: instance.sizes[order] - 1}
            cut = {v.name: _leading(instance.values[v.name], v.shape(sizes)) for v in matrices}
            yield Instance(sizes, {**instance.values, **cut})


def _leading(matrix: Any, shape: tuple[int, ...]) -> RationalMatrix:
    return RationalMatrix.from_rows([row[: shape[1]] for row in matrix.rows()[: shape[0]]])


def _simpler_values(value: ExactValue) -> Iterator[ExactValue]:
    if isinstance(value, tuple):
        for k, term in enumerate(value):
            for simpler in _simpler_matrices(term):
                yield (*value[:k], simpler, *value[k + 1 :])
    elif isinstance(value, RationalMatrix):
        yield from _simpler_matrices(value)
    elif isinstance(value, GaussianRational):
        for re, im in ((value.re, Fraction(0)), *((x, value.im) for x in _simpler_numbers(value.re)), *((value.re, y) for y in _simpler_numbers(value.im))):
            yield GaussianRational(re, im)
    else:
        yield from _simpler_numbers(Fraction(value))


def _simpler_matrices(matrix: RationalMatrix) -> Iterator[RationalMatrix]:
    rows = [list(row) for row in matrix.rows()]
    symmetric = matrix.is_symmetric and len(rows) == len(rows[0])
    yield RationalMatrix.zeros(*matrix.shape)
    for i, row in enumerate(rows):
        for j, entry in enumerate(row):
            if symmetric and j < i:
                continue
            for simpler in _simpler_numbers(Fraction(entry)) if isinstance(entry, Fraction) else ():
                changed: list[list[Any]] = [list(r) for r in rows]
                changed[i][j] = simpler
                if symmetric:
                    changed[j][i] = simpler
                yield RationalMatrix.from_rows(changed)


def _simpler_numbers(value: Fraction) -> Iterator[Fraction]:
    small = (Fraction(k) for k in (0, 1, -1, 2, 3, 4, 5, 10))
    for candidate in (*small, value / 10, value / 2, Fraction(round(value)), *(value.limit_denominator(d) for d in (2, 5, 10, 100, 1000))):
        if candidate != value and _cost(candidate) < _cost(value):
            yield candidate


def _cost(value: Fraction) -> int:
    return abs(value.numerator).bit_length() + 2 * (value.denominator.bit_length() - 1) + (value < 0)


def holds_somewhere(problem: Problem, instances: Iterator[Instance], rtol: Fraction, attempts: int = 25) -> Instance | None:
    """The first exact instance at which every hypothesis is certainly true."""
    for _, instance in zip(range(attempts), instances, strict=False):
        evaluator = EnclosingEvaluator(instance, rtol)
        try:
            if Truth.all(evaluator.truth(h, evaluator.env, Truth.HOLDS) for h in problem.hypotheses) is Truth.HOLDS:
                return instance
        except (ZeroDivisionError, ArithmeticError, ValueError):
            continue
    return None
