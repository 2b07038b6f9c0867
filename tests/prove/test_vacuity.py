"""Hypotheses that contradict each other are named; hypotheses that only look so are not."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Eq, MatrixSymbol, Rational, Symbol

from verify import (
    Claim,
    KreissConstant,
    Norm,
    NumericalRadius,
    Reading,
    SpectralRadius,
    coupling,
    general,
    normal,
    own,
    symmetric,
)
from verify.prove.vacuity import vacuous
from verify.search.problem import Problem

n = Symbol("n", integer=True)
M = MatrixSymbol("M", 3, 3)
X = MatrixSymbol("X", n, n)
HALF = Rational(1, 2)


def problem(cls: Any, *hypotheses: Any) -> Problem:
    claim = Claim("V", "", {M: cls}, [Reading("i", Norm(M) <= Rational(1, 100), own())], hypotheses=hypotheses)
    return Problem(claim, claim.readings[0])


@pytest.mark.parametrize(
    ("cls", "hypotheses"),
    [
        (general(), (Norm(M) >= 2, Norm(M) <= 1)),
        (symmetric(rho=1), (Norm(M) > 1,)),
        (coupling(norm=HALF), (Eq(M[0, 0], Rational(3, 5)),)),
        (coupling(norm=HALF), (M[1, 2] <= Rational(-3, 5),)),
        (normal(), (SpectralRadius(M) <= HALF, KreissConstant(M) >= 2)),
        (general(), (NumericalRadius(M) <= 1, Norm(M) > 2)),
        (symmetric(above=0), (M[0, 0] <= 1, M[1, 1] <= 1, M[0, 1] >= 2)),
    ],
    ids=str,
)
def test_contradictions_are_seen(cls: Any, hypotheses: tuple[Any, ...]) -> None:
    assert vacuous(problem(cls, *hypotheses))


@pytest.mark.parametrize(
    ("cls", "hypotheses"),
    [
        (general(), (SpectralRadius(M) <= HALF, M[0, 0] + M[1, 1] >= Rational(3, 2))),  # of order 3 there are such
        (general(), (SpectralRadius(M) >= 2, KreissConstant(M) >= 5)),  # K is infinite
        (general(), (KreissConstant(M) >= 1 + KreissConstant(M) / 2, Norm(M) > 1)),
        (general(), (SpectralRadius(M) <= HALF, KreissConstant(M) >= 2)),
        (symmetric(rho=1), (Norm(M) >= 1,)),
        (coupling(norm=HALF), (M[0, 0] >= HALF,)),
        (symmetric(above=0), (M[0, 0] <= 1, M[1, 1] <= 1, M[0, 1] >= 1)),
        (general(), (NumericalRadius(M) <= 1, Norm(M) >= 2)),
        (general(), (M[0, 0] <= 1, M[1, 1] <= 1, M[0, 1] >= 2)),
    ],
    ids=str,
)
def test_what_has_a_member_is_not_vacuous(cls: Any, hypotheses: tuple[Any, ...]) -> None:
    assert not vacuous(problem(cls, *hypotheses))
