"""How far a refuted reading is off along the members of its refutation: the ratio of the sides in closed form, and where it tends.

The ratio is *derived* (the members put into the violated relation, its quantities in closed form, its cases settled by the decision procedure for
all values of the parameter) or, where a quantity has no closed form that the engine knows, the one that the proof declares. In either case it is
believed only if rigorous enclosures of both sides at every certified member contain it. The limit is SymPy's; one that high-precision values far
out do not bear out is not reported, nor the limit of a family of matrices that has left its classes there. Neither is a step of a proof: the ratio says
how far off the statement is, not that it is false.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import Dummy, Expr, Ge, Gt, Integer, Le, Lt, Rational, Symbol, limit, oo, sympify, true
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from verify.domain import Instance
from verify.evaluate.enclosing import EnclosingEvaluator, decide
from verify.language.matrices import MatrixSequence
from verify.numerics.enclosure import Enclosure
from verify.numerics.truth import Truth
from verify.prove.exhibit import with_members
from verify.prove.explicit import NotScalar
from verify.prove.family import Shown
from verify.prove.prenex import gathered
from verify.prove.scalarise import scalarise
from verify.sharpness.families import without_cases

__all__ = ["Departure", "departure"]

RTOL = Fraction(1, 1000)
DECLARED_RTOL = Fraction(1, 10**12)
"""What a proof declares may be wrong by little at the members, and by much in the limit."""
FAR = 12
"""The power of ten at which a family must still lie in its classes."""
DIGITS = 60


@dataclass(frozen=True)
class Departure:
    """Left side / right side of the violated relation along a family, and its limit (None where there is no certain one)."""

    ratio: Expr
    parameter: Symbol
    towards: Any
    limit: Expr | None
    derived: bool
    """Else it is the proof's, and agrees with the enclosures at the members."""


def departure(family: Shown, certified: Sequence[tuple[Any, Instance]]) -> Departure | None:
    """The ratio along a family with these certified members; None if there is none that all of them bear out."""
    members = [(sympify(value), instance) for value, instance in certified if value is not None]
    if family.parameter is None or not members or (relation := _violated(family, [instance for _, instance in members])) is None:
        return None
    declared = None if family.declared is None else family.declared.ratio
    rtol = RTOL if declared is None else DECLARED_RTOL
    with suppress(NotScalar, TypeError, ValueError):
        ratio = _derived(family, relation) if declared is None else sympify(declared)
        if ratio is not None and ratio.free_symbols <= {family.parameter} and all(_agrees(ratio, family.parameter, relation, *one, rtol) for one in members):
            found = _limit(ratio, family.parameter, family.towards) if _inside_far_out(family) else None
            return Departure(ratio, family.parameter, family.towards, found, declared is None)
    return None


def _violated(family: Shown, instances: Sequence[Instance]) -> Relational | None:
    """The inequality of the conclusion that fails at every one of the members."""
    for part in gathered(family.statement.conclusion):
        if isinstance(part, (Le, Lt, Ge, Gt)):
            with suppress(ArithmeticError, ValueError, TypeError):
                if all(decide((), part, instance, RTOL).violates for instance in instances):
                    return part
    return None


def _derived(family: Shown, relation: Relational) -> Expr | None:
    """The ratio of the sides at the members, for all values of the parameter from 1 on (or down to 0); None where a case stays open.

    Raises:
        NotScalar: if a quantity at the members has no closed form.
    """
    real = scalarise(with_members(relation, family.members))
    given = _range(family)
    if not isinstance(real, Relational):
        return None
    left, right = (without_cases(side, given) for side in real.args)
    return None if left is None or right is None or right == 0 else (left / right).cancel()


def _range(family: Shown) -> tuple[Boolean, ...]:
    x = family.parameter
    return (Ge(x, 1, evaluate=False),) if family.towards == oo else (Gt(x, 0, evaluate=False), Le(x, 1, evaluate=False))


def _agrees(ratio: Expr, parameter: Symbol, relation: Relational, value: Expr, instance: Instance, rtol: Fraction) -> bool:
    """Whether the closed form lies between the bounds that enclosures of both sides give the ratio at a member."""
    evaluator = EnclosingEvaluator(instance, rtol)
    left, right = (evaluator.scalar(side, evaluator.env, "both") for side in relation.args)
    if not isinstance(left, Enclosure) or not isinstance(right, Enclosure):
        return False
    found = left / right
    number = ratio.subs(parameter, value)
    number = Rational(number if number.is_Rational else number.evalf(DIGITS))
    return found.lower <= Fraction(int(number.p), int(number.q)) <= found.upper < float("inf")


def _inside_far_out(family: Shown) -> bool:
    """Whether the hypotheses, which say what the classes are, hold at a member far beyond the certified ones, too. (Sequences are as long there.)"""
    if any(isinstance(symbol, MatrixSequence) for symbol in family.members):
        return True
    far = Integer(10) ** FAR
    with suppress(ArithmeticError, ValueError, TypeError):
        member = family.member(far if family.towards == oo else 1 / far)
        return member is not None and decide(family.statement.hypotheses, true, member, RTOL).hypotheses is Truth.HOLDS
    return False


def _limit(ratio: Expr, parameter: Symbol, towards: Any) -> Expr | None:
    """SymPy's limit, if it is a number or infinite and values of the ratio far out agree with it."""
    variable = Dummy("t", positive=True)
    explicit = ratio.xreplace({parameter: variable if towards == oo else 1 / variable})
    try:
        found = limit(explicit, variable, oo)
        near, far = (explicit.evalf(DIGITS, subs={variable: Integer(10) ** power}) for power in (6, 12))
    except (NotImplementedError, ValueError, TypeError, RecursionError, AttributeError):
        return None
    if not near.is_Float and not near.is_Rational:
        return None
    if found == oo:
        return found if far > 1000 and far > near else None
    if not found.is_number or not found.is_finite:
        return None
    return found if abs(far - found) < Rational(1, 1000) and abs(far - found) <= abs(near - found) else None
