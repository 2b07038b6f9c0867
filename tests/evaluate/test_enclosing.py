"""The enclosing evaluator: three-valued, never wrong, and in agreement with the other two."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from sympy import Abs, And, E, Eq, Equivalent, Implies, MatrixSymbol, Max, Not, Or, Piecewise, Product, Rational, Sum, Symbol, exp, log, oo, pi, sqrt, symbols

from verify.domain import Instance
from verify.evaluate.enclosing import EnclosingEvaluator, decide
from verify.evaluate.multiprecision import both_sides
from verify.language.logic import ForAllIndex, MatrixEq, Normal, PositiveSemidefinite, Supremum, Symmetric
from verify.language.matrices import MatrixProduct, MatrixSequence, MatrixSum, block
from verify.language.quantities import (
    KreissConstant,
    LargestEigenvalue,
    MatrixQuantity,
    Norm,
    NumericalRadius,
    PowerNorm,
    SpectralAbscissa,
    SpectralRadius,
    TransientPeak,
)
from verify.numerics.exact import GaussianRational, RationalMatrix
from verify.numerics.truth import Truth

a, b, r = symbols("a b r", real=True)
z = Symbol("z", complex=True)
p, k, T = symbols("p k T", integer=True)
A = MatrixSymbol("A", p, p)
S = MatrixSequence("S", p, p, T)
HALF = RationalMatrix.from_rows([[Fraction(1, 2)]])
INSTANCE = Instance(
    {"p": 2, "T": 2},
    {
        "a": Fraction(1), "b": Fraction(2), "z": GaussianRational(Fraction(3), Fraction(4)),
        "A": RationalMatrix.from_rows([[Fraction(1, 2), 0], [3, Fraction(1, 2)]]),
        "S": (RationalMatrix.from_rows([[0, 1], [0, 0]]), RationalMatrix.from_rows([[1, 0], [0, 2]])),
    },
)


def truth(statement: Any, goal: Truth | None = None) -> Truth:
    evaluator = EnclosingEvaluator(INSTANCE, Fraction(1, 10**8))
    return evaluator.truth(statement, evaluator.env, goal)


HOLDS = [
    a <= b, a < b, Eq(Abs(z), 5), sqrt(b) * sqrt(b) <= b + Fraction(1, 10**30), E < Fraction(272, 100), pi > 3, exp(a) <= E + Fraction(1, 10**20),
    log(b) < Fraction(7, 10), Max(a, b) >= 2, And(a <= b, b <= 2), Or(b <= a, a <= b), Not(b <= a), Implies(b <= a, a >= 7), Equivalent(a <= b, a >= 0),
    Piecewise((a, a > 5), (b, True)) >= 2, Sum(k, (k, 1, 3)) >= 6, Product(k, (k, 1, 3)) <= 6, Norm(A) > 3, SpectralRadius(A) <= Fraction(1, 2),
    PowerNorm(A, 3) <= 100, MatrixEq(A * A, A**2), MatrixEq(MatrixProduct(S[k], (k, 1, T)), S[2] * S[1]), MatrixEq(MatrixSum(S[k], (k, 1, T)), S[1] + S[2]),
    Not(Symmetric(A)), Not(Normal(A)), PositiveSemidefinite(A.T * A), ForAllIndex(Norm(S[k]) <= 2, (k, 1, T)), KreissConstant(A) > Fraction(3, 2),
    Supremum((r - 1) / (r - Fraction(1, 2)), (r, 1, oo)) <= 1, Supremum((r - 1) / (r - Fraction(1, 2)), (r, 1, oo)) >= Fraction(9, 10),
    MatrixEq(block([[A, 0], [A, A]]) ** 2, block([[A * A, 0], [2 * A * A, A * A]])),
]


@pytest.mark.parametrize("statement", HOLDS, ids=str)
def test_true_statements(statement: Any) -> None:
    assert truth(statement) is Truth.HOLDS
    assert truth(statement, Truth.HOLDS) is Truth.HOLDS
    assert truth(statement, Truth.VIOLATED) is not Truth.VIOLATED


@pytest.mark.parametrize("statement", HOLDS, ids=str)
def test_their_negations(statement: Any) -> None:
    assert truth(Not(statement)) is Truth.VIOLATED
    assert truth(Not(statement), Truth.VIOLATED) is Truth.VIOLATED


def test_undecided_stays_undecided() -> None:
    """``√2·√2 = 2`` is beyond enclosures of irrational numbers: nothing is said."""
    assert truth(sqrt(b, evaluate=False) ** 2 <= b) in (Truth.UNDECIDED, Truth.HOLDS)
    assert truth(Eq(sqrt(b) * sqrt(a + b), sqrt(6))) is Truth.UNDECIDED


def test_equality_of_norm_and_parameter_is_decided_exactly() -> None:
    instance = Instance({"p": 1}, {"A": HALF, "a": Fraction(1, 2)})
    outcome = decide((Symmetric(A), SpectralRadius(A) <= a), Norm(A) < a, instance, Fraction(1, 10**4))
    assert outcome.hypotheses is Truth.HOLDS
    assert outcome.violates


def test_a_certified_violation_needs_its_hypotheses() -> None:
    outcome = decide((a >= b,), a >= b, INSTANCE, Fraction(1, 10**4))
    assert outcome.hypotheses is Truth.VIOLATED
    assert not outcome.violates


def test_truth_has_no_truth_value() -> None:
    with pytest.raises(TypeError, match="three-valued"):
        bool(truth(a <= b))


@pytest.mark.parametrize("statement", [Norm(A) <= b, KreissConstant(A) <= a + b, PowerNorm(A, 2) <= 1, SpectralRadius(A) <= a, sqrt(b) + E <= pi], ids=str)
def test_enclosures_contain_fifty_digits(statement: Any) -> None:
    import mpmath

    evaluator = EnclosingEvaluator(INSTANCE, Fraction(1, 10**8))
    for side, value in zip((statement.lhs, statement.rhs), both_sides(statement, INSTANCE, 50), strict=True):
        enclosure = evaluator.scalar(side, evaluator.env)
        with mpmath.workdps(60):
            # mpmath's value carries an error of its own in the last of 50 digits.
            slack = mpmath.mpf(10) ** -45 * (1 + abs(value))
            assert mpmath.mpf(enclosure.lower.numerator) / enclosure.lower.denominator <= value + slack
            assert value - slack <= mpmath.mpf(enclosure.upper.numerator) / enclosure.upper.denominator


def test_a_square_of_a_difference_is_bounded_on_the_side_that_is_needed() -> None:
    """One bound of a number that may be negative says nothing of its square: both are asked for."""
    assert truth(Norm(A) <= sqrt((Norm(A) - PowerNorm(A, 2)) ** 2), Truth.VIOLATED) is Truth.VIOLATED
    assert truth((Norm(A) - PowerNorm(A, 2)) ** 2 <= Norm(A) ** 2, Truth.HOLDS) is Truth.HOLDS


STRICT = RationalMatrix.from_rows([[Fraction(1, 4), 1, 0], [0, Fraction(-1, 5), Fraction(1, 3)], [Fraction(1, 9), 0, Fraction(1, 7)]])


@pytest.mark.parametrize("quantity", [Norm, NumericalRadius, SpectralRadius, SpectralAbscissa, KreissConstant, TransientPeak, LargestEigenvalue])
@pytest.mark.parametrize("room", [Fraction(1, 10), Fraction(10)])
def test_a_strict_relation_is_not_left_open_at_the_number_it_names(quantity: type[MatrixQuantity], room: Fraction) -> None:
    """A bound that attains the number proves the weak relation only; with room the strict one is true, and its negation false."""
    matrix = STRICT + STRICT.transpose() if quantity is LargestEigenvalue else STRICT
    evaluator = EnclosingEvaluator(Instance({"p": 3}, {"A": matrix}), Fraction(1, 10**4))
    found = evaluator.quantity(quantity(A), evaluator.env, "both")
    above, below = Rational(Fraction(found.upper) + room), Rational(Fraction(found.lower) - room)
    for strict, expected in ((quantity(A) < above, Truth.HOLDS), (quantity(A) > below, Truth.HOLDS), (quantity(A) < below, Truth.VIOLATED)):
        for goal in (None, Truth.HOLDS, Truth.VIOLATED):
            fresh = EnclosingEvaluator(Instance({"p": 3}, {"A": matrix}), Fraction(1, 10**4))
            assert fresh.truth(strict, fresh.env, goal) in ((expected, Truth.UNDECIDED) if goal not in (None, expected) else (expected,)), (strict, goal)
