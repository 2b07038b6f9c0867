"""The claim language can say what people need who bring a bound of their own: one small claim for each item, true or false, judged at quick effort.

What is false must be refuted with a certificate that the stand-alone checker accepts, and what is true never is.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sympy import (
    Abs,
    And,
    Determinant,
    E,
    Eq,
    I,
    Implies,
    Matrix,
    MatrixSymbol,
    Max,
    Not,
    Or,
    Piecewise,
    Rational,
    Sum,
    Symbol,
    Trace,
    Transpose,
    conjugate,
    exp,
    sqrt,
    symbols,
)

import verify
from verify import (
    Claim,
    ContinuousKreissConstant,
    ExponentialNorm,
    IndexMaximum,
    KreissConstant,
    LargestEigenvalue,
    MatrixEq,
    MatrixProduct,
    MatrixSequence,
    MatrixSum,
    Norm,
    NumericalRadius,
    PositiveDefinite,
    PositiveSemidefinite,
    PowerNorm,
    PseudospectralRadius,
    Reading,
    ResolventNorm,
    SmallestSingularValue,
    SpectralAbscissa,
    SpectralRadius,
    TransientPeak,
    between,
    block,
    complex_outside,
    complex_plane,
    coupling,
    general,
    integer,
    nonnegative,
    own,
    positive,
    real,
    sequence,
    symmetric,
)
from verify.judge import JudgeOptions, judge_reading
from verify.library import resolve
from verify.prove.chain import Prover
from verify.search.effort import budget

p, q, n, T, t, k = symbols("p q n T t k", integer=True)
x, y, gamma, eta, a, b, c, d = symbols("x y gamma eta a b c d", real=True)
z = Symbol("z", complex=True)
A, D, C, B = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p), MatrixSymbol("B", p, p)
M, E_, X, P = MatrixSymbol("M", n, n), MatrixSymbol("E", n, n), MatrixSymbol("X", 2, 2), MatrixSymbol("P", n, n)
A1, C31, D3 = MatrixSymbol("A", 1, 1), MatrixSymbol("C", 3, 1), MatrixSymbol("D", 3, 3)
J = block([[A, 0], [C, D]])
TERMS = MatrixSequence("J", p, p, T)
HALF = Rational(1, 2)
FREE = {A: symmetric(), D: symmetric(), C: coupling()}
CLASS = {gamma: between(0, 1), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling()}


@dataclass(frozen=True)
class Said:
    """A statement over its classes, whether it is true, and what else is assumed."""

    domain: dict[Any, Any]
    statement: Any
    true: bool
    hypotheses: tuple[Any, ...] = ()


SAID = {
    "real parameters": Said({x: real(), y: positive()}, x * y <= (x**2 + y**2) / 2, True),
    "complex parameters": Said({z: complex_outside(1), M: symmetric(rho=HALF)}, ResolventNorm(M, z) <= 1 / (Abs(z) - HALF), True),
    "complex parameters, non-symmetric": Said({z: complex_outside(1), M: general()}, ResolventNorm(M, z) <= 1 / (Abs(z) - HALF), False),
    "complex entries": Said({z: complex_plane()}, Norm(Matrix([[z, 1], [0, conjugate(z)]])) <= Abs(z) + 1, True),
    "complex matrices": Said({M: general(), E_: general()}, Norm(M + I * E_) <= Norm(M) + Norm(E_), True),
    "complex matrices, false": Said({M: general(), E_: general()}, SpectralRadius(M + I * E_) <= SpectralRadius(M) + SpectralRadius(E_), False),
    "symmetric": Said({M: symmetric()}, Eq(Norm(M), SpectralRadius(M)), True),
    "non-symmetric": Said({M: general()}, Norm(M) <= SpectralRadius(M), False),
    "signed 2x2 entries": Said({a: real(), b: between(-1, 0), c: real(), d: nonnegative()}, Norm(Matrix([[a, b], [c, d]])) >= Abs(b), True),
    "signed 2x2 entries, false": Said(
        {a: between(-1, 1), b: between(-1, 0), c: between(0, 1), d: between(-1, 1)}, SpectralRadius(Matrix([[a, b], [c, d]])) <= 1, False
    ),
    "entries of a matrix": Said({X: general()}, X[0, 0] + X[1, 1] <= 2 * Norm(X), True),
    "entries of a matrix, false": Said({X: general()}, X[0, 0] * X[1, 1] <= Determinant(X), False),
    "blocks of fixed size": Said({A1: symmetric(), C31: coupling(), D3: symmetric()}, Norm(block([[A1, 0], [C31, D3]])) >= Norm(C31), True),
    "blocks with p = 1": Said(FREE, Norm(C) <= 1, False, (Eq(p, 1), q >= 2)),
    "a matrix with n = 3": Said({M: coupling(norm=1)}, PowerNorm(M, 3) <= HALF, False, (Eq(n, 3),)),
    "a matrix with n > 4": Said({M: symmetric(rho=1)}, Trace(M) <= n - 1, False, (n > 4,)),
    "sequences": Said({T: integer(1, 4), TERMS: sequence(symmetric(rho=1), T)}, Norm(MatrixProduct(TERMS[k], (k, 1, T))) <= 1, True),
    "sequences, false": Said({T: integer(1, 4), TERMS: sequence(coupling(norm=1), T)}, SpectralRadius(MatrixProduct(TERMS[k], (k, 1, T))) <= HALF, False),
    "perturbations": Said({eta: between(0, 1), M: symmetric(rho=1), E_: coupling(norm=eta)}, Norm(M + E_) <= 1 + eta, True),
    "perturbations of norm exactly eta": Said(
        {eta: between(0, 1), M: symmetric(rho=1), E_: coupling(norm=eta)}, SpectralRadius(M + E_) <= 1 + eta / 2, False, (Eq(Norm(E_), eta),)
    ),
    "powers": Said({M: general(), t: integer(0, 5)}, PowerNorm(M, t) <= Norm(M) ** t, True),
    "powers, false": Said({M: general(), t: integer(0, 5)}, PowerNorm(M, t) <= SpectralRadius(M) ** t, False),
    "sums over t": Said({M: coupling(norm=HALF), T: integer(0, 4)}, Sum(PowerNorm(M, k), (k, 0, T)) <= 2, True),
    "sums of matrices": Said({M: coupling(norm=HALF), T: integer(0, 4)}, Norm(MatrixSum(M**k, (k, 0, T))) <= Rational(3, 2), False),
    "maxima over t": Said({M: general(), T: integer(0, 4)}, IndexMaximum(PowerNorm(M, k), (k, 0, T)) <= TransientPeak(M), True),
    "Gramians": Said(
        {M: symmetric(rho=HALF), T: integer(0, 4)}, LargestEigenvalue(MatrixSum(M**k * Transpose(M) ** k, (k, 0, T))) <= Rational(4, 3), True
    ),
    "Gramians, false": Said(
        {A: symmetric(rho=HALF), D: symmetric(rho=HALF), C: coupling(), T: integer(0, 3)},
        LargestEigenvalue(MatrixSum(J**k * Transpose(J) ** k, (k, 0, T))) <= 4 + 4 * Norm(C), False,
    ),
    "Sylvester-like": Said(CLASS, Norm(D**2 * C + D * C * A + C * A**2) <= 3 * gamma**2 * Norm(C), True),
    "Sylvester-like, false": Said(CLASS, Norm(D**2 * C + D * C * A + C * A**2) <= 2 * gamma**2 * Norm(C), False),
    "the smallest singular value": Said({M: general()}, SmallestSingularValue(M) <= SpectralRadius(M), True),
    "determinants and traces": Said({M: symmetric(above=0)}, Determinant(M) <= (Trace(M) / n) ** n, True),
    "determinants": Said({M: general()}, Abs(Determinant(M)) <= Norm(M) ** n, True),
    "traces, false": Said({M: general()}, Trace(M) <= Norm(M), False),
    "the numerical radius": Said({M: general()}, Norm(M) <= 2 * NumericalRadius(M), True),
    "symmetric parts": Said({M: general()}, LargestEigenvalue((M + Transpose(M)) / 2) <= NumericalRadius(M), True),
    "symmetric parts, false": Said({M: general()}, SpectralRadius(M) <= Norm((M + Transpose(M)) / 2), False),
    "norms of parts": Said(FREE, Norm(J) <= Max(Norm(A), Norm(D)) + Norm(C), True),
    "orders between blocks": Said({A: symmetric(above=0), B: symmetric(above=0)}, Norm(A) <= Norm(B), True, (PositiveSemidefinite(B - A),)),
    "orders between blocks, false": Said(
        {A: symmetric(above=0), B: symmetric(above=0)}, PositiveSemidefinite(B**2 - A**2), False, (PositiveSemidefinite(B - A),)
    ),
    "continuous time": Said(
        {M: general(), P: symmetric(above=1)}, ContinuousKreissConstant(M) <= Norm(P), True, (PositiveDefinite(-(Transpose(M) * P + P * M)),)
    ),
    "the spectral abscissa": Said({M: general()}, SpectralAbscissa(M) <= LargestEigenvalue((M + Transpose(M)) / 2), True),
    "the spectral abscissa, false": Said({M: general()}, ContinuousKreissConstant(M) <= 2, False, (SpectralAbscissa(M) < 0,)),
    "the spectral abscissa, false for order 3": Said(
        {M: general()}, SpectralRadius(M) <= -Trace(M), False, (SpectralAbscissa(M) < 0, Eq(n, 3))
    ),
    "the exponential": Said(
        {M: general(), x: between(0, 2)}, ExponentialNorm(M, x) <= exp(x * LargestEigenvalue((M + Transpose(M)) / 2)), True
    ),
    "the exponential, false": Said({M: general(), x: nonnegative()}, ExponentialNorm(M, x) <= exp(x * SpectralAbscissa(M)), False),
    "continuous time, false": Said({M: general()}, ContinuousKreissConstant(M) <= 1, False, (PositiveDefinite(-M * Transpose(M) + 5 * M * M),)),
    "algebraic constants": Said({M: general()}, Norm(M) <= (1 + sqrt(2)) * NumericalRadius(M), True),
    "algebraic constants, false": Said({M: general()}, NumericalRadius(M) <= Norm(M) / sqrt(2), False),
    "transcendental constants": Said({x: positive()}, x**E <= exp(x), True),
    "any conjunction of hypotheses": Said(
        {M: general(), x: real()}, And(Norm(M) >= 0, SpectralRadius(M) <= Norm(M)), True,
        (Or(x >= 1, Norm(M) <= 1), Not(Eq(x, 0)), Implies(x > 0, Norm(M) <= 2)),
    ),
    "commuting matrices": Said({A: symmetric(), B: symmetric()}, Eq(Norm(A * B), Norm(B * A)), True, (MatrixEq(A * B, B * A),)),
    "cases": Said({x: real()}, Abs(x) <= Piecewise((x, x >= 0), (-x, True)), True),
    "pseudospectra": Said({M: symmetric(rho=1), x: positive()}, PseudospectralRadius(M, x) <= 1 + x, True),
    "Kreiss constants": Said({M: general()}, Norm(M) <= 2 * KreissConstant(M), False),
}


@pytest.mark.parametrize("item", SAID)
def test_it_can_be_said_and_judged(item: str) -> None:
    said = SAID[item]
    claim = Claim("said", item, said.domain, [Reading("i", said.statement, own())], hypotheses=said.hypotheses)
    certificates: dict[str, dict[str, Any]] = {}
    found = judge_reading(claim, claim.readings[0], budget("quick"), 0, JudgeOptions(), certificates, Prover(resolve))
    assert found.verdict in (("PROVED", "PROVED_MODULO", "SURVIVED") if said.true else ("REFUTED",)), found.reason
    transcendental = said.statement.has(exp, E, ExponentialNorm)
    assert said.true or (found.evidence.level == ("R2" if transcendental else "R3") and certificates)
    assert found.sanity is not None and found.sanity.witness and not found.sanity.undefined
    assert found.latex and found.statement


def test_what_cannot_be_said_is_named() -> None:
    """The guide names what is missing; when it can be said, it goes from there to here."""
    text = (Path(__file__).parents[1] / "docs" / "claims.md").read_text(encoding="utf-8")
    assert "What cannot be said" in text
    for name in ("Exponential", "ExponentialPeak"):
        assert not hasattr(verify, name)
        assert name not in verify.__all__
