"""A rigorous ratio of the two sides of an inequality at one exact member, with what a certificate needs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import Le, Lt
from sympy.core.relational import Relational

from verify.domain import Instance
from verify.evaluate.enclosing import EnclosingEvaluator, witness_records
from verify.numerics.enclosure import Enclosure
from verify.numerics.truth import Truth
from verify.search.problem import Problem

__all__ = ["Ratio", "enclosed_ratio"]

RTOL = Fraction(1, 10**9)


@dataclass(frozen=True)
class Ratio:
    """Smaller side / larger side is at least ``value`` at the instance."""

    value: Fraction
    relation: Relational
    instance: Instance
    bounds: tuple[dict[str, Any], ...]
    """Witness records in the certificate's form; without them nothing can be certified elsewhere."""


def enclosed_ratio(
    problem: Problem, relation: Relational, instance: Instance, also: Sequence[Any] = (), larger: Fraction | None = None
) -> Ratio | None:
    """The ratio at an exact member; None if its hypotheses (and what must hold ``also``) are not proved there, or a side is not enclosed.

    ``larger`` is the value of the larger side where it has no enclosure (a supremum whose closed form is known).
    """
    try:
        evaluator = EnclosingEvaluator(instance, RTOL)
        if Truth.all(evaluator.truth(h, evaluator.env, Truth.HOLDS) for h in (*problem.hypotheses, *also)) is not Truth.HOLDS:
            return None
        small, large = relation.args if isinstance(relation, (Le, Lt)) else relation.args[::-1]
        low, high = evaluator.attempt_attainment(small, large)
    except (ZeroDivisionError, ArithmeticError, ValueError, KeyError, TypeError):
        return None
    if not isinstance(low, Enclosure) or not isinstance(high, Enclosure) or not isinstance(low.lower, Fraction):
        return None
    top = high.upper if isinstance(high.upper, Fraction) else larger
    if top is None or top <= 0:
        return None
    return Ratio(_rounded_down(low.lower / top), relation, instance, witness_records(evaluator) if top == high.upper else ())


def _rounded_down(ratio: Fraction) -> Fraction:
    return ratio if ratio.denominator <= 10**6 else Fraction(math.floor(ratio * 10**12), 10**12)
