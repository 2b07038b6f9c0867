"""Exact positivity certificates: found where coefficients show the sign, never where a point satisfies all constraints."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction

import pytest
from sympy import Expr, symbols

from verify.prove.literals import Relation
from verify.prove.positivity_certificate import PositivityCertificate, positivity_certificate
from verify.prove.ring import Ring

x, y, z = SYMBOLS = symbols("x y z", real=True)
Constraints = list[tuple[Expr, Relation]]


def certificate(constraints: Constraints) -> PositivityCertificate | None:
    ring = Ring(SYMBOLS)
    return positivity_certificate([ring.constraint(value, relation) for value, relation in constraints], ["x", "y", "z"])


CONTRADICTIONS: list[Constraints] = [
    [(x, "<"), (-x, "<=")],
    [(x, "<="), (-x, "<")],
    [(-x, "<="), (x - 1, "<"), (1 - x, "=")],
    [(-x, "<="), (-y, "<="), (x * y + x + y, "<")],
    [(1 - x, "<="), (1 - y, "<="), (x * y - 1, "<")],
    [(-x, "<="), (x - 1, "<="), (x * (1 - x), "<")],
    [(-x, "<="), (x - y, "<="), (-y, "<="), (y - 1, "<="), (y - x * y, "<")],
    [(-x, "<="), (-y, "<="), (x**2 - 2 * x * y + y**2, "<")],
    [(x**2 + z**4, "<")],
    [(x**2 + 1, "<=")],
    [(x - x, "!=")],
    [(x**2 - y**2 - (x - y) * (x + y), "!=")],
]


@pytest.mark.parametrize("constraints", CONTRADICTIONS)
def test_contradictions_are_certified(constraints: Constraints) -> None:
    found = certificate(constraints)
    assert found is not None
    assert found.text


CONSISTENT: list[Constraints] = [
    [(x, "<="), (-x, "<=")],
    [(-x, "<="), (x - 1, "<="), (x * (1 - x), "<=")],
    [(-x, "<="), (x - 1, "<="), (1 - x, "=")],
    [(-x, "<="), (-y, "<="), (x * y, "<=")],
    [(x**2, "<=")],
    [(x * y, "<")],
    [(-x, "<"), (y, "<"), (x * y, "<")],
    [(1 - x, "<="), (1 - y, "<="), (x * y - 1, "<=")],
]


@pytest.mark.parametrize("constraints", CONSISTENT)
def test_what_has_a_common_point_is_not(constraints: Constraints) -> None:
    assert certificate(constraints) is None


@pytest.mark.parametrize("seed", range(40))
def test_no_certificate_against_a_point(seed: int) -> None:
    """Random constraints that hold at a chosen point, some of them with equality."""
    rng = random.Random(seed)
    at = {symbol: Fraction(rng.randint(-3, 3), rng.choice((1, 2))) for symbol in SYMBOLS}
    constraints: Constraints = []
    for _ in range(rng.randint(3, 7)):
        terms = rng.sample(list(itertools.product(range(3), repeat=3)), 3)
        p = sum(rng.randint(-3, 3) * x**i * y**j * z**k for i, j, k in terms) + 0 * x
        value = p.subs({symbol: fraction.numerator * x**0 / fraction.denominator for symbol, fraction in at.items()})
        sign = -1 if value > 0 else 1
        if p != 0:
            constraints.append((sign * p, "<=" if value == 0 or rng.random() < 0.5 else "<"))
    constraints += [(x - at[x].numerator * x**0 / at[x].denominator, "<="), (at[y].numerator * x**0 / at[y].denominator - y, "<=")]
    assert certificate(constraints) is None
