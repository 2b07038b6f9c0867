"""The constants inside a statement, each made wrong by a relative error: ``4`` in ``4 η K < 1 − γ``, ``1/4`` in ``κ/4 + 1/κ``, the ``2`` where a case begins.

Of a sharp statement a constant may be wrong in one direction only: the other leaves it weaker, and true. Which one makes the statement stronger is seen from
its violation margins at random members and at extreme ones, before and after; that says where to begin, and what counts is a refutation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
import sympy
from sympy import Expr, Rational
from sympy.core.relational import Relational

from verify.domain import Batch
from verify.evaluate.errors import NotEvaluable
from verify.language.claim import BadClaim
from verify.language.logic import IndexMaximum, IndexMinimum, Supremum
from verify.language.printing import text
from verify.language.quantities import MatrixQuantity
from verify.search.portfolio import evaluated
from verify.search.problem import Problem, seed_stream

__all__ = ["Constant", "constants", "stronger_first", "with_constant"]

Place = tuple[int, ...]
_BODY_ONLY = (IndexMaximum, IndexMinimum, Supremum, sympy.Sum, sympy.Product)
_WHOLE = (sympy.Max, sympy.Min, Relational, sympy.functions.elementary.piecewise.ExprCondPair)
_MEMBERS = 64


@dataclass(frozen=True)
class Constant:
    """A number (its modulus) at one place of a statement, or at all the places where it stands, with either sign."""

    value: Expr
    places: tuple[Place, ...]
    where: tuple[str, ...]
    """What it stands in: the innermost relation, a premise or a condition named as such."""

    @property
    def text(self) -> str:
        return f"{text(self.value)} in {self.where[0]}" if len(self.places) == 1 else f"{text(self.value)} wherever it stands"


def constants(statement: Any) -> tuple[Constant, ...]:
    """Every number other than ±1 that is a factor, and every number that is a side, a term of a maximum or the value of a case; then those at several places
    as a whole.

    Exponents, the limits of sums and the entries of matrices are left alone.
    """
    found = [Constant(abs(value), (place,), (where,)) for place, value, where in _numbers(statement, (), "", "")]
    values = dict.fromkeys(one.value for one in found if one.value != 1)
    alike = [[one for one in found if one.value == value] for value in values]
    joint = [Constant(same[0].value, tuple(one.places[0] for one in same), tuple(one.where[0] for one in same)) for same in alike if len(same) > 1]
    return (*found, *joint)


def _numbers(node: Any, place: Place, role: str, relation: str) -> Iterator[tuple[Place, Expr, str]]:
    if isinstance(node, MatrixQuantity) or getattr(node, "is_Matrix", False):
        return
    if isinstance(node, Relational):
        relation = f"{role}{text(node)}"
    for k, arg in enumerate(node.args[:1] if isinstance(node, _BODY_ONLY) else node.args):
        here = (*place, k)
        if isinstance(arg, Expr) and arg.is_number:
            whole, factor = isinstance(node, _WHOLE), isinstance(node, sympy.Mul) and abs(arg) != 1
            if (whole or factor) and arg.is_real and arg.is_finite and arg != 0:
                yield here, arg, relation
        elif isinstance(arg, sympy.Basic) and not (isinstance(node, sympy.Pow) and k == 1):
            premise = isinstance(node, sympy.Implies) and k == 0
            condition = isinstance(node, sympy.functions.elementary.piecewise.ExprCondPair) and k == 1
            yield from _numbers(arg, here, "the premise " if premise else "the condition " if condition else role, relation)


def with_constant(problem: Problem, constant: Constant, d: Fraction, *, larger: bool) -> Problem:
    """The statement with the constant multiplied by ``1 + d`` or ``1 − d`` at all its places."""
    factor = 1 + Rational(d.numerator, d.denominator) * (1 if larger else -1)
    statement = _edited(problem.conclusion, {place: lambda number: factor * number for place in constant.places})
    reading = replace(problem.reading, statement=statement, proof=None)
    return Problem(replace(problem.claim, readings=[reading]), reading)


def _edited(node: Any, changes: Mapping[Place, Callable[[Any], Any]]) -> Any:
    """The tree with several nodes replaced at once: rebuilding one would move the others."""
    if () in changes:
        return changes[()](node)
    below: dict[int, dict[Place, Callable[[Any], Any]]] = {}
    for place, change in changes.items():
        below.setdefault(place[0], {})[place[1:]] = change
    args = [_edited(arg, below[k]) if k in below else arg for k, arg in enumerate(node.args)]
    if isinstance(node, (sympy.logic.boolalg.BooleanFunction, Relational)):
        return node.func(*args, evaluate=False)
    return node.func(*args)


def stronger_first(problem: Problem, constant: Constant, seed: int) -> tuple[bool, bool]:
    """The two directions (is the constant made larger?), that which raises the violation margins of members first."""
    rng = seed_stream(seed, problem.claim.id, problem.reading.key, "constant", constant.text)
    sizes = next(iter(problem.domain.smallest_sizes(1)))
    corners = [instance.batch() for instance in problem.domain.corners(sizes, 12, rng)]
    try:
        rises = float(np.sum(_rise(problem, constant, problem.domain.sample(rng, sizes, _MEMBERS))))
        rises += sum(evaluated(corners, lambda batch: _rise(problem, constant, batch)))
    except (BadClaim, NotEvaluable):
        rises = 0.0
    return (True, False) if rises > 0 else (False, True)


def _rise(problem: Problem, constant: Constant, batch: Batch) -> np.ndarray:
    """How much more the statement is violated with a larger constant than with a smaller one."""
    up, down = (with_constant(problem, constant, Fraction(1, 100), larger=larger).margins(batch) for larger in (True, False))
    return np.where(np.isfinite(up) & np.isfinite(down), np.nan_to_num(up - down, posinf=0.0, neginf=0.0), 0.0)
