"""Enclosing the supremum of a rational expression over a real variable.

Lower side: the body at one rational point. Upper side, for a rational function over ``(low, ∞)``: with ``r = low + x`` the
polynomials ``den`` and ``s·den − num`` in ``x`` have no negative coefficient, hence ``body <= s`` for every ``x > 0``.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import sympy
from sympy import Poly, Rational, Symbol, oo

from verify.domain.rational import rounded
from verify.evaluate.floats import supremum_place
from verify.language.logic import Supremum
from verify.numerics.enclosure import Enclosure
from verify.numerics.exact import GaussianRational, RationalMatrix

if TYPE_CHECKING:
    from verify.evaluate.enclosing import EnclosingEvaluator

__all__ = ["enclose_supremum"]

Env = Mapping[str, Any]


def enclose_supremum(evaluator: EnclosingEvaluator, expr: Supremum, env: Env, side: str) -> Enclosure:
    """Rigorous bounds of ``sup`` with witnesses ``point`` and ``polynomial``; a side that cannot be shown stays infinite."""
    found = Enclosure.everything()
    if side != "upper":
        found = _below(evaluator, expr, env)
    if side != "lower" and expr.limits[1] == oo:
        above = _above(evaluator, expr, env)
        found = Enclosure(found.lower, above.upper, found.rigour, found.lower_witness, above.upper_witness)
    return found


def _below(evaluator: EnclosingEvaluator, expr: Supremum, env: Env) -> Enclosure:
    best = Enclosure.everything()
    ends = [evaluator.scalar(limit, env) for limit in expr.limits if limit != oo]
    if not all(isinstance(end, Enclosure) and end.is_exact for end in ends):
        return best
    low, high = Fraction(ends[0].lower), Fraction(ends[1].lower) if len(ends) == 2 else None
    for place in _places(expr, env, low, high):
        value = evaluator.scalar(expr.body, evaluator.bind(env, str(expr.variable), place), "lower")
        if isinstance(value, Enclosure) and value.lower > best.lower:
            best = Enclosure(value.lower, best.upper, value.rigour, {"by": "point", "value": str(place)}, None)
    return best


def _places(expr: Supremum, env: Env, low: Fraction, high: Fraction | None) -> list[Fraction]:
    """Rational points near the float maximiser, simple ones included."""
    floats = {name: _float(value) for name, value in env.items() if name != "__bound__"}
    with np.errstate(all="ignore"):
        x = float(supremum_place(expr, floats)[0]) - float(low)
    found = {low + rounded(x, digits) for digits in (1, 2, 4, 8)}
    return sorted(place for place in found if place > low and (high is None or place < high))


def _float(value: Any) -> Any:
    """An exact value as a batch of one."""
    if isinstance(value, tuple):
        return tuple(_float(term) for term in value)
    if isinstance(value, RationalMatrix):
        return value.to_numpy()[None]
    return value if isinstance(value, int) else np.array([complex(value) if isinstance(value, GaussianRational) else float(value)])


def _above(evaluator: EnclosingEvaluator, expr: Supremum, env: Env) -> Enclosure:
    fraction = _as_rational_function(expr, env)
    if fraction is None:
        return Enclosure.everything()
    num, den = fraction
    for value in _candidates(num, den):
        if all(c >= 0 for c in den.all_coeffs()) and all(c >= 0 for c in (den * Poly(value, *den.gens) - num).all_coeffs()):
            exact = Fraction(int(value.p), int(value.q))
            return Enclosure(-float("inf"), exact, upper_witness={"by": "polynomial", "value": str(exact)})
    return Enclosure.everything()


def _as_rational_function(expr: Supremum, env: Env) -> tuple[Poly, Poly] | None:
    """Numerator and denominator in ``x = r − low`` with rational coefficients, or None."""
    values = {s: Rational(str(Fraction(env[s.name]))) for s in expr.free_symbols if isinstance(env.get(s.name), (Fraction, int))}
    x = Symbol("x")
    body = expr.body.xreplace(values).xreplace({expr.variable: x + expr.limits[0].xreplace(values)})
    num, den = sympy.fraction(sympy.together(body))
    if body.free_symbols - {x} or not (num.is_polynomial(x) and den.is_polynomial(x)):
        return None
    num, den = Poly(num, x), Poly(den, x)
    if den.LC() < 0:
        num, den = -num, -den
    return num, den


def _candidates(num: Poly, den: Poly) -> list[Rational]:
    """Values worth trying: the limit at infinity, and just above the float supremum."""
    found = []
    if num.degree() <= den.degree():
        found.append(Rational(num.LC(), den.LC()) if num.degree() == den.degree() else Rational(0))
    grid = np.exp(np.linspace(-24, 24, 4801))
    peak = float(np.nanmax(np.polyval([float(c) for c in num.all_coeffs()], grid) / np.polyval([float(c) for c in den.all_coeffs()], grid)))
    found += [Rational(str(rounded(peak * (1 + 10.0**-digits), digits + 2))) for digits in (9, 6, 4, 2)]
    return found
