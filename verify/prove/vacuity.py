"""Do the hypotheses of a reading contradict each other?"""

from __future__ import annotations

from sympy import S

from verify.prove.scalarise import NotScalar
from verify.prove.solver import decide
from verify.search.problem import Problem

__all__ = ["vacuous"]


def vacuous(problem: Problem) -> bool:
    """Does the decision procedure prove that no instance satisfies the hypotheses? Only where they are scalar."""
    try:
        return decide(S.false, tuple(problem.hypotheses)).status == "valid"
    except (NotScalar, TypeError, ValueError):
        return False
