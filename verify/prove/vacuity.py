"""Do the hypotheses of a reading contradict each other?"""

from __future__ import annotations

from sympy import Not

from verify.prove.scalarise import NotScalar
from verify.prove.solver import decide
from verify.search.problem import Problem

__all__ = ["vacuous"]


def vacuous(problem: Problem) -> bool:
    """Does the decision procedure prove that no instance satisfies the hypotheses? Only where they are scalar."""
    if not problem.hypotheses:
        return False
    first, *others = problem.hypotheses
    try:
        return decide(Not(first), tuple(others)).status == "valid"
    except (NotScalar, TypeError, ValueError):
        return False
