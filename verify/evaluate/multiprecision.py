"""The multiprecision evaluator: both sides of a statement at one instance, to any number of digits, by mpmath.

Not rigorous: a second opinion (evidence level R1) and the source of the digits that a report prints.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import mpmath
import sympy
from sympy import S
from sympy.core.relational import Relational

from verify.domain.instance import Instance
from verify.evaluate.errors import NotEvaluable
from verify.evaluate.pointwise import PointEvaluator
from verify.language.logic import Supremum
from verify.language.quantities import MatrixQuantity
from verify.numerics import multiprecision
from verify.numerics.exact import GaussianRational, RationalMatrix

__all__ = ["MultiprecisionEvaluator", "both_sides", "confirms_violation", "violation_margin"]

Env = Mapping[str, Any]


class MultiprecisionEvaluator(PointEvaluator):
    """Evaluates at one instance with ``dps`` digits (and a few guard digits)."""

    def __init__(self, instance: Instance, dps: int = 50) -> None:
        self.dps = dps
        self.env: Env = {**instance.sizes, **{name: _value(value) for name, value in instance.values.items()}}
        self._known: dict[MatrixQuantity, Any] = {}

    def number(self, value: sympy.Expr) -> Any:
        if value is S.ImaginaryUnit:
            return mpmath.mpc(0, 1)
        return mpmath.mpf(int(value.p)) / int(value.q) if value.is_Rational else mpmath.mpf(value._to_mpmath(mpmath.mp.prec + 10))

    def symbol(self, value: Any) -> Any:
        return mpmath.mpf(value) if isinstance(value, int) else value

    def power(self, base: Any, exponent: Any) -> Any:
        return mpmath.power(base, exponent)

    def function(self, name: str, value: Any) -> Any:
        return {"exp": mpmath.exp, "log": mpmath.log, "Abs": abs, "re": mpmath.re, "im": mpmath.im, "conjugate": mpmath.conj}[name](value)

    def extremum(self, name: str, values: list[Any]) -> Any:
        return max(values) if name == "max" else min(values)

    def identity(self, order: int) -> Any:
        return mpmath.eye(order)

    def zeros(self, rows: int, cols: int) -> Any:
        return mpmath.zeros(rows, cols)

    def assemble(self, blocks: list[list[Any]]) -> Any:
        result = mpmath.matrix(sum(row[0].rows for row in blocks), sum(block.cols for block in blocks[0]))
        top = 0
        for row in blocks:
            left = 0
            for block in row:
                result[top : top + block.rows, left : left + block.cols] = block
                left += block.cols
            top += row[0].rows
        return result

    def entries(self, rows: list[list[Any]]) -> Any:
        return mpmath.matrix(rows)

    def matrix_function(self, name: str, value: Any) -> Any:
        if name == "trace":
            return functools.reduce(lambda x, y: x + y, (value[i, i] for i in range(value.rows)))
        return {"inverse": lambda: value**-1, "transpose": value.transpose, "adjoint": value.transpose_conj, "determinant": lambda: mpmath.det(value)}[name]()

    def entry(self, matrix: Any, row: int, column: int) -> Any:
        return matrix[row, column]

    def matrix_power(self, base: Any, exponent: int) -> Any:
        return base**exponent

    def scale(self, factor: Any, matrix: Any) -> Any:
        return matrix * factor

    def quantity(self, expr: MatrixQuantity, env: Env, side: str) -> Any:
        """Measured once, wherever it stands in the statement (unless a bound index is about, on which it may depend)."""
        if env is not self.env:
            return self._measured(expr, env)
        if expr not in self._known:
            self._known[expr] = self._measured(expr, env)
        return self._known[expr]

    def _measured(self, expr: MatrixQuantity, env: Env) -> Any:
        matrix = self.matrix(expr.matrix, env)
        name = type(expr).__name__
        if name == "PowerNorm":
            return multiprecision.spectral_norm(matrix ** self.integer(expr.args[1], env), self.dps)
        extra = [self.scalar(scalar, env) for scalar in expr.args[1:]]
        functions: dict[str, Callable[..., Any]] = {
            "Norm": multiprecision.spectral_norm, "SpectralRadius": multiprecision.spectral_radius,
            "SpectralAbscissa": multiprecision.spectral_abscissa, "ExponentialNorm": _exponential_norm,
            "SmallestSingularValue": multiprecision.smallest_singular_value, "ResolventNorm": multiprecision.resolvent_norm,
            "KreissConstant": multiprecision.kreiss_constant, "ContinuousKreissConstant": functools.partial(multiprecision.kreiss_constant, continuous=True),
            "TransientPeak": multiprecision.transient_peak, "PseudospectralRadius": multiprecision.pseudospectral_radius,
            "NumericalRadius": multiprecision.numerical_radius, "SpectrumDistance": multiprecision.spectrum_distance,
            "LargestEigenvalue": multiprecision.largest_eigenvalue, "SmallestEigenvalue": multiprecision.smallest_eigenvalue,
        }
        if name not in functions:
            raise NotEvaluable(f"no multiprecision value for {name}")
        return functions[name](matrix, *extra, dps=self.dps)

    def supremum(self, expr: Supremum, env: Env, side: str) -> Any:
        raise NotEvaluable("a supremum over a parameter has no multiprecision value: it is bounded rigorously or decided symbolically")

    def choose(self, cases: tuple[Any, ...], env: Env, side: str) -> Any:
        for value, condition in cases:
            slack = mpmath.mpf(10) ** (-self.dps // 2)
            if condition == S.true or _violation(condition, self, slack) <= slack:
                return self.scalar(value, env)
        raise NotEvaluable("no case of the piecewise expression applies")


def both_sides(relation: Relational, instance: Instance, dps: int = 50) -> tuple[Any, Any]:
    """Both sides of a relation at an exact instance, to ``dps`` digits (not rigorous)."""
    with mpmath.workdps(dps + 10):
        evaluator = MultiprecisionEvaluator(instance, dps)
        return evaluator.scalar(relation.lhs, evaluator.env), evaluator.scalar(relation.rhs, evaluator.env)


def confirms_violation(statement: Any, instance: Instance, dps: int = 50) -> bool | None:
    """Is a statement false at an exact instance, as far as ``dps`` digits tell (level R1)? None where mpmath has no value for it."""
    margin = violation_margin(statement, instance, dps)
    return None if margin is None else bool(margin > mpmath.mpf(10) ** (-dps // 2))


def violation_margin(statement: Any, instance: Instance, dps: int = 50) -> Any:
    """The relative violation of a statement at an exact instance, as in :mod:`verify.evaluate.floats`, to ``dps`` digits.

    Positive where the statement is false. An implication whose premise fails by more than ``10^(-dps/2)`` is not violated. None where mpmath has no
    value for the statement. Not rigorous.
    """
    return _remembered(statement, _Place(instance), dps)


@dataclass(frozen=True)
class _Place:
    """An instance, equal to any other with the same values."""

    instance: Instance = field(compare=False)
    key: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", json.dumps(self.instance.to_json()))


@functools.lru_cache(maxsize=256)
def _remembered(statement: Any, place: _Place, dps: int) -> Any:
    """Several candidates of a search round to one instance."""
    try:
        with mpmath.workdps(dps + 10):
            return _violation(statement, MultiprecisionEvaluator(place.instance, dps), mpmath.mpf(10) ** (-dps // 2))
    except (NotEvaluable, ArithmeticError, ValueError, KeyError, TypeError):
        return None  # a TypeError: the larger of complex numbers was asked for


def _violation(statement: Any, evaluator: MultiprecisionEvaluator, slack: Any) -> Any:
    """The larger side is the unit; a hypothesis counts as met up to ``slack``."""
    if isinstance(statement, (sympy.And, sympy.Or)):
        return (max if isinstance(statement, sympy.And) else min)(_violation(arg, evaluator, slack) for arg in statement.args)
    if isinstance(statement, sympy.Implies):
        given = _violation(statement.args[0], evaluator, slack)
        return -given if given > slack else _violation(statement.args[1], evaluator, slack)
    if not isinstance(statement, (sympy.Le, sympy.Lt, sympy.Ge, sympy.Gt, sympy.Eq)):
        raise NotEvaluable(f"no multiprecision truth for {type(statement).__name__}")
    left, right = (evaluator.scalar(side, evaluator.env) for side in (statement.lhs, statement.rhs))
    if not isinstance(statement, sympy.Eq) and not all(mpmath.im(side) == 0 for side in (left, right)):
        raise NotEvaluable(f"a side of {statement} is not real there, so it has no order")
    if isinstance(statement, sympy.Eq):
        return abs(left - right) / max(abs(left), abs(right)) if left != right else mpmath.mpf(0)
    left, right = mpmath.re(left), mpmath.re(right)
    small, large = (left, right) if isinstance(statement, (sympy.Le, sympy.Lt)) else (right, left)
    if mpmath.isinf(small) or mpmath.isinf(large):
        return mpmath.mpf((small > large) - (small < large))
    return (small - large) / max(abs(small), abs(large)) if small != large else mpmath.mpf(0)


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_value(term) for term in value)
    if isinstance(value, RationalMatrix):
        return value.to_mpmath()
    if isinstance(value, GaussianRational):
        return mpmath.mpc(_value(value.re), _value(value.im))
    return mpmath.mpf(Fraction(value).numerator) / Fraction(value).denominator


def _exponential_norm(matrix: Any, t: Any, dps: int) -> Any:
    """Backward in time with ``−X``."""
    return multiprecision.exponential_norm(matrix if t >= 0 else -matrix, abs(t), dps)
