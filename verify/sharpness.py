"""How sharp a bound is: how far a printed one is from the sharp one, and whether equality is proved for the whole sharp family."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import sympy
from sympy.core.relational import Relational

from verify.domain import Instance
from verify.evaluate.enclosing import EnclosingEvaluator
from verify.language.claim import Exhibit
from verify.language.logic import Exists
from verify.numerics.enclosure import Enclosure
from verify.numerics.truth import Truth
from verify.prove.exhibit import exhibited
from verify.prove.explicit import NotScalar
from verify.prove.prenex import gathered
from verify.prove.solver import Decision, Effort, decide
from verify.search.family import members
from verify.search.problem import Problem

__all__ = ["Excess", "compared_with_sharp", "proved_attainment"]

RTOL = Fraction(1, 10**9)
_EFFORT = Effort(rlimit=150_000, samples=0, seconds=5.0, seconds_per_question=2.0, certificates=False)


@dataclass(frozen=True)
class Excess:
    """Certified lower bounds of ``printed bound / sharp bound`` over the family: the least and the largest, and where."""

    least: Fraction
    largest: Fraction
    least_at: Instance
    largest_at: Instance
    points: int


def proved_attainment(problem: Problem) -> Decision | None:
    """The decision that the family of the sharp form lies in the class and gives equality for all its parameters; None if it is not proved.

    Only for a reading whose conclusion, or a part of it, is the sharp form itself. The decision names the closed forms that it rests on.
    """
    sharp = problem.reading.sharp
    conclusion = problem.conclusion
    parts = conclusion.args if isinstance(conclusion, sympy.And) else (conclusion,)
    if sharp is None or not sharp.attained_by or sharp.statement not in parts or not isinstance(sharp.statement, (sympy.Le, sympy.Ge)):
        return None
    equation = sympy.Eq(*sharp.statement.args, evaluate=False)
    attained = replace(problem.reading, statement=Exists(tuple(sharp.attained_by), equation), proof=None)
    try:
        left = exhibited(problem.claim, attained, Exhibit("", sharp.attained_by))
    except NotScalar:
        return None
    # Where both sides have become one and the same quantity there is nothing to prove but membership.
    open_parts = [part for part in gathered(left.statement) if not (isinstance(part, sympy.Eq) and part.lhs == part.rhs)]
    decision = decide(sympy.And(*open_parts, evaluate=False), left.given, _EFFORT)
    return decision if decision.status == "valid" else None


def compared_with_sharp(problem: Problem) -> Excess | None:
    """Compare the bound of a reading with the bound of its sharp form; None unless both bound one quantity from the same side."""
    sharp = problem.reading.sharp
    printed = problem.conclusion
    if sharp is None or not sharp.attained_by or printed == sharp.statement or not _same_quantity(printed, sharp.statement):
        return None
    family = members(problem.domain, sharp.attained_by)
    ratios = [(ratio, instance) for instance in family if (ratio := _ratio(problem, printed, sharp.statement, instance)) is not None]
    if not ratios:
        return None
    least, largest = min(ratios, key=lambda pair: pair[0]), max(ratios, key=lambda pair: pair[0])
    return Excess(least[0], largest[0], least[1], largest[1], len(ratios))


def _same_quantity(printed: Any, sharp: Any) -> bool:
    upper = (sympy.Le, sympy.Lt)
    return isinstance(printed, upper) and isinstance(sharp, upper) and printed.lhs == sharp.lhs


def _ratio(problem: Problem, printed: Relational, sharp: Relational, instance: Instance) -> Fraction | None:
    try:
        evaluator = EnclosingEvaluator(instance, RTOL)
        if Truth.all(evaluator.truth(h, evaluator.env, Truth.HOLDS) for h in problem.hypotheses) is not Truth.HOLDS:
            return None
        high, low = evaluator.scalar(printed.rhs, evaluator.env, "lower"), evaluator.scalar(sharp.rhs, evaluator.env, "upper")
    except (ZeroDivisionError, ArithmeticError, ValueError):
        return None
    if not isinstance(high, Enclosure) or not isinstance(low, Enclosure) or not isinstance(high.lower, Fraction) or not isinstance(low.upper, Fraction):
        return None
    return high.lower / low.upper if low.upper > 0 else None
