"""The enclosing evaluator: a statement at an exact instance, three-valued and rigorous.

Scalars are enclosures (or exact Gaussian rationals), matrices are exact. Every quantity is bounded by :mod:`verify.numerics.bounds`, which
verifies what it says; the witnesses are gathered as the evaluation goes, so that what decided a statement can be written down as a certificate.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import sympy
from sympy import S
from sympy.core.relational import Relational

from verify.domain.instance import Instance
from verify.evaluate.pointwise import PointEvaluator
from verify.evaluate.supremum import enclose_supremum
from verify.language.logic import (
    ForAllIndex,
    MatrixEq,
    Normal,
    PositiveDefinite,
    PositiveSemidefinite,
    Supremum,
    Symmetric,
)
from verify.language.quantities import ContinuousKreissConstant, KreissConstant, MatrixQuantity, TransientPeak
from verify.language.tree import canonical, tree
from verify.numerics import bounds
from verify.numerics.enclosure import Enclosure, Rigour
from verify.numerics.exact import GaussianRational, RationalMatrix
from verify.numerics.positivity import is_psd
from verify.numerics.truth import Truth

__all__ = ["EnclosingEvaluator", "Outcome", "decide"]

Env = Mapping[str, Any]
Scalar = Enclosure | GaussianRational

_COSTLY_ABOVE = (KreissConstant, ContinuousKreissConstant, TransientPeak)
"""Suprema over all times or the plane: one place bounds them from below, all of them from above."""

_BOUNDS: dict[str, Callable[..., Enclosure]] = {
    "Norm": bounds.norm, "PowerNorm": bounds.power_norm, "ExponentialNorm": bounds.exponential_norm, "SmallestSingularValue": bounds.smallest_singular_value,
    "ResolventNorm": bounds.resolvent_norm, "SpectralRadius": bounds.spectral_radius, "NumericalRadius": bounds.numerical_radius,
    "SpectralAbscissa": bounds.spectral_abscissa,
    "LargestEigenvalue": bounds.largest_eigenvalue, "SmallestEigenvalue": bounds.smallest_eigenvalue,
    "KreissConstant": bounds.kreiss_constant, "ContinuousKreissConstant": bounds.continuous_kreiss_constant,
    "TransientPeak": bounds.transient_peak, "PseudospectralRadius": bounds.pseudospectral_radius, "SpectrumDistance": bounds.spectrum_distance,
}


@functools.lru_cache(maxsize=512)
def _bounded(name: str, matrix: RationalMatrix, extra: tuple[Any, ...], side: str, rtol: Fraction, target: Fraction | None) -> Enclosure:
    """The bound of one quantity; remembered, because candidates that round to one instance, and the readings of a claim, ask for it again and again."""
    return _BOUNDS[name](matrix, *extra, side=side, rtol=rtol, target=target)


class EnclosingEvaluator(PointEvaluator):
    """Evaluates at one instance to relative accuracy ``rtol`` and remembers every quantity it bounded."""

    def __init__(self, instance: Instance, rtol: Fraction) -> None:
        self.env: Env = {**instance.sizes, **instance.values}
        self.rtol = rtol
        self.known: dict[tuple[str, tuple[tuple[str, Fraction], ...]], tuple[Any, Enclosure]] = {}
        self._asked: dict[Any, Enclosure] = {}

    # -- numbers ------------------------------------------------------------------------------------------------------

    def symbol(self, value: Any) -> Scalar:
        return value if isinstance(value, (Enclosure, GaussianRational)) else Enclosure.exact(Fraction(value))

    def number(self, value: sympy.Expr) -> Scalar:
        if value is S.ImaginaryUnit:
            return GaussianRational(Fraction(0), Fraction(1))
        if value.is_Rational:
            return Enclosure.exact(Fraction(int(value.p), int(value.q)))
        if value is S.Exp1:
            return Enclosure.exact(1).exp()
        if value is S.Pi:
            return Enclosure.pi()
        return Enclosure.everything()

    def add(self, x: Scalar, y: Scalar) -> Scalar:
        return _exactly(lambda a, b: a + b, x, y) if _complex(x, y) else x + y  # type: ignore[operator]

    def multiply(self, x: Scalar, y: Scalar) -> Scalar:
        return _exactly(lambda a, b: a * b, x, y) if _complex(x, y) else x * y  # type: ignore[operator]

    def power(self, base: Scalar, exponent: Any) -> Scalar:
        if isinstance(exponent, int):
            return _gaussian_power(base, exponent) if isinstance(base, GaussianRational) else base.integer_power(exponent)
        if isinstance(base, GaussianRational) or base.upper < 0:
            return Enclosure.everything()
        if exponent.is_exact:
            ratio = Fraction(exponent.lower)
            return base.root(ratio.denominator).integer_power(ratio.numerator)
        return (base.log() * exponent).exp() if base.lower > 0 else Enclosure.everything()

    def function(self, name: str, value: Scalar) -> Scalar:
        if isinstance(value, GaussianRational):
            return self._complex_function(name, value)
        if name in ("re", "conjugate"):
            return value
        if name == "log":
            return value.log() if value.upper > 0 else Enclosure.everything()
        return {"exp": value.exp, "Abs": value.absolute, "im": lambda: Enclosure.exact(0)}[name]()

    @staticmethod
    def _complex_function(name: str, value: GaussianRational) -> Scalar:
        if name == "Abs":
            return Enclosure.exact(value.re * value.re + value.im * value.im).root(2)
        if name == "conjugate":
            return GaussianRational(value.re, -value.im)
        if name in ("re", "im"):
            return Enclosure.exact(value.re if name == "re" else value.im)
        return Enclosure.everything()

    def extremum(self, name: str, values: list[Scalar]) -> Scalar:
        return functools.reduce(Enclosure.maximum if name == "max" else Enclosure.minimum, map(_real, values))

    # -- matrices -----------------------------------------------------------------------------------------------------

    def identity(self, order: int) -> RationalMatrix:
        return RationalMatrix.identity(order)

    def zeros(self, rows: int, cols: int) -> RationalMatrix:
        return RationalMatrix.zeros(rows, cols)

    def assemble(self, blocks: list[list[RationalMatrix]]) -> RationalMatrix:
        return RationalMatrix.blocks(blocks)

    def entries(self, rows: list[list[Scalar]]) -> RationalMatrix:
        return RationalMatrix.from_rows([[_exact(entry) for entry in row] for row in rows])

    def matrix_function(self, name: str, value: RationalMatrix) -> Any:
        if name in ("determinant", "trace"):
            found = getattr(value, name)()
            return found if isinstance(found, GaussianRational) else Enclosure.exact(found)
        return getattr(value, name)()

    def entry(self, matrix: RationalMatrix, row: int, column: int) -> Scalar:
        found = matrix.rows()[row][column]
        return found if isinstance(found, GaussianRational) else Enclosure.exact(found)

    def matrix_power(self, base: RationalMatrix, exponent: int) -> RationalMatrix:
        return base.power(exponent)

    def scale(self, factor: Scalar, matrix: RationalMatrix) -> RationalMatrix:
        return matrix * _exact(factor)

    # -- quantities ---------------------------------------------------------------------------------------------------

    def quantity(self, expr: MatrixQuantity, env: Env, side: str, target: Fraction | None = None) -> Enclosure:
        """Bound one quantity and remember the bound with its witnesses; better of all that was asked at this place."""
        indices = tuple(sorted((str(s), Fraction(env[str(s)])) for s in expr.free_symbols if str(s) in env.get("__bound__", ())))
        ask = (expr, indices, side, target)
        if ask in self._asked:
            return self._asked[ask]
        found = self._bound(expr, env, side, target)
        node = tree(expr)
        key = (canonical(node), indices)
        if key in self.known:
            found = found.intersection(self.known[key][1])
        self.known[key] = (node, found)
        self._asked[ask] = found
        return found

    def _bound(self, expr: MatrixQuantity, env: Env, side: str, target: Fraction | None) -> Enclosure:
        matrix = self.matrix(expr.matrix, env)
        extra: list[Any] = []
        for scalar in expr.args[1:]:
            value = self.integer(scalar, env) if type(expr).__name__ == "PowerNorm" else _exact(self.scalar(scalar, env))
            extra.append(value)
        return _bounded(type(expr).__name__, matrix, tuple(extra), side, self.rtol, target)

    def supremum(self, expr: Supremum, env: Env, side: str) -> Enclosure:
        found = enclose_supremum(self, expr, env, side)
        self.known[canonical(tree(expr)), ()] = (tree(expr), found)
        return found

    def bind(self, env: Env, name: str, value: Any) -> Env:
        return {**env, name: value, "__bound__": {*env.get("__bound__", ()), name}}

    def choose(self, cases: tuple[Any, ...], env: Env, side: str) -> Scalar:
        possible: list[Scalar] = []
        for value, condition in cases:
            truth = self.truth(condition, env, None)
            if truth is not Truth.VIOLATED:
                possible.append(self.scalar(value, env, side if truth is Truth.HOLDS else "both"))
            if truth is Truth.HOLDS:
                break
        else:
            return Enclosure.everything()
        return possible[0] if len(possible) == 1 else functools.reduce(lambda x, y: _real(x).hull(_real(y)), possible)  # type: ignore[return-value]

    # -- statements ---------------------------------------------------------------------------------------------------

    def truth(self, statement: Any, env: Env, goal: Truth | None) -> Truth:
        """The truth of a statement; ``goal`` is the answer that the caller hopes to establish (None: whichever it is)."""
        if isinstance(statement, Relational):
            return self._relation(statement, env, goal)
        if isinstance(statement, sympy.Not):
            return ~self.truth(statement.args[0], env, None if goal is None else ~goal)
        if isinstance(statement, (sympy.And, sympy.Or)):
            combine = Truth.all if isinstance(statement, sympy.And) else Truth.any
            return combine(self.truth(arg, env, goal) for arg in statement.args)
        if isinstance(statement, sympy.Implies):
            given, then = statement.args
            return self._implication(given, then, env, goal)
        if isinstance(statement, sympy.Equivalent):
            first, *rest = (self.truth(arg, env, None) for arg in statement.args)
            return Truth.all(first.equivalent(other) for other in rest)
        if isinstance(statement, ForAllIndex):
            return Truth.all(self.indexed(statement, env, lambda body, inner: self.truth(body, inner, goal)))
        return self._predicate(statement, env)

    def _implication(self, given: Any, then: Any, env: Env, goal: Truth | None) -> Truth:
        hypothesis = self.truth(given, env, Truth.HOLDS if goal is Truth.VIOLATED else None)
        if hypothesis is Truth.VIOLATED or (goal is Truth.VIOLATED and hypothesis is not Truth.HOLDS):
            return hypothesis.implies(Truth.UNDECIDED)
        return hypothesis.implies(self.truth(then, env, goal))

    def _predicate(self, statement: Any, env: Env) -> Truth:
        if statement in (S.true, S.false):
            return Truth.of(bool(statement))
        matrices = [self.matrix(arg, env) for arg in statement.args]
        if isinstance(statement, MatrixEq):
            return Truth.of(matrices[0] == matrices[1])
        if isinstance(statement, Symmetric):
            return Truth.of(matrices[0].is_symmetric)
        if isinstance(statement, Normal):
            return Truth.of(matrices[0].is_normal())
        if isinstance(statement, (PositiveSemidefinite, PositiveDefinite)):
            return Truth.of(matrices[0].is_hermitian and is_psd(matrices[0], strict=isinstance(statement, PositiveDefinite)))
        raise TypeError(f"no truth value for {type(statement).__name__}: {statement}")

    def _relation(self, statement: Relational, env: Env, goal: Truth | None) -> Truth:
        if isinstance(statement, (sympy.Eq, sympy.Ne)):
            return self._equality(statement, env)
        small, large = (statement.lhs, statement.rhs) if isinstance(statement, (sympy.Le, sympy.Lt)) else (statement.rhs, statement.lhs)
        if goal is Truth.VIOLATED and large.has(*_COSTLY_ABOVE) and not small.has(*_COSTLY_ABOVE) and self._surely_holds(statement, env):
            return Truth.HOLDS
        low, high = self._sides(small, large, env, goal)
        if isinstance(statement, (sympy.Le, sympy.Ge)):
            return low <= high
        if (low < high) is Truth.UNDECIDED and low.upper == high.lower:  # what was asked to prove just that number proved no more
            low, high = self._sides(small, large, env, goal, aimed=False)
        return low < high

    def _surely_holds(self, statement: Relational, env: Env) -> bool:
        """Whether the cheap sides settle a relation that only looked violated in floats; what they took stays out of the certificate."""
        aside = copy.copy(self)
        aside.known, aside._asked = {}, {}
        try:
            return aside.truth(statement, env, Truth.HOLDS) is Truth.HOLDS
        except (ZeroDivisionError, ArithmeticError, ValueError):
            return False

    def _sides(self, small: Any, large: Any, env: Env, goal: Truth | None, *, aimed: bool = True) -> tuple[Enclosure, Enclosure]:
        """Both sides of ``small <= large``. A quantity next to an exact number is asked to prove just that number, unless not ``aimed``."""
        ends: dict[Truth | None, tuple[str, str]] = {Truth.HOLDS: ("upper", "lower"), Truth.VIOLATED: ("lower", "upper")}
        need = ends.get(goal, ("both", "both"))
        if aimed and isinstance(small, MatrixQuantity) and goal is not Truth.VIOLATED:
            high = _real(self.scalar(large, env, need[1]))
            return self.quantity(small, env, need[0], target=Fraction(high.lower) if high.is_exact else None), high
        if aimed and isinstance(large, MatrixQuantity) and goal is not Truth.VIOLATED:
            low = _real(self.scalar(small, env, need[0]))
            return low, self.quantity(large, env, need[1], target=Fraction(low.upper) if low.is_exact else None)
        return _real(self.scalar(small, env, need[0])), _real(self.scalar(large, env, need[1]))

    def attempt_attainment(self, small: Any, large: Any) -> tuple[Enclosure, Enclosure]:
        """Lower side of ``small`` and upper side of ``large``; a quantity on one side is asked to attain the other's exact value."""
        if isinstance(small, MatrixQuantity):
            high = _real(self.scalar(large, self.env, "upper"))
            return self.quantity(small, self.env, "lower", target=Fraction(high.upper) if high.is_exact else None), high
        if isinstance(large, MatrixQuantity):
            low = _real(self.scalar(small, self.env, "lower"))
            return low, self.quantity(large, self.env, "upper", target=Fraction(low.lower) if low.is_exact else None)
        return _real(self.scalar(small, self.env, "lower")), _real(self.scalar(large, self.env, "upper"))

    def _equality(self, statement: Relational, env: Env) -> Truth:
        left, right = self.scalar(statement.lhs, env), self.scalar(statement.rhs, env)
        same = Truth.of(_exact(left) == _exact(right)) if _complex(left, right) else _real(left).equals(_real(right))
        return ~same if isinstance(statement, sympy.Ne) else same


@dataclass(frozen=True)
class Outcome:
    """What the enclosing evaluator found at an instance."""

    hypotheses: Truth
    conclusion: Truth
    rigour: Rigour
    bounds: tuple[dict[str, Any], ...] = field(default=(), repr=False)
    """Witness records in the certificate's form."""
    sides: tuple[Any, Any] | None = field(default=None, repr=False)
    """Both sides of the decisive relation, as far as they were needed (an unneeded side of an enclosure stays infinite)."""

    @property
    def violates(self) -> bool:
        """Certainly a counterexample."""
        return self.hypotheses is Truth.HOLDS and self.conclusion is Truth.VIOLATED


def decide(hypotheses: tuple[Any, ...], conclusion: Any, instance: Instance, rtol: Fraction, goal: Truth = Truth.VIOLATED) -> Outcome:
    """The truth of hypotheses and conclusion at an exact instance.

    Args:
        goal: what to look for in the conclusion; the evaluator spends its effort on the sides that could establish it.
    Raises:
        ZeroDivisionError: if an inverse in the statement does not exist at the instance.
    """
    evaluator = EnclosingEvaluator(instance, rtol)
    held = Truth.HOLDS
    for hypothesis in hypotheses:
        held = held & evaluator.truth(hypothesis, evaluator.env, Truth.HOLDS)
        if held is Truth.VIOLATED:
            return Outcome(held, Truth.UNDECIDED, Rigour.EXACT)
    found = evaluator.truth(conclusion, evaluator.env, goal)
    rigour = min((enclosure.rigour for _, enclosure in evaluator.known.values()), default=Rigour.EXACT)
    return Outcome(held, found, rigour, witness_records(evaluator), _decisive_sides(evaluator, conclusion))


def _decisive_sides(evaluator: EnclosingEvaluator, conclusion: Any) -> tuple[Any, Any] | None:
    """Both sides of the relation that decides a violation, from what was computed for it."""
    if isinstance(conclusion, sympy.And):
        parts = (arg for arg in conclusion.args if evaluator.truth(arg, evaluator.env, Truth.VIOLATED) is Truth.VIOLATED)
        first = next(parts, None)
        return None if first is None else _decisive_sides(evaluator, first)
    if isinstance(conclusion, sympy.Implies):
        return _decisive_sides(evaluator, conclusion.args[1])
    if isinstance(conclusion, (sympy.Le, sympy.Lt, sympy.Ge, sympy.Gt)):
        ascending = isinstance(conclusion, (sympy.Le, sympy.Lt))
        needs = ("lower", "upper") if ascending else ("upper", "lower")
        return tuple(evaluator.scalar(side, evaluator.env, need) for side, need in zip((conclusion.lhs, conclusion.rhs), needs, strict=True))  # type: ignore[return-value]
    if isinstance(conclusion, (sympy.Eq, sympy.Ne)):
        return evaluator.scalar(conclusion.lhs, evaluator.env), evaluator.scalar(conclusion.rhs, evaluator.env)
    return None


def witness_records(evaluator: EnclosingEvaluator) -> tuple[dict[str, Any], ...]:
    """The ``bounds`` of a certificate: one record for each quantity that has a witness."""
    records = []
    for (_, indices), (node, enclosure) in evaluator.known.items():
        sides = {"lower": enclosure.lower_witness, "upper": enclosure.upper_witness}
        shown = {side: dict(witness) for side, witness in sides.items() if witness is not None}
        if shown and all(value.denominator == 1 for _, value in indices):
            record = {"of": node, "at": {name: int(value) for name, value in indices}, **shown}
            records.append(record)
    return tuple(records)


def _complex(*values: Scalar) -> bool:
    return any(isinstance(value, GaussianRational) for value in values)


def _exact(value: Scalar) -> Any:
    """The exact number behind a scalar.

    Raises:
        ArithmeticError: if it is known only as an enclosure.
    """
    if isinstance(value, GaussianRational):
        return value.re if value.im == 0 else value
    if not value.is_exact:
        raise ArithmeticError("an exact number is needed here (inside a matrix, or next to a complex number), and only an enclosure is known")
    return Fraction(value.lower)


def _exactly(operation: Callable[[Any, Any], Any], x: Scalar, y: Scalar) -> Scalar:
    found = operation(_gaussian(x), _gaussian(y))
    return Enclosure.exact(found.re) if found.im == 0 else found


def _gaussian(value: Scalar) -> GaussianRational:
    exact = _exact(value)
    return exact if isinstance(exact, GaussianRational) else GaussianRational(exact, Fraction(0))


def _gaussian_power(base: GaussianRational, exponent: int) -> Scalar:
    square = base.re * base.re + base.im * base.im
    root = base if exponent >= 0 else GaussianRational(base.re / square, -base.im / square)
    found = GaussianRational(Fraction(1), Fraction(0))
    for _ in range(abs(exponent)):
        found = found * root
    return Enclosure.exact(found.re) if found.im == 0 else found


def _real(value: Scalar) -> Enclosure:
    if isinstance(value, Enclosure):
        return value
    return Enclosure.exact(value.re) if value.im == 0 else Enclosure.everything()
