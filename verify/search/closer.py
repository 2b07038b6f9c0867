"""A closer look at near-equality: violations too small for a float margin, found in multiprecision and certified by sharp enclosures.

Where the sides of a relation agree to within an optimiser's accuracy, the sign of the float margin means nothing, and most extremal members are simple:
an eigenvalue equal to its bound, two eigenvalues equal or opposite, a coupling of rank one. Rounding the candidate to *few* digits restores such
coincidences exactly, because every class rounds into itself from the same grid; which rounding did so is seen at forty digits.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

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
"""A margin above this at forty digits is no rounding error of theirs (an eigenvalue that is double keeps half the digits)."""
_UNMEASURED = Fraction(1, 10**14)
"""Accuracy of the enclosures where there is no measured violation to be sharper than."""
_EXAMINED = 3


def look_closer(problem: Problem, candidate: Candidate, rtol: Fraction) -> Certified | None:
    """A certified violation at or near a candidate whose float margin is about zero; None if there is none to be seen.

    Every rounding of the candidate is measured at forty digits; the largest violations are put to enclosures that are sharper than the violation.
    """
    for margin, instance in _violations(problem, candidate)[:_EXAMINED]:
        sharp = Fraction(margin).limit_denominator(10**40) / 50 if margin > 0 else _UNMEASURED
        outcome = examine(problem, instance, min(rtol, sharp))
        if outcome is not None and outcome.violates:
            return Certified(instance, outcome, margin, candidate.source)
    return None


def _violations(problem: Problem, candidate: Candidate) -> list[tuple[float, Instance]]:
    """Exact instances near the candidate at which the conclusion is false to forty digits, the largest violation first.

    Where mpmath has no value for the statement (a supremum over a parameter), the instances come with the margin 0: only an enclosure can tell.
    """
    measured = ((violation_margin(problem.conclusion, instance, DIGITS), instance) for instance in _distinct(roundings(problem, candidate)))
    found = [(0.0 if margin is None else float(margin), instance) for margin, instance in measured if margin is None or margin > _REAL]
    return sorted(found, key=lambda pair: -pair[0])


def _distinct(instances: Iterator[Instance]) -> Iterator[Instance]:
    seen: set[Any] = set()
    for instance in instances:
        key = str(instance.to_json())
        if key not in seen:
            seen.add(key)
            yield instance
