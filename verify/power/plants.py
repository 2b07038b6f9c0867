"""Planted errors: a sharp statement made false by one edit of its SymPy tree.

A sharp inequality ``small <= large`` is attained, so that ``small <= (1 − d) large`` is false for every ``d > 0``, however small. The other edits are the
mistakes that formulas suffer in practice. Of those only the relative error is false by construction; an edited statement may be weaker than the original
and still true, so that one which the search does not refute is not thereby a failure of the search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import sympy
from sympy import And, Equivalent, Expr, Implies, Not, Rational, S
from sympy.core.relational import Relational

from verify.language.claim import BadClaim, Claim, Reading
from verify.language.logic import IndexMaximum, IndexMinimum
from verify.language.printing import text
from verify.language.quantities import LargestEigenvalue, MatrixQuantity, SmallestEigenvalue, SpectralAbscissa
from verify.search.problem import Problem

__all__ = ["Plant", "Spot", "edited", "plants", "premises", "spots", "with_error"]

_UP = (sympy.Le, sympy.Lt)
_DOWN = (sympy.Ge, sympy.Gt)
_STRICT = {sympy.Le: sympy.Lt, sympy.Ge: sympy.Gt}
_WRONG_BRANCH = Rational(9, 10)
Place = tuple[int, ...]


@dataclass(frozen=True)
class Spot:
    """A relation inside a statement, by the indices that lead to it; ``sign`` is −1 where it is a premise."""

    place: Place
    relation: Relational
    sign: int

    @property
    def text(self) -> str:
        return text(self.relation)


@dataclass(frozen=True)
class Plant:
    """A statement with one error."""

    kind: str
    text: str
    problem: Problem


# -- where -------------------------------------------------------------------------------------------------------------


def spots(statement: Any) -> tuple[Spot, ...]:
    """The relations whose bound can be wrong: of a conjunction, of the consequent of an implication, of an equivalence; its premise not."""
    return tuple(_spots(statement, (), 1))


def _spots(statement: Any, place: Place, sign: int) -> Iterator[Spot]:
    if isinstance(statement, (*_UP, *_DOWN, sympy.Eq)):
        if statement.rhs != 0:
            yield Spot(place, statement, sign)
    elif isinstance(statement, (And, Equivalent)):
        for k, arg in enumerate(statement.args):
            yield from _spots(arg, (*place, k), sign)
    elif isinstance(statement, Implies):
        yield from _spots(statement.args[1], (*place, 1), sign)
    elif isinstance(statement, Not):
        yield from _spots(statement.args[0], (*place, 0), -sign)


def premises(statement: Any, place: Place) -> tuple[Any, ...]:
    """What is assumed at a place: the premises of the implications above it."""
    if not place:
        return ()
    own = (statement.args[0],) if isinstance(statement, Implies) and place[0] == 1 else ()
    return (*own, *premises(statement.args[place[0]], place[1:]))


def edited(statement: Any, place: Place, change: Callable[[Any], Any]) -> Any:
    """The tree with one node replaced; nothing else is simplified or folded."""
    if not place:
        return change(statement)
    args = list(statement.args)
    args[place[0]] = edited(args[place[0]], place[1:], change)
    return _rebuilt(statement, args)


def _always(new: Any) -> Callable[[Any], Any]:
    return lambda _: new


def _rebuilt(expr: Any, args: list[Any]) -> Any:
    if isinstance(expr, (sympy.logic.boolalg.BooleanFunction, Relational)):
        return expr.func(*args, evaluate=False)
    return expr.func(*args)


# -- a relative error --------------------------------------------------------------------------------------------------


def with_error(problem: Problem, spot: Spot, d: Fraction) -> Problem:
    """The statement with the bound (the right-hand side) of one relation wrong by the relative error ``d``, to the side on which it is false if sharp."""
    size = Rational(d.numerator, d.denominator)
    return _planted(problem, edited(problem.conclusion, spot.place, lambda relation: _tightened(relation, size * spot.sign)))


def _tightened(relation: Relational, d: Rational) -> Relational:
    left, right = relation.args
    down = isinstance(relation, (*_UP, sympy.Eq))
    signless = _nonnegative(right) or (down and _nonnegative(left))
    wrong = right * (1 - d if down else 1 + d) if signless else right - d * sympy.Abs(right) if down else right + d * sympy.Abs(right)
    return relation.func(left, wrong, evaluate=False)


def _nonnegative(expr: Any) -> bool:
    """Is it plain from its form that the expression is not negative where it is defined?"""
    if isinstance(expr, MatrixQuantity):
        return not isinstance(expr, (LargestEigenvalue, SmallestEigenvalue, SpectralAbscissa))
    if isinstance(expr, (sympy.Add, sympy.Mul, sympy.Min, IndexMaximum, IndexMinimum)):
        return all(_nonnegative(arg) for arg in (expr.args if not isinstance(expr, (IndexMaximum, IndexMinimum)) else expr.args[:1]))
    if isinstance(expr, sympy.Max):
        return any(_nonnegative(arg) for arg in expr.args)
    if isinstance(expr, sympy.Pow):
        return bool(expr.exp.is_even) or expr.exp == S.Half or _nonnegative(expr.base)
    if isinstance(expr, sympy.Piecewise):
        return all(_nonnegative(value) for value, _ in expr.args)
    return isinstance(expr, (sympy.Abs, sympy.exp)) or bool(expr.is_number and expr.is_nonnegative)


def _planted(problem: Problem, statement: Any, claim: Claim | None = None, **changes: Any) -> Problem:
    reading: Reading = replace(problem.reading, statement=statement, proof=None, **changes)
    claim = replace(claim or problem.claim, readings=[reading])
    return Problem(claim, reading)


# -- the mistakes that formulas suffer ---------------------------------------------------------------------------------


def plants(problem: Problem) -> Iterator[Plant]:
    """Every single edit of the statement and its hypotheses, those that SymPy would fold away left out; the hypotheses first."""
    yield from _hypotheses_dropped(problem)
    yield from _classes_widened(problem)
    for spot in spots(problem.conclusion):
        if spot.sign > 0:
            yield from _in_relation(problem, spot)


def _in_relation(problem: Problem, spot: Spot) -> Iterator[Plant]:
    seen = {spot.relation}
    for kind, words, relation in _changes(spot.relation):
        if relation not in seen and isinstance(relation, Relational):
            seen.add(relation)
            try:
                planted = _planted(problem, edited(problem.conclusion, spot.place, _always(relation)))
            except BadClaim:  # an edit that leaves no statement, such as a division by zero
                continue
            yield Plant(kind, words, planted)


def _changes(relation: Relational) -> Iterator[tuple[str, str, Any]]:
    if type(relation) in _STRICT:
        yield "strict", "strict for non-strict", _STRICT[type(relation)](*relation.args, evaluate=False)
    for place, node in _nodes(relation.rhs, ()):
        for kind, words, new in _mistakes(node, down=isinstance(relation, (*_UP, sympy.Eq))):
            right = edited(relation.rhs, place, _always(new))
            yield kind, words, relation.func(relation.lhs, right, evaluate=False)


def _nodes(expr: Any, place: Place) -> Iterator[tuple[Place, Any]]:
    """Scalar nodes, the root first; the matrices inside quantities are left alone."""
    yield place, expr
    if isinstance(expr, sympy.Piecewise):
        for k, (value, _) in enumerate(expr.args):
            yield from _nodes(value, (*place, k, 0))
    elif not isinstance(expr, MatrixQuantity):
        for k, arg in enumerate(expr.args):
            if isinstance(arg, Expr) and not getattr(arg, "is_Matrix", False):
                yield from _nodes(arg, (*place, k))


def _mistakes(node: Any, *, down: bool) -> Iterator[tuple[str, str, Any]]:
    if isinstance(node, sympy.Pow) and not node.is_number:
        for step in (-1, 1):
            yield "exponent", f"{text(node)} with the exponent {'+' if step > 0 else '−'} 1", node.base ** (node.exp + step)
    if isinstance(node, sympy.Mul):
        for k, factor in enumerate(node.args):
            if factor != -1:
                yield "factor", f"{text(node)} without the factor {text(factor)}", node.func(*(arg for i, arg in enumerate(node.args) if i != k))
    for one, other in ((sympy.Max, sympy.Min), (sympy.Min, sympy.Max), (IndexMaximum, IndexMinimum), (IndexMinimum, IndexMaximum)):
        if isinstance(node, one):
            yield "extremum", f"{text(node)}: maximum and minimum exchanged", other(*node.args)
    if isinstance(node, sympy.Piecewise):
        factor = _WRONG_BRANCH if down else 1 / _WRONG_BRANCH
        for k, (value, condition) in enumerate(node.args):
            cases = [(factor * value, condition) if i == k else case for i, case in enumerate(node.args)]
            yield "branch", f"the branch {text(value)} wrong by a tenth", sympy.Piecewise(*cases)


def _hypotheses_dropped(problem: Problem) -> Iterator[Plant]:
    claim, reading = problem.claim, problem.reading
    for k, hypothesis in enumerate(claim.hypotheses):
        rest = replace(claim, hypotheses=(*claim.hypotheses[:k], *claim.hypotheses[k + 1 :]))
        yield Plant("hypothesis", f"without {text(hypothesis)}", _planted(problem, problem.conclusion, rest))
    for k, hypothesis in enumerate(reading.hypotheses):
        rest_of = (*reading.hypotheses[:k], *reading.hypotheses[k + 1 :])
        yield Plant("hypothesis", f"without {text(hypothesis)}", _planted(problem, problem.conclusion, hypotheses=rest_of))


def _classes_widened(problem: Problem) -> Iterator[Plant]:
    domain = dict(problem.claim.domain_of(problem.reading))
    for symbol, cls in domain.items():
        for words, wider in cls.wider(symbol):
            yield Plant("hypothesis", f"without {words}", _planted(problem, problem.conclusion, domain={**domain, symbol: wider}))
