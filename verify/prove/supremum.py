"""Suprema over an interval in closed form, for bodies rational in the variable.

A value ``v`` is accepted as ``sup_{lo<r<hi} f(r)`` when two things are decided under the facts at hand: ``f(r) <= v`` for all ``r`` in
the interval, and ``v`` is a value or a limit of ``f``: ``v = f(r*)`` with ``lo < r* < hi``, or ``v = f(lo)`` with a denominator that is
not zero at ``lo`` (``f`` is continuous there), or, towards infinity, the quotient of leading coefficients. Candidates ``r*`` are the
zeros of ``f'`` that come from linear factors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sympy import (
    And,
    Eq,
    Expr,
    Implies,
    Max,
    Ne,
    Not,
    Or,
    Piecewise,
    Poly,
    PolynomialError,
    S,
    cancel,
    oo,
    postorder_traversal,
)
from sympy.core.relational import Ge, Gt, Le, Lt
from sympy.logic.boolalg import Boolean

from verify.language.logic import ForAll, Supremum
from verify.prove.literals import replaced
from verify.prove.ring import factored

if TYPE_CHECKING:
    from verify.prove.solver import Decision

__all__ = ["ClosedForm", "closed_form", "closed_suprema"]

Decide = Callable[[Boolean, tuple[Boolean, ...]], "Decision"]


@dataclass(frozen=True)
class ClosedForm:
    """The value of a supremum, in words, and the level of what decided it."""

    value: Expr
    text: str
    level: str


@dataclass(frozen=True)
class _Candidate:
    """``value`` is reached at ``where`` (or as a limit) if the conditions hold."""

    value: Expr
    where: Expr
    conditions: tuple[Boolean, ...]
    interior: bool


def closed_suprema(given: Sequence[Boolean], statement: Boolean, decide: Decide) -> tuple[tuple[Boolean, ...], Boolean, list[str], str]:
    """Suprema replaced by their closed forms, or ``sup f <= s`` by ``f <= s`` for all; with notes, and the weakest level."""
    notes: list[str] = []
    level = "P3"
    parts = [*given, statement]
    for node in _suprema(parts):
        facts = tuple(part for part in parts[:-1] if not part.has(Supremum))
        if (form := closed_form(node, facts, decide)) is not None:
            parts = [replaced(part, {node: form.value}) for part in parts]
            notes.append(form.text)
            level = min(level, form.level)
    if parts[-1].has(Supremum):
        parts[-1] = _pointwise(parts[-1])
    return tuple(parts[:-1]), parts[-1], notes, level


def _suprema(parts: Sequence[Boolean]) -> list[Supremum]:
    found: dict[Supremum, None] = {}
    for part in parts:
        for node in postorder_traversal(part):
            if isinstance(node, Supremum) and not any(isinstance(inner, Supremum) for inner in postorder_traversal(node.body)):
                found[node] = None
    return list(found)


def _pointwise(statement: Boolean) -> Boolean:
    """In conclusions: ``sup f <= s`` says that ``f <= s`` on the whole interval. (Nothing of the kind holds for ``<``.)"""
    if isinstance(statement, (And, Or)):
        return statement.func(*map(_pointwise, statement.args), evaluate=False)
    if isinstance(statement, Not) or not isinstance(statement, (Le, Ge)):
        return statement
    small, large = statement.args if isinstance(statement, Le) else statement.args[::-1]
    if not isinstance(small, Supremum) or large.has(Supremum):
        return statement
    return ForAll([small.variable], Implies(_inside(small), Le(small.body, large, evaluate=False), evaluate=False))


def _inside(supremum: Supremum) -> Boolean:
    low, high = supremum.limits
    return _between(supremum.variable, low, high)


def _between(value: Expr, low: Expr, high: Expr) -> Boolean:
    bounds = ([] if low == -oo else [Gt(value, low, evaluate=False)]) + ([] if high == oo else [Lt(value, high, evaluate=False)])
    return And(*bounds, evaluate=False) if bounds else S.true


def closed_form(supremum: Supremum, facts: tuple[Boolean, ...], decide: Decide) -> ClosedForm | None:
    """The closed form of a supremum under the facts, or None if none was found and decided."""
    levels: list[str] = []

    def valid(goal: Boolean) -> bool:
        if goal is S.true:
            return True
        decision = decide(goal, facts)
        if decision.status == "valid":
            levels.append(decision.level)
        return decision.status == "valid"

    low, high = supremum.limits
    if low != -oo and high != oo and not valid(Lt(low, high, evaluate=False)):
        return None
    candidates = list(_candidates(supremum))
    for value, where, conditions in _proposals(candidates, supremum):
        bound = Implies(_inside(supremum), Le(supremum.body, value, evaluate=False), evaluate=False)
        if all(map(valid, conditions)) and valid(ForAll([supremum.variable], bound)):
            return ClosedForm(value, f"{supremum} = {value}, {where}", min(levels, default="P3"))
    return None


def _proposals(candidates: Sequence[_Candidate], supremum: Supremum) -> Iterator[tuple[Expr, str, tuple[Boolean, ...]]]:
    """Each candidate alone; then the largest of all, with those inside counted only where they are."""
    for one in candidates:
        yield one.value, f"{'at' if one.interior else 'as a limit at'} {supremum.variable} = {one.where}", one.conditions
    ends = [one for one in candidates if not one.interior]
    inside = [one for one in candidates if one.interior]
    if ends and inside:
        values = [_where_inside(one, ends[0].value) for one in inside]
        reached = [Implies(Ne(one.where.as_numer_denom()[1], 0, evaluate=False), one.conditions[1], evaluate=False) for one in inside]
        conditions = (*(condition for one in ends for condition in one.conditions), *reached)
        where = "the largest of its values at the ends and where the derivative vanishes"
        yield Max(*(one.value for one in ends), *values), where, conditions
    if len(ends) > 1:
        yield Max(*(one.value for one in ends)), "the larger of its limits at the ends", tuple(c for one in ends for c in one.conditions)


def _where_inside(candidate: _Candidate, otherwise: Expr) -> Expr:
    """Its value where the point exists and lies inside."""
    bottom = candidate.where.as_numer_denom()[1]
    nowhere = [] if bottom.is_Rational else [(otherwise, Eq(bottom, 0, evaluate=False))]
    return Piecewise(*nowhere, (candidate.value, candidate.conditions[0]), (otherwise, True), evaluate=False)


def _candidates(supremum: Supremum) -> Iterator[_Candidate]:
    r, (low, high) = supremum.variable, supremum.limits
    try:
        numerator, denominator = (Poly(part, r) for part in cancel(supremum.body).as_numer_denom())
    except PolynomialError:
        return
    if any(coefficient.has(r) for coefficient in (*numerator.coeffs(), *denominator.coeffs())):
        return
    slope = numerator.diff(r) * denominator - numerator * denominator.diff(r)
    for point in _linear_roots(slope.as_expr(), r):
        if denominator.eval(point).expand() == 0:
            continue
        value = cancel(supremum.body.subs(r, point))
        reached = Implies(_between(point, low, high), Eq(replaced(supremum.body, {r: point}), value, evaluate=False), evaluate=False)
        yield _Candidate(value, point, (_between(point, low, high), reached), True)
    same = Eq(supremum.body, numerator.as_expr() / denominator.as_expr(), evaluate=False)
    quotient = ForAll([r], Implies(_inside(supremum), same, evaluate=False))
    for end in (low, high):
        bottom = denominator.LC() if end in (oo, -oo) else denominator.eval(end)
        if bottom != 0 and (value := _limit(numerator, denominator, end)) is not None:
            yield _Candidate(value, end, (quotient, Ne(bottom, 0, evaluate=False)), False)


def _linear_roots(slope: Expr, r: Any) -> Iterator[Expr]:
    if slope == 0:
        return
    for base, _ in factored(slope)[1] if slope.is_polynomial() else ():
        if base.has(r) and Poly(base, r).degree() == 1:
            a, b = Poly(base, r).all_coeffs()
            yield cancel(-b / a)


def _limit(numerator: Poly, denominator: Poly, end: Expr) -> Expr | None:
    """The limit of a quotient at an end where the denominator (at infinity: its leading coefficient) is not zero; None if infinite."""
    if end not in (oo, -oo):
        return cancel(numerator.eval(end) / denominator.eval(end))
    if numerator.is_zero or numerator.degree() < denominator.degree():
        return S.Zero
    return cancel(numerator.LC() / denominator.LC()) if numerator.degree() == denominator.degree() else None
