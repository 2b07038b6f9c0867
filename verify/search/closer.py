"""A closer look at near-equality: violations too small for a float margin, found in multiprecision and certified by sharp enclosures.

Where the sides of a relation agree to within an optimiser's accuracy, the sign of the float margin means nothing, and most extremal members are simple:
an eigenvalue equal to its bound, two eigenvalues equal or opposite, a coupling of rank one. Rounding the candidate to *few* digits restores such
coincidences exactly; which rounding did so is seen at forty digits.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import inf, isfinite
from typing import Any

import numpy as np

from verify.domain import Instance
from verify.evaluate.multiprecision import violation_margin
from verify.search.portfolio import Candidate
from verify.search.problem import Problem
from verify.search.promotion import Certified, examine, roundings

__all__ = ["NEAR", "look_closer"]

NEAR = 1e-3
"""A candidate whose sides differ by less than this may be a rounding away from equality."""
DIGITS = 40
_REAL = 10.0**-25
"""A margin above this at forty digits is no rounding error of theirs."""
_EQUAL = 10.0**-36
_UNMEASURED = Fraction(1, 10**14)
"""Accuracy of the enclosures where there is no measured violation to be sharper than."""
_EXAMINED = 3
_SNAPPED = (1, 2, 4, 6)


def look_closer(problem: Problem, candidate: Candidate, rtol: Fraction) -> Certified | None:
    """A certified violation at or near a candidate whose float margin is about zero; None if there is none to be seen.

    Exact instances near the candidate are measured at forty digits, the simplest first, and those that violate are put to enclosures which are sharper than
    the violation. Those that rounding has moved away from equality, as floats already see, are passed over. Where mpmath has no value for the statement (a
    supremum over a parameter), only the enclosures can tell. An instance with equality ends the look: there the statement is as sharp as it says.
    """
    examined = 0
    for instance in _distinct(_near(problem, candidate)):
        if -inf < problem.instance_margin(instance) <= -NEAR:
            continue
        margin = violation_margin(problem.conclusion, instance, DIGITS)
        if margin is not None and not isfinite(margin):
            margin = None  # both sides infinite, or a side without value: only the enclosures can tell
        if margin is not None and abs(margin) < _EQUAL:
            return None
        if margin is not None and margin < _REAL:
            continue
        sharp = _UNMEASURED if margin is None else Fraction(float(margin)).limit_denominator(10**40) / 50
        outcome = examine(problem, instance, min(rtol, sharp))
        if outcome is not None and outcome.violates:
            return Certified(instance, outcome, 0.0 if margin is None else float(margin), candidate.source)
        examined += 1
        if examined >= _EXAMINED:
            return None
    return None


def _near(problem: Problem, candidate: Candidate) -> Iterator[Instance]:
    """Exact members near a candidate: itself if it was drawn exactly, then with coincidences restored, then rounded."""
    rounded = roundings(problem, candidate)
    if candidate.exact is not None:
        yield next(rounded)
    for digits in _SNAPPED:
        try:
            yield problem.domain.snap(candidate.batch, digits)
        except (ValueError, ZeroDivisionError, OverflowError, np.linalg.LinAlgError):
            continue
    yield from rounded


def _distinct(instances: Iterator[Instance]) -> Iterator[Instance]:
    seen: set[Any] = set()
    for instance in instances:
        key = str(instance.to_json())
        if key not in seen:
            seen.add(key)
            yield instance
